package io.sidestream.gateway.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.gateway.follow.Followed;
import io.sidestream.gateway.follow.RecentUsers;
import io.sidestream.gateway.http.HttpCall;
import io.sidestream.gateway.http.HttpReply;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.ItemId;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What the page shows beside answers: health, rates, and users with their newest items. */
final class StatusRoutes {
  /** How long the status of the processes is taken as it was. */
  private static final Duration KEPT = Duration.ofSeconds(1);

  private final Followed followed;
  private final List<ProcessStatus> processes;
  private CompletableFuture<HttpReply> last;
  private long askedNanos = System.nanoTime() - KEPT.toNanos();

  StatusRoutes(Followed followed, AdminPorts processes) {
    this.followed = followed;
    HttpClient http = ProcessStatus.client();
    this.processes =
        processes.byName().entrySet().stream()
            .map(one -> new ProcessStatus(one.getKey(), one.getValue(), processes.token(), http))
            .toList();
    this.last = CompletableFuture.completedFuture(HttpReply.json(200, json(List.of())));
  }

  /** Processes are asked once in {@link #KEPT}, however many look. */
  synchronized CompletableFuture<HttpReply> status(HttpCall call) {
    long now = System.nanoTime();
    if (!last.isDone() || now - askedNanos < KEPT.toNanos()) {
      return last;
    }
    List<CompletableFuture<ObjectNode>> asked = processes.stream().map(ProcessStatus::now).toList();
    askedNanos = now;
    last =
        CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
            .thenApply(
                done ->
                    HttpReply.json(
                        200, json(asked.stream().map(CompletableFuture::join).toList())));
    return last;
  }

  private ObjectNode json(List<ObjectNode> answers) {
    ObjectNode json = Bodies.MAPPER.createObjectNode();
    json.put("broker", followed.brokerAnswers());
    json.put(
        "generation",
        followed
            .generations()
            .serving()
            .map(GenerationAnnouncement::generation)
            .map(one -> one.number())
            .orElse(null));
    json.put("titles", followed.titles().size());
    json.put("items", followed.itemsRead());
    json.put("interactions", followed.interactionsRead());
    ArrayNode all = json.putArray("processes");
    answers.forEach(all::add);
    return json;
  }

  CompletableFuture<HttpReply> users(HttpCall call) {
    ArrayNode all = Bodies.MAPPER.createArrayNode();
    for (RecentUsers.Recent recent : followed.users().newest()) {
      ObjectNode user = all.addObject().put("user", recent.user().value());
      ArrayNode items = user.putArray("items");
      for (ItemId item : recent.items()) {
        items
            .addObject()
            .put("item", item.value())
            .put("title", followed.titles().of(item).orElse(null));
      }
    }
    return CompletableFuture.completedFuture(HttpReply.json(200, all));
  }
}
