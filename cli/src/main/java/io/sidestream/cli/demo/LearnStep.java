package io.sidestream.cli.demo;

import io.sidestream.cli.client.Generations;
import io.sidestream.cli.client.Tail;
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

/** Waits for the first generation: counted, asked for, trained, published, swapped in. */
final class LearnStep {
  private static final Topics TOPICS = Topics.DEFAULT;
  private static final Duration LOOK = Duration.ofMillis(100);

  private LearnStep() {}

  /** Gives the generation that serves at the end. */
  static GenerationAnnouncement tell(DemoContext scene) {
    scene
        .narrator()
        .chapter(
            "It learns",
            "Flink counts what was met together and asks for a training; the trainer makes a"
                + " generation; the index takes it.");
    Generations generations = new Generations(scene.system().bootstrapServers());
    Optional<GenerationAnnouncement> kept = generations.history().serving();
    GenerationAnnouncement live = kept.orElseGet(() -> learn(scene));
    kept.ifPresent(before -> scene.narrator().result("kept", describe(before)));
    Duration swapped = awaitServing(scene, live.generation());
    scene
        .narrator()
        .result(
            "swapped in", "the index serves generation %s".formatted(live.generation()), swapped);
    scene.report().seconds("swap_in", swapped);
    scene.report().generation(live.generation());
    return live;
  }

  private static GenerationAnnouncement learn(DemoContext scene) {
    String broker = scene.system().bootstrapServers();
    long start = scene.clock().millis();
    try (var requests =
            Tail.fromStart(broker, TOPICS.trainingRequests(), Codecs.trainingRequest());
        var announced =
            Tail.fromStart(broker, TOPICS.generations(), Codecs.generationAnnouncement())) {
      TrainingRequest request = awaitRequest(scene, requests);
      Duration counted = scene.since(start);
      scene.narrator().result("paired", counts(request.corpus()), counted);
      scene.narrator().result("asked", "Flink asks for a training: " + request.detail());
      scene.report().seconds("pair", counted);
      start = scene.clock().millis();
      GenerationAnnouncement verdict = awaitVerdict(scene, announced, Optional.empty());
      scene.report().seconds("train", scene.since(start));
      scene
          .narrator()
          .result(
              verdict.state().name().toLowerCase(Locale.ROOT),
              describe(verdict),
              scene.since(start));
      if (verdict.state() == GenerationState.REJECTED) {
        throw new UserErrorException(
            "generation %s was rejected: %s", verdict.generation(), verdict.reason());
      }
      return verdict;
    }
  }

  private static TrainingRequest awaitRequest(DemoContext scene, Tail<TrainingRequest> requests) {
    return scene
        .waitingLong()
        .until("a request for training", () -> requests.next(LOOK).stream().findFirst());
  }

  /** The first announcement that a generation newer than another is live or rejected. */
  static GenerationAnnouncement awaitVerdict(
      DemoContext scene, Tail<GenerationAnnouncement> announced, Optional<Generation> after) {
    return scene
        .waitingLong()
        .until(
            "a generation",
            () ->
                announced.next(LOOK).stream()
                    .filter(a -> after.isEmpty() || a.generation().compareTo(after.get()) > 0)
                    .filter(a -> a.state() != GenerationState.CANDIDATE)
                    .findFirst());
  }

  private static Duration awaitServing(DemoContext scene, Generation generation) {
    return scene
        .waitingShort()
        .untilTrue(
            "generation " + generation + " serving",
            () -> scene.system().servingGeneration().equals(Optional.of(generation)));
  }

  /** A live one's reason was told by the gate already. */
  static String describe(GenerationAnnouncement announcement) {
    boolean live = announcement.state() == GenerationState.LIVE;
    return "generation %s is %s%s"
        .formatted(
            announcement.generation(),
            announcement.state().name().toLowerCase(Locale.ROOT),
            live ? "" : ": " + announcement.reason());
  }

  private static String counts(CorpusOffsets corpus) {
    return String.format(
        Locale.ROOT,
        "%,d totals of pairs, from %,d interactions and %,d searches",
        records(corpus, TOPICS.pairCounts().name()),
        records(corpus, TOPICS.interactions().name()),
        records(corpus, TOPICS.searches().name()));
  }

  private static long records(CorpusOffsets corpus, String topic) {
    Map<Integer, Long> ends = corpus.ends().getOrDefault(topic, Map.of());
    return ends.values().stream().mapToLong(Long::longValue).sum();
  }
}
