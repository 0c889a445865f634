package io.sidestream.schemas;

import io.sidestream.schemas.GenerationDecision.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The announcements that decisions on generations make, in order. Each method throws an {@link
 * IllegalStateException} with one sentence where the generations do not allow it.
 */
public record RolloutPlan(GenerationHistory history) {
  /** A candidate answers this share of the users; with 0 it stays open and answers none. */
  public List<GenerationAnnouncement> compare(
      Generation candidate, double share, DecisionAuthor author) {
    GenerationAnnouncement announced = candidate(candidate);
    serving();
    Optional<Comparison> other =
        history.comparison().filter(one -> !one.candidate().equals(candidate));
    require(
        other.isEmpty() || share == 0,
        "generation %s is being compared: promote it, retire it, or compare it with share 0 first",
        other.map(one -> one.candidate().toString()).orElse(""));
    GenerationDecision decision =
        new GenerationDecision(Action.COMPARE, Optional.of(share), author);
    return List.of(announced.with(announced.rollout().sharing(share).after(decision)));
  }

  /** A candidate goes live; live ones beyond the last two are retired. */
  public List<GenerationAnnouncement> promote(Generation candidate, DecisionAuthor author) {
    boolean held = history.isHeld();
    GenerationAnnouncement live =
        decided(
            candidate(candidate)
                .in(GenerationState.LIVE, "promoted from a candidate" + colon(author), author.at()),
            Action.PROMOTE,
            author);
    GenerationAnnouncement promoted = live.with(live.rollout().holding(held));
    List<GenerationAnnouncement> steps = new ArrayList<>(List.of(promoted));
    for (GenerationAnnouncement one : history.with(promoted).superseded()) {
      steps.add(
          one.in(
              GenerationState.RETIRED,
              "two later generations are live: %s serves".formatted(candidate),
              author.at()));
    }
    return steps;
  }

  /** A candidate is given up. */
  public List<GenerationAnnouncement> retire(Generation candidate, DecisionAuthor author) {
    return List.of(
        decided(
            candidate(candidate)
                .in(GenerationState.RETIRED, "retired as a candidate" + colon(author), author.at()),
            Action.RETIRE,
            author));
  }

  /** The one before the serving one serves again; whether generations are held stays. */
  public List<GenerationAnnouncement> rollback(DecisionAuthor author) {
    boolean held = history.isHeld();
    List<GenerationAnnouncement> steps = history.rollback(author.at());
    GenerationAnnouncement good = steps.get(0);
    return List.of(
        good.with(good.rollout().holding(held)), decided(steps.get(1), Action.ROLL_BACK, author));
  }

  /** No other generation goes live by itself, until {@link #release}. */
  public List<GenerationAnnouncement> hold(DecisionAuthor author) {
    GenerationAnnouncement now = serving();
    require(!history.isHeld(), "generation %s is held already", now.generation());
    return held(now, true, Action.HOLD, author);
  }

  /** Generations go live by themselves again. */
  public List<GenerationAnnouncement> release(DecisionAuthor author) {
    GenerationAnnouncement now = serving();
    require(history.isHeld(), "generation %s is not held", now.generation());
    return held(now, false, Action.RELEASE, author);
  }

  private static List<GenerationAnnouncement> held(
      GenerationAnnouncement now, boolean held, Action action, DecisionAuthor author) {
    GenerationAnnouncement next = now.with(now.rollout().holding(held));
    return List.of(decided(next, action, author));
  }

  private static GenerationAnnouncement decided(
      GenerationAnnouncement announced, Action action, DecisionAuthor author) {
    return announced.with(announced.rollout().after(new GenerationDecision(action, author)));
  }

  private static String colon(DecisionAuthor author) {
    String by = " by " + author.by();
    String whole = author.why().isEmpty() ? by : by + ": " + author.why();
    return whole.length() > ReasonText.MAX_LENGTH / 2
        ? whole.substring(0, ReasonText.MAX_LENGTH / 2)
        : whole;
  }

  private GenerationAnnouncement serving() {
    return history
        .serving()
        .orElseThrow(() -> new IllegalStateException("no generation is live, expected one"));
  }

  /** One that passed the gate and is not live yet. */
  private GenerationAnnouncement candidate(Generation generation) {
    GenerationAnnouncement found =
        history
            .find(generation)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "generation %s was never announced".formatted(generation)));
    require(
        found.state() == GenerationState.CANDIDATE,
        "generation %s is %s, expected a candidate",
        generation,
        found.state().name().toLowerCase(Locale.ROOT));
    require(
        found.rollout().share().isPresent(),
        "generation %s has not passed the gate yet",
        generation);
    return found;
  }

  private static void require(boolean holds, String sentence, Object... arguments) {
    if (!holds) {
      throw new IllegalStateException(sentence.formatted(arguments));
    }
  }
}
