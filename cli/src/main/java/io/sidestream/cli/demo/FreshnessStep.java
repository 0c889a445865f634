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

/** Shows how soon what just happened is in the answers. */
final class FreshnessStep {
  private static final int ASKED = 30;
  private static final int FIRST_STEPS = 3;
  private static final String KIND = "view";

  private FreshnessStep() {}

  static void tell(DemoContext scene, Examples examples) {
    scene
        .narrator()
        .chapter(
            "What happened a moment ago counts",
            "No training in between: a new film is coded by the codebook there is, a new event joins"
                + " the person's history.");
    newItem(scene);
    UserId person = examples.people(1).get(0);
    newInteraction(scene, person);
    newPerson(scene, examples.historyOf(person));
  }

  private static void newItem(DemoContext scene) {
    Item film = MadeUpFilm.at(scene.clock());
    long start = scene.clock().millis();
    scene.producing().item(film);
    scene.producing().flush();
    int place =
        scene
            .waitingShort()
            .until("an answer with a new item", () -> placeOf(film.id(), search(scene, film)));
    Duration took = scene.since(start);
    scene
        .narrator()
        .result(
            "new film",
            "\"%s\" is found by its words, at place %d, after %d ms"
                .formatted(film.title(), place, took.toMillis()));
    scene.report().freshness("item", took);
  }

  private static Reply search(DemoContext scene, Item film) {
    return scene.asking().search(Question.search(film.title(), ASKED));
  }

  private static void newInteraction(DemoContext scene, UserId person) {
    ItemId first =
        recommend(scene, person).items().stream()
            .findFirst()
            .map(RankedItem::item)
            .orElseThrow(() -> new UserErrorException("nothing is recommended to %s", person));
    long start = scene.clock().millis();
    interact(scene, person, first);
    scene
        .waitingShort()
        .untilTrue(
            "a recommendation that reflects an interaction",
            () -> placeOf(first, recommend(scene, person)).isEmpty());
    Duration took = scene.since(start);
    Reply after = recommend(scene, person);
    scene
        .narrator()
        .result(
            "new interaction",
            "%s saw \"%s\"; the next recommendation, \"%s\", came after %d ms"
                .formatted(
                    person,
                    scene.title(first),
                    after.items().isEmpty() ? "none" : scene.title(after.items().get(0).item()),
                    took.toMillis()));
    scene.report().freshness("interaction", took);
  }

  private static void newPerson(DemoContext scene, List<Interaction> someonesHistory) {
    UserId person = new UserId("newcomer-" + scene.clock().millis());
    Reply before = recommend(scene, person);
    long start = scene.clock().millis();
    someonesHistory.stream().limit(FIRST_STEPS).forEach(met -> interact(scene, person, met.item()));
    Reply after =
        scene
            .waitingShort()
            .until(
                "a recommendation for a new person",
                () -> Optional.of(recommend(scene, person)).filter(FreshnessStep::isOk));
    Duration took = scene.since(start);
    scene
        .narrator()
        .result(
            "new person",
            "status %s before the first events, %s after %d ms, with \"%s\" first"
                .formatted(
                    before.status(),
                    after.status(),
                    took.toMillis(),
                    scene.title(after.items().get(0).item())));
  }

  private static boolean isOk(Reply reply) {
    return reply.status() == Reply.Status.OK && !reply.items().isEmpty();
  }

  private static Reply recommend(DemoContext scene, UserId person) {
    return scene.asking().recommend(Question.recommend(person, ASKED));
  }

  private static void interact(DemoContext scene, UserId person, ItemId item) {
    scene.producing().interaction(new Interaction(person, item, KIND, 1, scene.clock().instant()));
    scene.producing().flush();
  }

  /** At which place an item stands, from 1. */
  private static Optional<Integer> placeOf(ItemId item, Reply reply) {
    List<ItemId> items = reply.items().stream().map(RankedItem::item).toList();
    return items.contains(item) ? Optional.of(items.indexOf(item) + 1) : Optional.empty();
  }
}
