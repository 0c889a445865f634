package io.sidestream.cli.demo;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.RankedItem;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserId;
import java.time.Duration;
import java.util.List;

/** Asks a few searches and recommendations and shows the answers. */
final class ExamplesStep {
  private static final int SEARCHES = 3;
  private static final int PEOPLE = 2;
  private static final int SHOWN = 5;
  private static final int ASKED = 30;
  private static final int LAST_SEEN = 3;
  private static final int QUERY_SHOWN = 100;

  private ExamplesStep() {}

  static void tell(DemoContext scene, Examples examples) {
    scene
        .narrator()
        .chapter(
            "Ask it",
            "Requests go onto a topic, ranked items come back on another. * marks what the person"
                + " chose.");
    examples.searches(SEARCHES).forEach(search -> search(scene, search));
    examples.people(PEOPLE).forEach(person -> recommend(scene, examples, person));
  }

  private static void search(DemoContext scene, Search search) {
    long start = scene.clock().millis();
    Reply reply = scene.asking().search(Question.search(search.query(), ASKED));
    Duration took = scene.since(start);
    scene.narrator().say("");
    scene.narrator().result("search", "\"" + cut(search.query()) + "\"", took);
    show(scene, reply, search.clicked());
  }

  private static void recommend(DemoContext scene, Examples examples, UserId person) {
    List<Interaction> seen = examples.historyOf(person);
    long start = scene.clock().millis();
    Reply reply = scene.asking().recommend(Question.recommend(person, ASKED));
    Duration took = scene.since(start);
    scene.narrator().say("");
    scene.narrator().result("recommend", "for " + person + ", who met last:", took);
    seen.subList(Math.max(0, seen.size() - LAST_SEEN), seen.size())
        .forEach(met -> scene.narrator().result("  ", scene.title(met.item())));
    show(scene, reply, null);
  }

  private static void show(DemoContext scene, Reply reply, ItemId chosen) {
    if (reply.status() != Reply.Status.OK) {
      scene.narrator().result("", reply.status() + ": " + reply.detail());
    }
    int place = 1;
    for (RankedItem ranked : reply.items()) {
      boolean isChosen = ranked.item().equals(chosen);
      if (place <= SHOWN || isChosen) {
        scene
            .narrator()
            .result(
                (isChosen ? "*" : " ") + String.format("%3d", place),
                scene.title(ranked.item()) + "  [" + ranked.id() + "]");
      }
      place++;
    }
  }

  private static String cut(String query) {
    return query.length() <= QUERY_SHOWN ? query : query.substring(0, QUERY_SHOWN) + "…";
  }
}
