package io.sidestream.cli.demo;

import io.sidestream.datasets.Dataset;
import io.sidestream.schemas.Interaction;
import java.nio.file.Path;
import java.util.List;

/** A folder's data set; its newest interactions are kept for the later round. */
final class FolderDataset implements DemoDataset {
  /** Share of the interactions that is kept for later. */
  static final double LATER_SHARE = 0.02;

  private static final Dataset EMPTY = new Dataset(List.of(), List.of(), List.of());

  private final Path folder;
  private final Dataset all;
  private final int cut;

  FolderDataset(Path folder, Dataset all) {
    this.folder = folder;
    this.all = all;
    this.cut = (int) Math.ceil(all.interactions().size() * (1 - LATER_SHARE));
  }

  @Override
  public String name() {
    return "folder " + folder.toAbsolutePath().normalize();
  }

  @Override
  public Dataset first() {
    return new Dataset(all.items(), all.interactions().subList(0, cut), all.searches());
  }

  @Override
  public Dataset later(int round) {
    List<Interaction> kept = all.interactions().subList(cut, all.interactions().size());
    return round == 0 ? new Dataset(List.of(), kept, List.of()) : EMPTY;
  }
}
