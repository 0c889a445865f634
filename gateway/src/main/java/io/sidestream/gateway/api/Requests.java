package io.sidestream.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sidestream.client.SidestreamClient;
import io.sidestream.gateway.follow.Titles;
import io.sidestream.gateway.http.BadRequestException;
import io.sidestream.gateway.http.HttpCall;
import io.sidestream.gateway.http.HttpReply;
import io.sidestream.schemas.Explanation;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.RecommendationRequest;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.SemanticId;
import io.sidestream.schemas.avro.Codecs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Searches, recommendations and similar items: the topics' own JSON, with titles and written-out
 * IDs.
 */
final class Requests {
  private static final int NOT_READY_SECONDS = 5;
  private static final int OVERLOADED_SECONDS = 1;

  private final SidestreamClient client;
  private final Titles titles;
  private final Executor threads;

  /**
   * @param threads write the responses, so that the client's own thread is free to read replies
   */
  Requests(SidestreamClient client, Titles titles, Executor threads) {
    this.client = client;
    this.titles = titles;
    this.threads = threads;
  }

  CompletableFuture<HttpReply> search(HttpCall call) {
    return client
        .searchLater(Bodies.read(Codecs.searchRequest(), call.body()))
        .thenApplyAsync(this::of, threads);
  }

  CompletableFuture<HttpReply> recommend(HttpCall call) {
    return recommend(Bodies.read(Codecs.recommendationRequest(), call.body()));
  }

  /** A recommendation request that names the item to find similar ones of. */
  CompletableFuture<HttpReply> similar(HttpCall call) {
    RecommendationRequest request = Bodies.read(Codecs.recommendationRequest(), call.body());
    if (request.like().isEmpty()) {
      throw new BadRequestException(
          "like", "field \"like\" is missing, expected the item to find similar ones of");
    }
    return recommend(request);
  }

  private CompletableFuture<HttpReply> recommend(RecommendationRequest request) {
    return client.recommendLater(request).thenApplyAsync(this::of, threads);
  }

  private HttpReply of(Reply reply) {
    HttpReply http = HttpReply.json(status(reply), json(reply));
    return switch (http.status()) {
      case 429 -> http.retryAfter(OVERLOADED_SECONDS);
      case 503 -> http.retryAfter(NOT_READY_SECONDS);
      default -> http;
    };
  }

  private static int status(Reply reply) {
    return switch (reply.status()) {
      case OK, UNKNOWN_USER, EMPTY_HISTORY, UNKNOWN_ITEMS, EMPTY_QUERY -> 200;
      case NOT_READY -> 503;
      case OVERLOADED -> 429;
      case INVALID -> 400;
    };
  }

  private ObjectNode json(Reply reply) {
    ObjectNode json = tree(reply);
    if (json.path("detail").asText().isEmpty()) {
      json.remove("detail");
    } else if (status(reply) != 200) {
      json.set("error", json.path("detail"));
    }
    if (reply.arm().isEmpty()) {
      json.remove("arm");
    }
    if (!reply.queryTruncated()) {
      json.remove("queryTruncated");
    }
    for (JsonNode item : json.path("items")) {
      describe((ObjectNode) item, reply.generation().orElseThrow());
    }
    JsonNode explanation = json.path("explanation");
    if (explanation.isObject()) {
      explain(json, (ObjectNode) explanation, reply.generation().orElseThrow());
    } else {
      json.remove("explanation");
    }
    return json;
  }

  private static ObjectNode tree(Reply reply) {
    try {
      return (ObjectNode) Bodies.MAPPER.readTree(Codecs.jsonReply().encode(reply));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Features and attributions go to their items; items that are named get their titles. */
  private void explain(ObjectNode json, ObjectNode explanation, Generation generation) {
    JsonNode features = explanation.remove("features");
    for (int i = 0; i < features.size(); i++) {
      ((ObjectNode) json.path("items").get(i)).set("features", features.get(i));
    }
    JsonNode attributions = explanation.remove("attributions");
    for (int i = 0; i < attributions.size(); i++) {
      ((ObjectNode) json.path("items").get(i)).set("attributions", attributions.get(i));
      for (JsonNode one : attributions.get(i)) {
        if (one.path("kind").asText().equals(Explanation.Attribution.ITEM)) {
          ((ObjectNode) one).set("title", title(one.path("name")));
        }
      }
    }
    for (JsonNode beam : explanation.path("beams")) {
      ((ObjectNode) beam).put("semanticId", id(beam, generation));
      ArrayNode behind = Bodies.MAPPER.createArrayNode();
      for (JsonNode item : beam.path("items")) {
        behind.addObject().put("item", item.asText()).set("title", title(item));
      }
      ((ObjectNode) beam).set("items", behind);
    }
  }

  private void describe(ObjectNode item, Generation generation) {
    item.set("title", title(item.path("item")));
    item.put("semanticId", id(item, generation));
  }

  private JsonNode title(JsonNode item) {
    return titles
        .of(new ItemId(item.asText()))
        .<JsonNode>map(TextNode::valueOf)
        .orElse(NullNode.getInstance());
  }

  private static String id(JsonNode coded, Generation generation) {
    JsonNode codes = coded.path("codes");
    int[] levels = new int[codes.size()];
    for (int level = 0; level < levels.length; level++) {
      levels[level] = codes.get(level).asInt();
    }
    return new SemanticId(generation, levels).toString();
  }
}
