package io.sidestream.model.store;

import io.sidestream.model.bundle.BundleFiles;
import io.sidestream.model.bundle.BundleNotFoundException;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.model.resources.DirectoryTree;
import io.sidestream.schemas.Generation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Bundles in a directory that every process sees; they are opened where they are. */
final class DirectoryBundleStore implements BundleStore {
  private final Path directory;

  DirectoryBundleStore(BundleStoreConfig config) {
    this.directory = Path.of(config.location());
  }

  @Override
  public Path staging() {
    return directory;
  }

  @Override
  public void publish(BundleWriter sealed) throws IOException {
    sealed.publish();
  }

  @Override
  public Path fetch(Generation generation, String manifestSha256) throws IOException {
    Path bundle = bundle(generation);
    if (!Files.isRegularFile(bundle.resolve(BundleFiles.MANIFEST))) {
      throw new BundleNotFoundException(generation, "not found in " + directory);
    }
    return bundle;
  }

  @Override
  public boolean discard(Generation generation, String manifestSha256) {
    return false;
  }

  @Override
  public List<Generation> generations() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .flatMap(path -> BundleNames.generation(path.getFileName().toString()).stream())
          .sorted()
          .toList();
    }
  }

  @Override
  public void delete(Generation generation) throws IOException {
    DirectoryTree.remove(bundle(generation));
  }

  private Path bundle(Generation generation) {
    return directory.resolve(generation.directoryName());
  }

  @Override
  public String location() {
    return directory.toString();
  }

  @Override
  public void close() {
    // holds nothing open
  }
}
