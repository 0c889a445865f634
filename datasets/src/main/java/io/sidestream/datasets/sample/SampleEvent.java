package io.sidestream.datasets.sample;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Search;
import java.time.Instant;
import java.util.function.Function;

/** An event of a user of the sample. */
public sealed interface SampleEvent permits SampleEvent.Watched, SampleEvent.Searched {
  /** The value of whichever case this is. */
  <T> T fold(Function<Interaction, T> watched, Function<Search, T> searched);

  /** The same at another time. */
  SampleEvent at(Instant time);

  /** A user watched a film. */
  record Watched(Interaction interaction) implements SampleEvent {
    @Override
    public <T> T fold(Function<Interaction, T> watched, Function<Search, T> searched) {
      return watched.apply(interaction);
    }

    @Override
    public Watched at(Instant time) {
      return new Watched(
          new Interaction(
              interaction.user(),
              interaction.item(),
              interaction.kind(),
              interaction.weight(),
              time,
              interaction.id()));
    }
  }

  /** A user searched for a film and found it. */
  record Searched(Search search) implements SampleEvent {
    @Override
    public <T> T fold(Function<Interaction, T> watched, Function<Search, T> searched) {
      return searched.apply(search);
    }

    @Override
    public Searched at(Instant time) {
      return new Searched(
          new Search(search.query(), search.clicked(), search.user(), time, search.id()));
    }
  }
}
