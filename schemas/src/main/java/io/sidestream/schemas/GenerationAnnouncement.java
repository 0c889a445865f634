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
 */
public record GenerationAnnouncement(
    Generation generation,
    GenerationState state,
    String reason,
    String manifestSha256,
    Optional<Generation> parent,
    CorpusOffsets corpus,
    Map<String, Double> metrics,
    Instant announcedAt) {
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
  }

  /** The same generation in another state. */
  public GenerationAnnouncement in(GenerationState next, String why, Instant at) {
    return new GenerationAnnouncement(
        generation, next, why, manifestSha256, parent, corpus, metrics, at);
  }
}
