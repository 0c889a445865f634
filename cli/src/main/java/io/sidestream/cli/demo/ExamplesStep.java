package io.sidestream.cli.demo;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.RankedItem;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends a few searches and recommendation requests and shows the replies. */
final class ExamplesStep {
  private static final int SEARCHES = 3;
  private static final int USERS = 2;
  private static final int ITEMS_SHOWN = 5;
  private static final int RESULTS = 30;
  private static final int LAST_INTERACTIONS = 3;
  private static final int QUERY_SHOWN = 100;

  private ExamplesStep() {}

  static void run(DemoContext context, Examples examples) {
    context
        .reporter()
        .step(
            "Search and recommendations",
            "Requests go to one topic, ranked items come back on another; * marks the item clicked.");
    examples.searches(SEARCHES).forEach(search -> search(context, search));
    examples.users(USERS).forEach(user -> recommend(context, examples, user));
  }

  private static void search(DemoContext context, Search search) {
    long start = context.clock().millis();
    Reply reply = context.client().search(DemoContext.search(search.query(), RESULTS));
    Duration took = context.since(start);
    context.reporter().print("");
    context.result("search", "\"" + cut(search.query()) + "\"", took);
    show(context, reply, search.clicked());
  }

  private static void recommend(DemoContext context, Examples examples, UserId user) {
    List<Interaction> seen = examples.historyOf(user);
    long start = context.clock().millis();
    Reply reply = context.recommend(user, RESULTS);
    Duration took = context.since(start);
    context.reporter().print("");
    context.result("recommend", "for " + user + ", last interactions:", took);
    seen.subList(Math.max(0, seen.size() - LAST_INTERACTIONS), seen.size())
        .forEach(one -> context.result("  ", context.title(one.item())));
    show(context, reply, null);
  }

  private static void show(DemoContext context, Reply reply, @Nullable ItemId clicked) {
    if (reply.status() != Reply.Status.OK) {
      context.result("", reply.status() + ": " + reply.detail());
    }
    int rank = 1;
    for (RankedItem ranked : reply.items()) {
      boolean isClicked = ranked.item().equals(clicked);
      if (rank <= ITEMS_SHOWN || isClicked) {
        context.result(
            (isClicked ? "*" : " ") + String.format("%3d", rank),
            context.title(ranked.item()) + "  [" + ranked.id() + "]");
      }
      rank++;
    }
  }

  private static String cut(String query) {
    return query.length() <= QUERY_SHOWN ? query : query.substring(0, QUERY_SHOWN) + "…";
  }
}
