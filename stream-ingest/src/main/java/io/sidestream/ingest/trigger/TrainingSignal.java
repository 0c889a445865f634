package io.sidestream.ingest.trigger;

import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.TrainingRequest;

/** Something that bears on when to ask for a training. */
sealed interface TrainingSignal
    permits EventsSeen, ItemSeen, TrainingSignal.Requested, TrainingSignal.Announced {
  /** Sightings of one key that follow each other are one, see {@link #then}. */
  String key();

  /** This sighting and a later one of the same key as one. */
  TrainingSignal then(TrainingSignal later);

  /** Calls the reader's method for this case. */
  <E extends Exception> void read(Reader<E> reader) throws E;

  /**
   * Who takes sightings in, case by case.
   *
   * @param <E> how that may fail
   */
  interface Reader<E extends Exception> {
    void events(EventsSeen seen) throws E;

    void item(ItemSeen seen) throws E;

    void requested(TrainingRequest request) throws E;

    void announced(GenerationAnnouncement announcement) throws E;
  }

  /** Someone asked for a training: this job, or a person. */
  record Requested(TrainingRequest request) implements TrainingSignal {
    @Override
    public String key() {
      return "request";
    }

    @Override
    public TrainingSignal then(TrainingSignal later) {
      return later;
    }

    @Override
    public <E extends Exception> void read(Reader<E> reader) throws E {
      reader.requested(request);
    }
  }

  /** A generation changed its state. */
  record Announced(GenerationAnnouncement announcement) implements TrainingSignal {
    @Override
    public String key() {
      return "generation/" + announcement.generation();
    }

    @Override
    public TrainingSignal then(TrainingSignal later) {
      return later;
    }

    @Override
    public <E extends Exception> void read(Reader<E> reader) throws E {
      reader.announced(announcement);
    }
  }
}
