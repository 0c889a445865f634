package io.sidestream.cli.demo;

import io.sidestream.datasets.Dataset;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Example searches and users of a data set; deterministic. */
final class Examples {
  private static final int MAX_QUERY = 160;
  private static final int MIN_INTERACTIONS = 5;

  private final List<Search> searches;
  private final Map<UserId, List<Interaction>> histories;

  private Examples(List<Search> searches, Map<UserId, List<Interaction>> histories) {
    this.searches = searches;
    this.histories = histories;
  }

  static Examples of(Dataset dataset) {
    Map<UserId, List<Interaction>> histories = new LinkedHashMap<>();
    for (Interaction interaction : dataset.interactions()) {
      histories.computeIfAbsent(interaction.user(), user -> new ArrayList<>()).add(interaction);
    }
    List<Search> brief =
        dataset.searches().stream().filter(s -> s.query().length() <= MAX_QUERY).toList();
    List<Search> real = brief.isEmpty() ? dataset.searches() : brief;
    return new Examples(real.isEmpty() ? byTitle(dataset.items()) : real, histories);
  }

  /** Searches by title, for a data set without searches. */
  private static List<Search> byTitle(List<Item> items) {
    return items.stream()
        .map(item -> new Search(item.title(), item.id(), Optional.empty(), Instant.EPOCH))
        .toList();
  }

  /** Searches spread over the whole time, the newest last. */
  List<Search> searches(int count) {
    return spread(searches, count);
  }

  /** Users with several interactions. */
  List<UserId> users(int count) {
    List<UserId> seen =
        histories.entrySet().stream()
            .filter(entry -> entry.getValue().size() >= MIN_INTERACTIONS)
            .map(Map.Entry::getKey)
            .toList();
    return spread(seen.isEmpty() ? List.copyOf(histories.keySet()) : seen, count);
  }

  /** A user's interactions, oldest first. */
  List<Interaction> historyOf(UserId user) {
    return histories.getOrDefault(user, List.of());
  }

  private static <T> List<T> spread(List<T> all, int count) {
    int shown = Math.min(count, all.size());
    return IntStream.rangeClosed(1, shown)
        .mapToObj(i -> all.get((int) ((long) i * all.size() / shown) - 1))
        .toList();
  }
}
