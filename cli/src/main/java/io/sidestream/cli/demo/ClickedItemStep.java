package io.sidestream.cli.demo;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.RankedItem;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Measures how soon an item that a few users clicked after a query that is new is ranked higher for
 * that query, without a training.
 */
final class ClickedItemStep {
  private static final int RESULTS = 30;
  private static final int USERS = 3;

  private ClickedItemStep() {}

  static void run(DemoContext context) {
    String query = "our film of the evening " + context.clock().millis();
    List<ItemId> found = found(context, query);
    if (found.isEmpty()) {
      context.result("new query", "not measured: it finds no film");
      return;
    }
    int before = found.size();
    ItemId clicked = found.get(before - 1);
    for (int user = 1; user <= USERS; user++) {
      UserId one = new UserId("clicking-" + user + "-" + context.clock().millis());
      context
          .producer()
          .search(new Search(query, clicked, Optional.of(one), context.clock().instant()));
    }
    context.producer().flush();
    long start = context.clock().millis();
    try {
      int best =
          context
              .waitingBriefly()
              .until(
                  "an answer that reflects clicks",
                  () ->
                      Optional.of(found(context, query).indexOf(clicked) + 1)
                          .filter(rank -> rank > 0 && rank < before));
      Duration took = context.since(start);
      context.result(
          "new query",
          "%d users clicked \"%s\" at rank %d of its answer; after %d ms it is at rank %d"
              .formatted(USERS, context.title(clicked), before, took.toMillis(), best));
      context.report().freshness("click", took);
    } catch (UserErrorException e) {
      context.system().checkRunning();
      context.result("new query", "not seen: this generation gives clicks little weight");
    }
  }

  private static List<ItemId> found(DemoContext context, String query) {
    return context.client().search(DemoContext.search(query, RESULTS)).items().stream()
        .map(RankedItem::item)
        .toList();
  }
}
