package io.sidestream.cli.demo;

import io.sidestream.cli.client.Generations;
import io.sidestream.cli.client.Tail;
import io.sidestream.cli.produce.ProducedCount;
import io.sidestream.cli.produce.Steps;
import io.sidestream.cli.standalone.StandaloneSystem;
import io.sidestream.datasets.Dataset;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.avro.Codecs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Learns a second generation, swaps it in while requests run, and goes back to the first. */
final class SwapStep {
  private static final Topics TOPICS = Topics.DEFAULT;
  private static final int REQUESTS_PER_SECOND = 5;
  private static final int SEARCHES = 20;
  private static final int PEOPLE = 20;
  private static final int ASKED = 10;
  private static final Duration REST = Duration.ofSeconds(2);

  private SwapStep() {}

  static void tell(DemoContext scene, Examples examples, GenerationAnnouncement serving) {
    scene
        .narrator()
        .chapter(
            "It learns again, and nobody waits",
            "More happens; a second generation is trained and swapped in while requests go on; then"
                + " it is rolled back.");
    try (RequestStream requests =
        RequestStream.start(
            scene.asking(), questions(examples), REQUESTS_PER_SECOND, scene.clock())) {
      more(scene);
      learnAndSwap(scene, requests, serving);
      SwapCount count = requests.stop();
      scene
          .narrator()
          .result(
              "requests",
              "%,d sent all the while: %d failed, %d of two generations"
                  .formatted(count.requests(), count.failed(), count.mixed()));
      scene.report().swap(count);
    }
  }

  private static void more(DemoContext scene) {
    Path work = scene.system().work().root();
    DemoState state = DemoState.read(work).orElseGet(() -> new DemoState(scene.world().name(), 0));
    Dataset later = scene.world().later(state.rounds());
    ProducedCount count = scene.producing().produce(later, Steps.UNSEEN);
    state.nextRound().write(work);
    scene.narrator().result("produced", count.toString(), count.took());
    new CountsSettled(scene).await();
  }

  private static void learnAndSwap(
      DemoContext scene, RequestStream requests, GenerationAnnouncement serving) {
    String broker = scene.system().bootstrapServers();
    Generations generations = new Generations(broker);
    try (var announced =
        Tail.fromEnd(broker, TOPICS.generations(), Codecs.generationAnnouncement())) {
      long start = scene.clock().millis();
      generations.retrain(StandaloneSystem.CATALOGUE, scene.clock().instant());
      scene.narrator().result("asked", "a second training, by hand");
      GenerationAnnouncement verdict =
          LearnStep.awaitVerdict(scene, announced, Optional.of(serving.generation()));
      scene.report().seconds("retrain", scene.since(start));
      scene.narrator().result("verdict", LearnStep.describe(verdict), scene.since(start));
      if (verdict.state() == GenerationState.LIVE) {
        swapAndRollBack(scene, requests, generations, serving.generation(), verdict.generation());
      } else {
        scene.narrator().say("generation %s goes on serving".formatted(serving.generation()));
      }
    }
  }

  private static void swapAndRollBack(
      DemoContext scene,
      RequestStream requests,
      Generations generations,
      Generation old,
      Generation fresh) {
    Duration swapped = awaitReplies(scene, requests, fresh);
    scene.narrator().result("swapped", "replies come from generation " + fresh, swapped);
    scene.report().seconds("swap", swapped);
    scene.report().generation(fresh);
    scene.rest(REST);
    List<GenerationAnnouncement> made = generations.rollback(scene.clock().instant());
    Duration back = awaitReplies(scene, requests, old);
    scene
        .narrator()
        .result(
            "rolled back",
            "replies come from generation %s again; %s"
                .formatted(old, LearnStep.describe(made.get(made.size() - 1))),
            back);
    scene.report().seconds("rollback", back);
    scene.report().generation(old);
    scene.rest(REST);
  }

  private static Duration awaitReplies(DemoContext scene, RequestStream requests, Generation from) {
    return scene
        .waitingShort()
        .untilTrue(
            "a reply from generation " + from,
            () -> requests.newestGeneration().equals(Optional.of(from)));
  }

  private static List<Question> questions(Examples examples) {
    List<Question> questions = new ArrayList<>();
    examples
        .searches(SEARCHES)
        .forEach(
            s -> questions.add(asking -> asking.searchLater(Question.search(s.query(), ASKED))));
    examples
        .people(PEOPLE)
        .forEach(p -> questions.add(asking -> asking.recommendLater(Question.recommend(p, ASKED))));
    return questions;
  }
}
