package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A generation's manifest in brief, and its state; each process finds its bundle in its own store.
 *
 * @param reason reason of this state, one sentence
 * @param manifestSha256 hash of {@code manifest.json}, 64 hexadecimal digits
 * @param corpus training corpus; items after it are encoded by the coding job
 * @param metrics for example {@code search.recall@30}; each in [0, 1]
 * @param announcedAt since when it is in this state
 * @param rollout how far it is let to users; a share is for candidates, a hold for live ones
 */
public record GenerationAnnouncement(
    Generation generation,
    GenerationState state,
    String reason,
    String manifestSha256,
    Optional<Generation> parent,
    CorpusOffsets corpus,
    Map<String, Double> metrics,
    Instant announcedAt,
    Rollout rollout) {
  /** Most metrics of one generation. */
  public static final int MAX_METRICS = 256;

  public GenerationAnnouncement {
    check(
        generation.number() < Generation.MAX_NUMBER,
        "generation number is %s, which leaves none for the next",
        generation);
    check(
        manifestSha256.matches("[0-9a-f]{64}"),
        "generation %s: manifest hash is \"%s\", expected 64 hexadecimal digits",
        generation,
        manifestSha256);
    ReasonText.checkLength("announcement reason", reason);
    check(
        metrics.size() <= MAX_METRICS,
        "generation %s has %d metrics, at most %d are allowed",
        generation,
        metrics.size(),
        MAX_METRICS);
    metrics.forEach(
        (name, value) ->
            check(
                value >= 0 && value <= 1,
                "generation %s: metric %s is %s, expected 0 to 1",
                generation,
                name,
                value));
    metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    check(
        rollout.share().isEmpty() || state == GenerationState.CANDIDATE,
        "generation %s has a share of users and is %s, expected a candidate",
        generation,
        state);
    check(
        !rollout.held() || state == GenerationState.LIVE,
        "generation %s is held and is %s, expected a live one",
        generation,
        state);
  }

  /** One of which nothing was decided. */
  public GenerationAnnouncement(
      Generation generation,
      GenerationState state,
      String reason,
      String manifestSha256,
      Optional<Generation> parent,
      CorpusOffsets corpus,
      Map<String, Double> metrics,
      Instant announcedAt) {
    this(
        generation,
        state,
        reason,
        manifestSha256,
        parent,
        corpus,
        metrics,
        announcedAt,
        Rollout.NONE);
  }

  /** The same generation in another state, with what was decided of it. */
  public GenerationAnnouncement in(GenerationState next, String why, Instant at) {
    return new GenerationAnnouncement(
        generation, next, why, manifestSha256, parent, corpus, metrics, at, rollout.ended());
  }

  /** The same generation in the same state, let to users otherwise. */
  public GenerationAnnouncement with(Rollout next) {
    return new GenerationAnnouncement(
        generation, state, reason, manifestSha256, parent, corpus, metrics, announcedAt, next);
  }
}
