package io.sidestream.schemas;

import io.sidestream.schemas.GenerationDecision.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The last announcement of every generation: the state of the topic {@code generations}. Immutable.
 * Depends only on the order of these announcements, so that a compacted topic gives the same
 * history as a complete one.
 *
 * @param announcements one per generation, in the order in which they were made
 */
public record GenerationHistory(List<GenerationAnnouncement> announcements) {
  /** Nothing announced yet. */
  public static final GenerationHistory NONE = new GenerationHistory(List.of());

  /** The one that serves, and the one to go back to. */
  private static final int LIVE_KEPT = 2;

  public GenerationHistory {
    announcements = List.copyOf(announcements);
  }

  /** The history after one more announcement, which replaces the one before of its generation. */
  public GenerationHistory with(GenerationAnnouncement announcement) {
    List<GenerationAnnouncement> next = new ArrayList<>(announcements.size() + 1);
    for (GenerationAnnouncement earlier : announcements) {
      if (!earlier.generation().equals(announcement.generation())) {
        next.add(earlier);
      }
    }
    next.add(announcement);
    return new GenerationHistory(next);
  }

  /** The generation that serves: of the live ones the one announced last. */
  public Optional<GenerationAnnouncement> serving() {
    return live(0);
  }

  /** The generation that a rollback goes back to: of the live ones the last but one. */
  public Optional<GenerationAnnouncement> rollbackTarget() {
    return live(1);
  }

  /** Whether no generation goes live by itself: the serving one is held. */
  public boolean isHeld() {
    return serving().map(one -> one.rollout().held()).orElse(false);
  }

  /**
   * The candidate that is kept open: the one that answers a share of the users, else the one
   * announced last of those that passed the gate.
   */
  public Optional<GenerationAnnouncement> candidate() {
    List<GenerationAnnouncement> all = candidates().toList();
    List<GenerationAnnouncement> sharing =
        all.stream().filter(one -> one.rollout().share().orElse(0.0) > 0).toList();
    return last(sharing).or(() -> last(all));
  }

  private static Optional<GenerationAnnouncement> last(List<GenerationAnnouncement> list) {
    return list.isEmpty() ? Optional.empty() : Optional.of(list.get(list.size() - 1));
  }

  /** The candidate and its share of the users; empty where it answers none. */
  public Optional<Comparison> comparison() {
    return candidateShare().filter(one -> one.share() > 0);
  }

  /** The candidate and its share of the users, be it 0. */
  public Optional<Comparison> candidateShare() {
    return candidate()
        .map(one -> new Comparison(one.generation(), one.rollout().share().orElse(0.0)));
  }

  /** Candidates that passed the gate and answer no user. */
  public List<GenerationAnnouncement> waiting() {
    return candidates().filter(one -> one.rollout().share().orElse(0.0) == 0).toList();
  }

  private Stream<GenerationAnnouncement> candidates() {
    return announcements.stream().filter(one -> one.rollout().share().isPresent());
  }

  /** The live generations except the two announced last. */
  public List<GenerationAnnouncement> superseded() {
    List<GenerationAnnouncement> live = live();
    return live.subList(0, Math.max(0, live.size() - LIVE_KEPT));
  }

  /**
   * The last generation after the serving one that was rejected, or rolled back, if any. One that
   * was a candidate does not count: it passed the gate, and was compared with what served, either
   * given up or promoted until something changed.
   */
  public Optional<Generation> refusedSinceServing() {
    return serving()
        .flatMap(
            serving ->
                announcements.stream()
                    .filter(one -> !one.state().active() && !wasCompared(one))
                    .map(GenerationAnnouncement::generation)
                    .filter(one -> one.compareTo(serving.generation()) > 0)
                    .max(Generation::compareTo));
  }

  private static boolean wasCompared(GenerationAnnouncement one) {
    return one.rollout().decisions().stream()
        .map(GenerationDecision::action)
        .anyMatch(action -> action == Action.RETIRE || action == Action.PROMOTE);
  }

  /** All generations, ascending by number. */
  public List<GenerationAnnouncement> byNumber() {
    List<GenerationAnnouncement> sorted = new ArrayList<>(announcements);
    sorted.sort((one, other) -> one.generation().compareTo(other.generation()));
    return sorted;
  }

  /** The last announcement of this generation. */
  public Optional<GenerationAnnouncement> find(Generation generation) {
    return announcements.stream()
        .filter(announcement -> announcement.generation().equals(generation))
        .findFirst();
  }

  /** The number of the next generation to train; numbers are never reused. */
  public Generation nextNumber() {
    long last = announcements.stream().mapToLong(one -> one.generation().number()).max().orElse(0);
    return new Generation(last + 1);
  }

  /**
   * The announcements of a rollback, in order: the one before is live again, then the bad one is
   * retired, so that at every moment one of them serves.
   *
   * @throws IllegalStateException when there is nothing to go back to
   */
  public List<GenerationAnnouncement> rollback(Instant now) {
    GenerationAnnouncement bad =
        serving()
            .orElseThrow(() -> new IllegalStateException("no generation is live, expected two"));
    GenerationAnnouncement good =
        rollbackTarget()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "generation %s is the only live one, expected one before it to roll back to"
                            .formatted(bad.generation())));
    return List.of(
        good.in(
            GenerationState.LIVE, "generation %s was rolled back".formatted(bad.generation()), now),
        bad.in(
            GenerationState.RETIRED,
            "rolled back to generation %s".formatted(good.generation()),
            now));
  }

  /** Of the live generations, counted back from the one announced last. */
  private Optional<GenerationAnnouncement> live(int back) {
    List<GenerationAnnouncement> live = live();
    int index = live.size() - 1 - back;
    return index < 0 ? Optional.empty() : Optional.of(live.get(index));
  }

  private List<GenerationAnnouncement> live() {
    return announcements.stream()
        .filter(announcement -> announcement.state() == GenerationState.LIVE)
        .toList();
  }
}
