package io.sidestream.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.schemas.Explanation;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.RankedItem;
import io.sidestream.schemas.Reply;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints a reply with the titles of its items. */
final class AnswerOutput {
  private static final int TITLE = 60;
  private static final int REASONS = 5;

  private AnswerOutput() {}

  /** One line for each item, best first; before them the status where it is not OK. */
  static void text(Reply reply, Map<ItemId, String> titles, PrintWriter out) {
    if (reply.status() != Reply.Status.OK) {
      out.println(reply.status() + ": " + reply.detail());
    }
    if (reply.queryTruncated()) {
      out.println("the query is longer than the encoder reads: answered by its beginning");
    }
    int place = 1;
    for (RankedItem ranked : reply.items()) {
      String title = titles.getOrDefault(ranked.item(), "(no title)");
      out.println(
          String.format(
              Locale.ROOT,
              "%3d  %-" + TITLE + "s  %-12s  %8.3f  %s",
              place,
              title,
              ranked.item(),
              ranked.score(),
              ranked.id()));
      String reasons = reasons(reply, place - 1, titles);
      if (!reasons.isEmpty()) {
        out.println("     " + reasons);
      }
      place++;
    }
  }

  /** The reasons of most points: titles of items, the others as they are. */
  private static String reasons(Reply reply, int place, Map<ItemId, String> titles) {
    return reply.explanation().stream()
        .flatMap(one -> one.reasons(place).stream())
        .limit(REASONS)
        .map(one -> String.format(Locale.ROOT, "%s %+.3f", named(one, titles), one.points()))
        .collect(Collectors.joining(", "));
  }

  private static String named(Explanation.Reason reason, Map<ItemId, String> titles) {
    return reason.kind().equals(Explanation.Attribution.ITEM)
        ? titles.getOrDefault(new ItemId(reason.name()), reason.name())
        : reason.kind() + " \"" + reason.name() + "\"";
  }

  static void json(Reply reply, Map<ItemId, String> titles, PrintWriter out) {
    ObjectNode answer = Json.object();
    answer.put("status", reply.status().name());
    answer.put("detail", reply.detail());
    answer.put("generation", reply.generation().map(Generation::number).orElse(null));
    reply.arm().ifPresent(arm -> answer.put("arm", arm.label()));
    if (reply.queryTruncated()) {
      answer.put("query_truncated", true);
    }
    ArrayNode items = answer.putArray("items");
    for (int place = 0; place < reply.items().size(); place++) {
      RankedItem ranked = reply.items().get(place);
      ObjectNode item =
          items
              .addObject()
              .put("item", ranked.item().value())
              .put("title", titles.get(ranked.item()))
              .put("score", ranked.score())
              .put("semantic_id", ranked.id().toString());
      if (reply.explanation().isPresent()) {
        ArrayNode reasons = item.putArray("reasons");
        for (Explanation.Reason one : reply.explanation().get().reasons(place)) {
          reasons
              .addObject()
              .put("kind", one.kind())
              .put("name", one.name())
              .put("points", one.points());
        }
      }
    }
    out.println(Json.text(answer));
  }
}
