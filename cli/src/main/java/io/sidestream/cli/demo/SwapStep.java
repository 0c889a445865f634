package io.sidestream.cli.demo;

import io.sidestream.cli.check.RequestCount;
import io.sidestream.cli.check.RequestStream;
import io.sidestream.cli.produce.EventProducer;
import io.sidestream.cli.produce.ProducedCount;
import io.sidestream.client.Connection;
import io.sidestream.client.Generations;
import io.sidestream.client.SidestreamClient;
import io.sidestream.client.Tail;
import io.sidestream.datasets.Dataset;
import io.sidestream.schemas.DecisionAuthor;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.avro.Codecs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Trains a second generation, swaps it in under load, and rolls back to the first. */
final class SwapStep {
  private static final int REQUESTS_PER_SECOND = 5;
  private static final int SEARCHES = 20;
  private static final int USERS = 20;
  private static final int RESULTS = 10;
  private static final Duration REST = Duration.ofSeconds(2);

  private SwapStep() {}

  /** Returns whether every request was answered, by one generation each. */
  static boolean run(DemoContext context, Examples examples, GenerationAnnouncement serving) {
    context
        .reporter()
        .step(
            "Swap and rollback under load",
            "More events; a second generation is trained and swapped in while requests run; then a"
                + " rollback.");
    try (RequestStream requests =
        RequestStream.start(
            requests(context.client(), examples), REQUESTS_PER_SECOND, context.clock())) {
      produceMore(context);
      trainAndSwap(context, requests, serving);
      RequestCount count = requests.stop();
      context.result(
          "requests",
          "%,d sent meanwhile: %d failed, %d of two generations"
              .formatted(count.requests(), count.failed(), count.mixed()));
      context.report().swap(count);
      return count.isClean();
    }
  }

  private static void produceMore(DemoContext context) {
    Path work = context.system().notes();
    DemoState state =
        DemoState.read(work).orElseGet(() -> new DemoState(context.dataset().name(), 0));
    Dataset later = context.dataset().later(state.rounds());
    ProducedCount count = context.producer().produce(later, EventProducer.Progress.NONE);
    state.nextRound().write(work);
    context.result("produced", count.toString(), count.took());
    try (StablePairCounts counts = new StablePairCounts(context, StablePairCounts.QUIET)) {
      counts.await();
    }
  }

  private static void trainAndSwap(
      DemoContext context, RequestStream requests, GenerationAnnouncement serving) {
    Connection cluster = context.system().connection();
    Generations generations = new Generations(cluster);
    try (var announced =
        Tail.fromEnd(cluster, cluster.topics().generations(), Codecs.generationAnnouncement())) {
      long start = context.clock().millis();
      generations.retrain(context.clock().instant());
      context.result("requested", "a second training, manual");
      GenerationAnnouncement outcome =
          LearnStep.awaitOutcome(context, announced, Optional.of(serving.generation()));
      context.report().seconds("retrain", context.since(start));
      context.result("outcome", LearnStep.describe(outcome), context.since(start));
      if (outcome.state() == GenerationState.LIVE) {
        swapAndRollBack(context, requests, generations, serving.generation(), outcome.generation());
      } else {
        context
            .reporter()
            .print("generation %s remains in service".formatted(serving.generation()));
      }
    }
  }

  private static void swapAndRollBack(
      DemoContext context,
      RequestStream requests,
      Generations generations,
      Generation old,
      Generation latest) {
    Duration swapped = awaitReplies(context, requests, latest);
    context.result("swapped", "replies come from generation " + latest, swapped);
    context.report().seconds("swap", swapped);
    context.report().generation(latest);
    context.rest(REST);
    List<GenerationAnnouncement> made =
        generations.rollback(
            new DecisionAuthor("demo", "to show a rollback", context.clock().instant()));
    Duration back = awaitReplies(context, requests, old);
    context.result(
        "rolled back",
        "replies come from generation %s again; %s"
            .formatted(old, LearnStep.describe(made.get(made.size() - 1))),
        back);
    context.report().seconds("rollback", back);
    context.report().generation(old);
    context.rest(REST);
  }

  private static Duration awaitReplies(
      DemoContext context, RequestStream requests, Generation from) {
    return context
        .waitingShort()
        .untilTrue(
            "a reply from generation " + from,
            () -> requests.newestGeneration().equals(Optional.of(from)));
  }

  private static List<Supplier<CompletableFuture<Reply>>> requests(
      SidestreamClient client, Examples examples) {
    List<Supplier<CompletableFuture<Reply>>> requests = new ArrayList<>();
    examples
        .searches(SEARCHES)
        .forEach(
            s -> requests.add(() -> client.searchLater(DemoContext.search(s.query(), RESULTS))));
    examples
        .users(USERS)
        .forEach(
            u -> requests.add(() -> client.recommendLater(DemoContext.recommendation(u, RESULTS))));
    return requests;
  }
}
