package io.sidestream.cli.demo;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.RankedItem;
import io.sidestream.schemas.RecommendationRequest;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Measures how soon a new item that a few users met after the same items is recommended for a
 * history of these items, without a training.
 */
final class FollowedItemStep {
  private static final int RESULTS = 30;
  private static final int SHARED_ITEMS = 5;
  private static final int USERS = 3;
  private static final String KIND = "view";

  private FollowedItemStep() {}

  /**
   * Runs the step.
   *
   * @param history of some user, oldest first; its newest items are what the users share
   */
  static void run(DemoContext context, List<Interaction> history) {
    List<ItemId> items = history.stream().map(Interaction::item).distinct().toList();
    List<ItemId> shared = items.subList(Math.max(0, items.size() - SHARED_ITEMS), items.size());
    Item film = newItem(context);
    String now = Long.toString(context.clock().millis());
    int before = rankOf(film.id(), context, shared).orElse(RESULTS + 1);
    for (int user = 1; user <= USERS; user++) {
      UserId one = new UserId("meeting-" + user + "-" + now);
      shared.forEach(item -> interact(context, one, item));
      interact(context, one, film.id());
    }
    context.producer().flush();
    long start = context.clock().millis();
    try {
      int best =
          context
              .waitingBriefly()
              .until(
                  "a recommendation of a new item",
                  () -> rankOf(film.id(), context, shared).filter(rank -> rank < before));
      Duration took = context.since(start);
      context.result(
          "new film, met",
          "%d users saw it after the same %d films; for who saw these too it is at rank %d after %d ms"
              .formatted(USERS, shared.size(), best, took.toMillis()));
      context.report().freshness("transition", took);
    } catch (UserErrorException e) {
      context.system().checkRunning();
      context.result(
          "new film, met", "not recommended: this generation gives transitions little weight");
    }
  }

  /** A new film in the catalogue that answers. */
  private static Item newItem(DemoContext context) {
    Item film = GeneratedFilm.at(context.clock());
    context.producer().item(film);
    context.producer().flush();
    context
        .waitingShort()
        .untilTrue(
            "an answer with a new item",
            () ->
                context.client().search(DemoContext.search(film.title(), RESULTS)).items().stream()
                    .anyMatch(one -> one.item().equals(film.id())));
    return film;
  }

  private static void interact(DemoContext context, UserId user, ItemId item) {
    context.producer().interaction(new Interaction(user, item, KIND, 1, context.clock().instant()));
  }

  /** Rank of an item among those recommended for a history, from 1. */
  private static Optional<Integer> rankOf(ItemId item, DemoContext context, List<ItemId> history) {
    Reply reply =
        context
            .client()
            .recommend(
                new RecommendationRequest(
                    Optional.empty(), history, RESULTS, true, Set.of(), Optional.empty()));
    List<ItemId> items = reply.items().stream().map(RankedItem::item).toList();
    return items.contains(item) ? Optional.of(items.indexOf(item) + 1) : Optional.empty();
  }
}
