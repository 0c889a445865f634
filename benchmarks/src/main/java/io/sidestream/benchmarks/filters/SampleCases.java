package io.sidestream.benchmarks.filters;

import io.sidestream.datasets.sample.SampleCatalogue;
import io.sidestream.datasets.sample.SampleEvent;
import io.sidestream.datasets.sample.SampleSize;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Events of the bundled sample's users after those that a demo's generations were trained on. */
final class SampleCases {
  /** Events behind the data set that a demo may have produced too. */
  static final int SKIPPED = 4_000;

  private static final long SAMPLE_SEED = 1;

  /**
   * What was asked, and the item that was chosen.
   *
   * @param query empty for a recommendation
   * @param history of the user until then, each item once, oldest first
   */
  record Case(Optional<String> query, List<ItemId> history, ItemId relevant) {
    Task task() {
      return query.isPresent() ? Task.SEARCH : Task.RECOMMENDATION;
    }
  }

  private final SampleCatalogue sample = new SampleCatalogue(SAMPLE_SEED, SampleSize.DEFAULT);
  private final Map<UserId, List<ItemId>> histories = new HashMap<>();

  /** Interactions of the data set. */
  List<Interaction> interactions() {
    return sample.dataset().interactions();
  }

  /**
   * The first cases of each task.
   *
   * @param known items that a case may be about; a recommendation is about none of its history
   */
  List<Case> of(int ofTask, Set<ItemId> known) {
    interactions().forEach(this::add);
    Iterator<SampleEvent> events = sample.eventsAfterDataset();
    for (int i = 0; i < SKIPPED; i++) {
      take(events.next());
    }
    List<Case> searches = new ArrayList<>();
    List<Case> recommendations = new ArrayList<>();
    while (searches.size() < ofTask || recommendations.size() < ofTask) {
      Optional<Case> one = take(events.next());
      one.filter(each -> known.contains(each.relevant()))
          .ifPresent(each -> (each.query().isPresent() ? searches : recommendations).add(each));
    }
    List<Case> cases = new ArrayList<>(searches.subList(0, ofTask));
    cases.addAll(recommendations.subList(0, ofTask));
    return cases;
  }

  private Optional<Case> take(SampleEvent event) {
    return event.fold(
        watched -> {
          List<ItemId> history = histories.getOrDefault(watched.user(), List.of());
          Optional<Case> one =
              history.isEmpty() || history.contains(watched.item())
                  ? Optional.empty()
                  : Optional.of(new Case(Optional.empty(), List.copyOf(history), watched.item()));
          add(watched);
          return one;
        },
        search -> Optional.of(new Case(Optional.of(search.query()), List.of(), search.clicked())));
  }

  private void add(Interaction interaction) {
    List<ItemId> history =
        histories.computeIfAbsent(interaction.user(), unused -> new ArrayList<>());
    history.remove(interaction.item());
    history.add(interaction.item());
  }

  /** What an answer to a case may not hold. */
  static Set<ItemId> excluded(Case one) {
    return new HashSet<>(one.history());
  }
}
