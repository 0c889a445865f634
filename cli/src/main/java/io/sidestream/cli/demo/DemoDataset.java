package io.sidestream.cli.demo;

import io.sidestream.datasets.Dataset;
import io.sidestream.datasets.sample.SampleSize;
import java.nio.file.Path;

/** The catalogue and events of a demo. */
public interface DemoDataset {
  /** Name in one line; a work directory holds one data set. */
  String name();

  /** What is produced before the first training. */
  Dataset first();

  /**
   * Later events, which follow the ones before.
   *
   * @param round number of times that later events were produced already
   */
  Dataset later(int round);

  /** The bundled sample of this seed and size. */
  static DemoDataset sample(long seed, SampleSize size) {
    return new SampleDataset(seed, size);
  }

  /** The data set of a folder. */
  static DemoDataset folder(Path folder, Dataset dataset) {
    return new FolderDataset(folder, dataset);
  }
}
