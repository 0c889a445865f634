package io.sidestream.cli;

import io.sidestream.datasets.Dataset;
import io.sidestream.datasets.MovieLensFolder;
import io.sidestream.datasets.sample.SampleCatalogue;
import io.sidestream.datasets.sample.SampleSize;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Selects the data set: a folder, or the bundled sample. */
final class DataOption {
  static final long SAMPLE_SEED = 1;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description =
          "A folder in MovieLens layout: movies.csv and ratings.csv; may also hold "
              + "tags.csv, overviews.csv and queries.csv.")
  Path data;

  @Option(names = "--sample", required = true, description = "The bundled sample.")
  boolean sample;

  Dataset read() {
    return sample ? sample().dataset() : MovieLensFolder.read(data);
  }

  /** The bundled sample. */
  static SampleCatalogue sample() {
    return new SampleCatalogue(SAMPLE_SEED, SampleSize.DEFAULT);
  }
}
