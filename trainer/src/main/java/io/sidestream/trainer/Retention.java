package io.sidestream.trainer;

import io.sidestream.model.store.BundleStore;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Retention of stored bundles: those of active generations, and the newest of the others. */
record Retention(BundleStore store, int retained) {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  /** Deletes the bundles of inactive generations beyond the newest. */
  void apply(GenerationHistory history) throws IOException {
    List<Generation> inactive =
        store.generations().stream().filter(generation -> !active(history, generation)).toList();
    for (Generation generation : inactive.subList(0, Math.max(0, inactive.size() - retained))) {
      store.delete(generation);
      LOG.info("generation {}: its bundle in {} is deleted", generation, store.location());
    }
  }

  /** The next generation number: neither announced nor stored. */
  Generation next(GenerationHistory history) throws IOException {
    Generation announced = history.nextNumber();
    List<Generation> stored = store.generations();
    if (stored.isEmpty()) {
      return announced;
    }
    Generation unused = stored.get(stored.size() - 1).next();
    return unused.compareTo(announced) > 0 ? unused : announced;
  }

  private static boolean active(GenerationHistory history, Generation generation) {
    return history.find(generation).map(GenerationAnnouncement::state).stream()
        .anyMatch(state -> state.active());
  }
}
