package io.sidestream.ingest.trigger;

import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.TrainingRequest;

/** An input of the decision to request a training. */
sealed interface TrainingSignal
    permits EventsSeen, ItemSeen, TrainingSignal.Requested, TrainingSignal.Announced {
  /** Consecutive signals of one key can be merged, see {@link #then}. */
  String key();

  /** This signal and a later one of the same key, merged. */
  default TrainingSignal then(TrainingSignal later) {
    return later;
  }

  /** Calls the visitor's method for this case. */
  <E extends Exception> void accept(Visitor<E> visitor) throws E;

  /**
   * Handles signals, case by case.
   *
   * @param <E> how that may fail
   */
  interface Visitor<E extends Exception> {
    void events(EventsSeen seen) throws E;

    void item(ItemSeen seen) throws E;

    void requested(TrainingRequest request) throws E;

    void announced(GenerationAnnouncement announcement) throws E;
  }

  /** A training was requested, by this job or by a user. */
  record Requested(TrainingRequest request) implements TrainingSignal {
    @Override
    public String key() {
      return "request";
    }

    @Override
    public <E extends Exception> void accept(Visitor<E> visitor) throws E {
      visitor.requested(request);
    }
  }

  /** A generation changed its state. */
  record Announced(GenerationAnnouncement announcement) implements TrainingSignal {
    @Override
    public String key() {
      return "generation/" + announcement.generation();
    }

    @Override
    public <E extends Exception> void accept(Visitor<E> visitor) throws E {
      visitor.announced(announcement);
    }
  }
}
