package io.sidestream.learning.corpus;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.pairs.CountingRule;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairCount;
import io.sidestream.schemas.pairs.WindowLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A seeded corpus in which items form groups: a person stays mostly within a group, and a query
 * names one. Its counts are replayed from its events.
 */
public final class TinyCorpus {
  private static final String[] GROUPS = {"space", "garden", "harbour", "kitchen", "castle"};
  private static final String[] THINGS = {"robot", "letter", "winter", "garment", "lantern", "dog"};

  private TinyCorpus() {}

  /** So many items, and so many people with ten interactions and four searches each. */
  public static Corpus of(int items, int people, WindowLimits window, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Item> catalogue = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      catalogue.add(item(i));
    }
    List<Interaction> interactions = new ArrayList<>();
    List<Search> searches = new ArrayList<>();
    for (int person = 0; person < people; person++) {
      UserId user = new UserId("u" + person);
      int group = random.nextInt(GROUPS.length);
      for (int event = 0; event < 14; event++) {
        int one = random.nextInt(items);
        int inGroup = one - one % GROUPS.length + group;
        int item = random.nextInt(10) < 8 && inGroup < items ? inGroup : one;
        Instant at = Instant.EPOCH.plus(Duration.ofHours(event * 100L + random.nextInt(200)));
        ItemId id = catalogue.get(item).id();
        if (event % 4 == 3) {
          searches.add(new Search(query(item), id, Optional.of(user), at));
        } else {
          interactions.add(new Interaction(user, id, "view", 1, at));
        }
      }
    }
    return new Corpus(catalogue, interactions, searches, counts(interactions, searches, window));
  }

  /** What the counting job would have totalled, pairs in the order of their text. */
  public static List<PairCount> counts(
      List<Interaction> interactions, List<Search> searches, WindowLimits window) {
    Map<Pair, Long> totals =
        new HashMap<>(new PairReplay(CountingRule.of(window)).interactions(interactions));
    totals.putAll(PairReplay.searches(searches));
    return totals.entrySet().stream()
        .map(entry -> new PairCount(entry.getKey(), entry.getValue()))
        .sorted((a, b) -> a.pair().toString().compareTo(b.pair().toString()))
        .toList();
  }

  private static Item item(int i) {
    String group = GROUPS[i % GROUPS.length];
    String thing = THINGS[i % THINGS.length];
    return new Item(
        new ItemId(String.format(Locale.ROOT, "i%04d", i)),
        "The " + thing + " of the " + group + " " + i,
        Map.of("description", "A story about a " + thing + ". It happens in a " + group + "."),
        Map.of("genre", List.of(group)));
  }

  private static String query(int item) {
    return GROUPS[item % GROUPS.length] + " " + THINGS[item % THINGS.length];
  }
}
