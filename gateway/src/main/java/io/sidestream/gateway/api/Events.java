package io.sidestream.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.client.EventSender;
import io.sidestream.gateway.http.BadRequestException;
import io.sidestream.gateway.http.HttpCall;
import io.sidestream.gateway.http.HttpReply;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.avro.Codec;
import io.sidestream.schemas.avro.Codecs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Items and events, acknowledged when all replicas have them. */
final class Events {
  /** Most events in one body. */
  static final int MAX_EVENTS = 1_000;

  private static final String INTERACTIONS = "interactions";
  private static final String SEARCHES = "searches";

  private final EventSender sender;

  Events(EventSender sender) {
    this.sender = sender;
  }

  /** Sends interactions and searches; none of them where one is malformed. */
  CompletableFuture<HttpReply> events(HttpCall call) {
    JsonNode body = Bodies.object(call.body());
    List<Interaction> interactions = list(body, INTERACTIONS, Codecs.interaction());
    List<Search> searches = list(body, SEARCHES, Codecs.search());
    int count = interactions.size() + searches.size();
    if (count == 0 || count > MAX_EVENTS) {
      throw new BadRequestException(
          INTERACTIONS,
          "body has %d %s and %s, expected 1 to %d"
              .formatted(count, INTERACTIONS, SEARCHES, MAX_EVENTS));
    }
    List<Supplier<CompletableFuture<Void>>> sends = new ArrayList<>(count);
    interactions.forEach(interaction -> sends.add(() -> sender.interaction(interaction)));
    searches.forEach(search -> sends.add(() -> sender.search(search)));
    return all(sends).thenApply(done -> accepted(count));
  }

  /**
   * Sends one after the other, up to one that has failed when its call returns: that one waited for
   * a broker already, and each further one would wait as long.
   */
  static CompletableFuture<Void> all(List<Supplier<CompletableFuture<Void>>> sends) {
    List<CompletableFuture<Void>> sent = new ArrayList<>(sends.size());
    for (Supplier<CompletableFuture<Void>> send : sends) {
      CompletableFuture<Void> done = send.get();
      sent.add(done);
      if (done.isCompletedExceptionally()) {
        break;
      }
    }
    return CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new));
  }

  private static <T> List<T> list(JsonNode body, String name, Codec<T> codec) {
    JsonNode all = body.path(name);
    if (!all.isMissingNode() && !all.isArray()) {
      throw new BadRequestException(name, "field \"" + name + "\" is no list");
    }
    List<T> read = new ArrayList<>(all.size());
    for (JsonNode one : all) {
      read.add(Bodies.read(codec, one, name + "[" + read.size() + "]"));
    }
    return read;
  }

  /** Puts an item; the id of the body may be left out. */
  CompletableFuture<HttpReply> put(HttpCall call) {
    JsonNode body = Bodies.object(call.body());
    ItemId id = id(call);
    if (body.hasNonNull("id") && !body.path("id").asText().equals(id.value())) {
      throw new BadRequestException(
          "id", "id is \"%s\", expected that of the path".formatted(body.path("id").asText()));
    }
    ((ObjectNode) body).put("id", id.value());
    Item item = Bodies.read(Codecs.item(), body, "item");
    return sender.item(item).thenApply(done -> accepted(1));
  }

  CompletableFuture<HttpReply> delete(HttpCall call) {
    return sender.removal(id(call)).thenApply(done -> accepted(1));
  }

  private static ItemId id(HttpCall call) {
    try {
      return new ItemId(call.variable());
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("id", ReasonText.of(e));
    }
  }

  private static HttpReply accepted(int count) {
    return HttpReply.json(202, Bodies.MAPPER.createObjectNode().put("accepted", count));
  }
}
