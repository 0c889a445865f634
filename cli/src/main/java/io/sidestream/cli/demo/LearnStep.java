package io.sidestream.cli.demo;

import io.sidestream.client.Connection;
import io.sidestream.client.Generations;
import io.sidestream.client.Tail;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.TrainingRequest;
import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.avro.Codecs;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Waits for the first generation: pair counts, training request, training, swap. */
final class LearnStep {
  private static final Duration POLL = Duration.ofMillis(100);

  /** Flink requests the demo's first training some seconds after the counts are complete. */
  private static final Duration UNREQUESTED = Duration.ofSeconds(45);

  private LearnStep() {}

  /** Returns the generation that serves at the end. */
  static GenerationAnnouncement run(DemoContext context) {
    context
        .reporter()
        .step(
            "Training",
            "Flink counts co-occurrences and requests a training; the trainer publishes a"
                + " generation; the index swaps it in.");
    Generations generations = new Generations(context.system().connection());
    Optional<GenerationAnnouncement> kept = generations.history().serving();
    GenerationAnnouncement live = kept.orElseGet(() -> learn(context));
    kept.ifPresent(before -> context.result("kept", describe(before)));
    Duration swapped = awaitServing(context, live.generation());
    context.result(
        "swapped in", "the index serves generation %s".formatted(live.generation()), swapped);
    context.report().seconds("swap_in", swapped);
    context.report().generation(live.generation());
    return live;
  }

  private static GenerationAnnouncement learn(DemoContext context) {
    Connection cluster = context.system().connection();
    Topics topics = cluster.topics();
    long start = context.clock().millis();
    try (var requests =
            Tail.fromStart(cluster, topics.trainingRequests(), Codecs.trainingRequest());
        var announced =
            Tail.fromStart(cluster, topics.generations(), Codecs.generationAnnouncement())) {
      TrainingRequest request = awaitRequest(context, requests);
      Duration counted = context.since(start);
      context.result("pair counts", counts(request.corpus(), topics), counted);
      boolean manual = request.reason() == TrainingRequest.Reason.BY_HAND;
      context.result(
          "requested",
          "training by %s: %s".formatted(manual ? "the demo" : "Flink", request.detail()));
      context.report().seconds("pair", counted);
      start = context.clock().millis();
      GenerationAnnouncement outcome = awaitOutcome(context, announced, Optional.empty());
      context.report().seconds("train", context.since(start));
      context.result(
          outcome.state().name().toLowerCase(Locale.ROOT), describe(outcome), context.since(start));
      if (outcome.state() == GenerationState.REJECTED) {
        throw new UserErrorException(
            "generation %s was rejected: %s", outcome.generation(), outcome.reason());
      }
      return outcome;
    }
  }

  /** A system with thresholds of its own may not request a training: then the demo does. */
  private static TrainingRequest awaitRequest(DemoContext context, Tail<TrainingRequest> requests) {
    try (StablePairCounts counts = new StablePairCounts(context, UNREQUESTED)) {
      return context
          .waitingLong()
          .until(
              "a request for training",
              () ->
                  requests.next(POLL).stream()
                      .findFirst()
                      .or(
                          () ->
                              counts.areStable()
                                  ? Optional.of(request(context))
                                  : Optional.empty()));
    }
  }

  private static TrainingRequest request(DemoContext context) {
    Connection cluster = context.system().connection();
    return new Generations(cluster).retrain(context.clock().instant());
  }

  /** The first announcement that a generation newer than another is live or rejected. */
  static GenerationAnnouncement awaitOutcome(
      DemoContext context, Tail<GenerationAnnouncement> announced, Optional<Generation> after) {
    return context
        .waitingLong()
        .until(
            "a generation",
            () ->
                announced.next(POLL).stream()
                    .filter(a -> after.isEmpty() || a.generation().compareTo(after.get()) > 0)
                    .filter(a -> a.state() != GenerationState.CANDIDATE)
                    .findFirst());
  }

  private static Duration awaitServing(DemoContext context, Generation generation) {
    return context
        .waitingShort()
        .untilTrue(
            "generation " + generation + " serving",
            () -> context.system().servingGeneration().equals(Optional.of(generation)));
  }

  /** The gate has printed the reason of a live generation already. */
  static String describe(GenerationAnnouncement announcement) {
    boolean live = announcement.state() == GenerationState.LIVE;
    return "generation %s is %s%s"
        .formatted(
            announcement.generation(),
            announcement.state().name().toLowerCase(Locale.ROOT),
            live ? "" : ": " + announcement.reason());
  }

  private static String counts(CorpusOffsets corpus, Topics topics) {
    return String.format(
        Locale.ROOT,
        "%,d pair counts of %,d interactions and %,d searches",
        records(corpus, topics.pairCounts().name()),
        records(corpus, topics.interactions().name()),
        records(corpus, topics.searches().name()));
  }

  private static long records(CorpusOffsets corpus, String topic) {
    Map<Integer, Long> ends = corpus.ends().getOrDefault(topic, Map.of());
    return ends.values().stream().mapToLong(Long::longValue).sum();
  }
}
