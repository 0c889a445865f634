package io.sidestream.gateway.api;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.client.Connection;
import io.sidestream.client.Generations;
import io.sidestream.gateway.http.BadRequestException;
import io.sidestream.gateway.http.HttpCall;
import io.sidestream.gateway.http.HttpReply;
import io.sidestream.schemas.DecisionAuthor;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** The generations, and the way back to the one before. */
final class GenerationRoutes {
  private static final int MAX_WHY = 1_000;

  private final Connection connection;
  private final Supplier<GenerationHistory> history;
  private final Clock clock;
  private final Executor rollbacks;
  private final Duration longest;

  /**
   * @param rollbacks one thread, so that a repeated rollback sees what the first one announced
   * @param longest time that a response may take; a rollback may take longer
   */
  GenerationRoutes(
      Connection connection,
      Supplier<GenerationHistory> history,
      Clock clock,
      Executor rollbacks,
      Duration longest) {
    this.connection = connection;
    this.history = history;
    this.clock = clock;
    this.rollbacks = rollbacks;
    this.longest = longest;
  }

  CompletableFuture<HttpReply> list(HttpCall call) {
    return CompletableFuture.completedFuture(HttpReply.json(200, json(history.get())));
  }

  /** Rolls back, where the body names the generation that serves. */
  CompletableFuture<HttpReply> rollback(HttpCall call) {
    JsonNode body = Bodies.object(call.body());
    JsonNode number = body.path("generation");
    if (!number.isIntegralNumber() || !number.canConvertToLong() || number.asLong() < 1) {
      throw new BadRequestException(
          "generation", "generation is missing, expected the number of the one that serves");
    }
    String why = body.path("why").asText("");
    if (why.length() > MAX_WHY) {
      throw new BadRequestException(
          "why", "why has %d characters, at most %d".formatted(why.length(), MAX_WHY));
    }
    return CompletableFuture.supplyAsync(
            () -> rollback(new Generation(number.asLong()), why), rollbacks)
        .completeOnTimeout(unconfirmed(), longest.toMillis(), MILLISECONDS);
  }

  /** What was begun goes on: a broker may have it already. */
  private HttpReply unconfirmed() {
    return HttpReply.error(
        504,
        "no broker confirmed the rollback within %d ms, it may still happen: see GET /generations"
            .formatted(longest.toMillis()));
  }

  private HttpReply rollback(Generation confirmed, String why) {
    ArrayNode announced = Bodies.MAPPER.createArrayNode();
    for (GenerationAnnouncement one :
        new Generations(connection)
            .rollback(confirmed, new DecisionAuthor("gateway", why, clock.instant()))) {
      announced.add(row(one, false, false, false));
    }
    return HttpReply.json(200, announced);
  }

  private static ArrayNode json(GenerationHistory history) {
    ArrayNode all = Bodies.MAPPER.createArrayNode();
    for (GenerationAnnouncement one : history.byNumber()) {
      all.add(
          row(
              one,
              is(history.serving(), one),
              is(history.rollbackTarget(), one),
              is(history.candidate(), one)));
    }
    return all;
  }

  private static boolean is(Optional<GenerationAnnouncement> other, GenerationAnnouncement one) {
    return other.filter(found -> found.generation().equals(one.generation())).isPresent();
  }

  private static ObjectNode row(
      GenerationAnnouncement one, boolean serving, boolean rollbackTarget, boolean candidate) {
    ObjectNode row = Bodies.MAPPER.createObjectNode();
    row.put("generation", one.generation().number());
    row.put("state", one.state().name());
    row.put("serving", serving);
    row.put("rollbackTarget", rollbackTarget);
    row.put("candidate", candidate);
    row.put("share", one.rollout().share().orElse(null));
    row.put("held", one.rollout().held());
    row.put("reason", one.reason());
    row.put("parent", one.parent().map(Generation::number).orElse(null));
    row.put("announcedAt", one.announcedAt().toString());
    one.metrics().forEach(row.putObject("metrics")::put);
    return row;
  }
}
