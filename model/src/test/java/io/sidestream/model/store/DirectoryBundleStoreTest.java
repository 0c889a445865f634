package io.sidestream.model.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.schemas.Generation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectoryBundleStoreTest extends BundleStoreContract {
  @Override
  BundleStore open() {
    return BundleStore.of(BundleStoreConfig.directory(directory.resolve("store")));
  }

  private Path file(Generation generation, String name) {
    return Path.of(store.location()).resolve(generation.directoryName()).resolve(name);
  }

  @Override
  void corrupt(Generation generation, String file) throws Exception {
    byte[] bytes = Files.readAllBytes(file(generation, file));
    bytes[bytes.length - 1] ^= 1;
    Files.write(file(generation, file), bytes);
  }

  @Override
  void lose(Generation generation, String file) throws Exception {
    Files.delete(file(generation, file));
  }

  @Test
  void fetch_moved_isFoundInItsNewPlace() throws Exception {
    String sha256 = publish(store, FIRST);
    Path moved = directory.resolve("moved");
    Files.move(Path.of(store.location()), moved);

    try (BundleStore other = BundleStore.of(BundleStoreConfig.directory(moved))) {
      assertEquals(moved.resolve("generation-000001"), other.fetch(FIRST, sha256));
    }
  }

  @Test
  void generations_otherEntries_areNotListed() throws Exception {
    publish(store, FIRST);
    Path root = Path.of(store.location());
    Files.createDirectory(root.resolve("notes"));
    Files.createDirectory(root.resolve(".generation-000002.staged"));

    assertEquals(List.of(FIRST), store.generations());
  }
}
