package io.sidestream.cli.demo;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.RankedItem;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Measures freshness: the time until a new item, interaction, user, transition or click affects
 * replies.
 */
final class FreshnessStep {
  private static final int RESULTS = 30;
  private static final int FIRST_INTERACTIONS = 3;
  private static final String KIND = "view";

  private FreshnessStep() {}

  static void run(DemoContext context, Examples examples) {
    context
        .reporter()
        .step(
            "New items and interactions count at once",
            "Without a training: the current codebook encodes a new film, a new event joins"
                + " the user's history.");
    newItem(context);
    UserId user = examples.users(1).get(0);
    newInteraction(context, user);
    newUser(context, examples.historyOf(user));
    FollowedItemStep.run(context, examples.historyOf(user));
    ClickedItemStep.run(context);
  }

  private static void newItem(DemoContext context) {
    Item film = GeneratedFilm.at(context.clock());
    long start = context.clock().millis();
    context.producer().item(film);
    context.producer().flush();
    int rank =
        context
            .waitingShort()
            .until("an answer with a new item", () -> rankOf(film.id(), search(context, film)));
    Duration took = context.since(start);
    context.result(
        "new film",
        "\"%s\" is found by its title at rank %d after %d ms"
            .formatted(film.title(), rank, took.toMillis()));
    context.report().freshness("item", took);
  }

  private static Reply search(DemoContext context, Item film) {
    return context.client().search(DemoContext.search(film.title(), RESULTS));
  }

  private static void newInteraction(DemoContext context, UserId user) {
    ItemId first =
        recommend(context, user).items().stream()
            .findFirst()
            .map(RankedItem::item)
            .orElseThrow(() -> new UserErrorException("nothing is recommended to %s", user));
    long start = context.clock().millis();
    interact(context, user, first);
    context
        .waitingShort()
        .untilTrue(
            "a recommendation that reflects an interaction",
            () -> rankOf(first, recommend(context, user)).isEmpty());
    Duration took = context.since(start);
    Reply after = recommend(context, user);
    context.result(
        "new interaction",
        "%s saw \"%s\"; the next recommendation, \"%s\", came after %d ms"
            .formatted(
                user,
                context.title(first),
                after.items().isEmpty() ? "none" : context.title(after.items().get(0).item()),
                took.toMillis()));
    context.report().freshness("interaction", took);
  }

  private static void newUser(DemoContext context, List<Interaction> history) {
    UserId user = new UserId("new-user-" + context.clock().millis());
    Reply before = recommend(context, user);
    long start = context.clock().millis();
    history.stream().limit(FIRST_INTERACTIONS).forEach(one -> interact(context, user, one.item()));
    Reply after =
        context
            .waitingShort()
            .until(
                "a recommendation for a new user",
                () -> Optional.of(recommend(context, user)).filter(FreshnessStep::isOk));
    Duration took = context.since(start);
    context.result(
        "new user",
        "status %s before the first events, %s after %d ms, with \"%s\" first"
            .formatted(
                before.status(),
                after.status(),
                took.toMillis(),
                context.title(after.items().get(0).item())));
  }

  private static boolean isOk(Reply reply) {
    return reply.status() == Reply.Status.OK && !reply.items().isEmpty();
  }

  private static Reply recommend(DemoContext context, UserId user) {
    return context.recommend(user, RESULTS);
  }

  private static void interact(DemoContext context, UserId user, ItemId item) {
    context.producer().interaction(new Interaction(user, item, KIND, 1, context.clock().instant()));
    context.producer().flush();
  }

  /** Rank of an item in a reply, from 1. */
  private static Optional<Integer> rankOf(ItemId item, Reply reply) {
    List<ItemId> items = reply.items().stream().map(RankedItem::item).toList();
    return items.contains(item) ? Optional.of(items.indexOf(item) + 1) : Optional.empty();
  }
}
