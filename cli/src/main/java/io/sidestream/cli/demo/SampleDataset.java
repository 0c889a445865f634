package io.sidestream.cli.demo;

import io.sidestream.datasets.Dataset;
import io.sidestream.datasets.sample.SampleCatalogue;
import io.sidestream.datasets.sample.SampleSize;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Search;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The bundled sample and its infinite stream of events. */
final class SampleDataset implements DemoDataset {
  /** A later round has the events of the data set divided by this. */
  static final int LATER_PART = 20;

  private final long seed;
  private final SampleSize size;
  private final SampleCatalogue sample;

  SampleDataset(long seed, SampleSize size) {
    this.seed = seed;
    this.size = size;
    this.sample = new SampleCatalogue(seed, size);
  }

  @Override
  public String name() {
    return String.format(
        Locale.ROOT,
        "bundled sample %d (%,d films, %,d users, %,d events)",
        seed,
        size.films(),
        size.users(),
        size.events());
  }

  @Override
  public Dataset first() {
    return sample.dataset();
  }

  @Override
  public Dataset later(int round) {
    int events = size.events() / LATER_PART;
    List<Interaction> interactions = new ArrayList<>();
    List<Search> searches = new ArrayList<>();
    sample
        .events()
        .skip(size.events() + (long) round * events)
        .limit(events)
        .forEach(event -> event.fold(interactions::add, searches::add));
    return new Dataset(List.of(), interactions, searches);
  }
}
