package io.sidestream.experiments.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  record Value(String name, List<Double> numbers) {}

  private static final Value VALUE = new Value("a", List.of(0.1, 2.0));

  @TempDir Path folder;
  private int computed;

  @Test
  void value_askedTwice_isComputedOnce() throws IOException {
    assertEquals(VALUE, value(Store.open(folder), "x"));
    assertEquals(VALUE, value(Store.open(folder), "x"));
    assertEquals(1, computed);
  }

  @Test
  void value_ofAnotherScopeOrName_isComputedAnew() throws IOException {
    Store store = Store.open(folder);
    value(store, "x");
    value(store.within("seed 2"), "x");
    value(store, "y");
    assertEquals(3, computed);
  }

  @Test
  void rows_askedTwice_areEqualToTheLastBit() throws IOException {
    float[][] rows = {{0.1f, Float.MIN_VALUE}, {-3f, 1e30f}};
    Store.open(folder).rows("r", () -> rows);
    float[][] again =
        Store.open(folder)
            .rows(
                "r",
                () -> {
                  throw new IllegalStateException("was kept");
                });
    assertArrayEquals(rows, again);
  }

  @Test
  void value_ofABrokenFile_isComputedAnew() throws IOException {
    value(Store.open(folder), "x");
    Files.writeString(onlyFile(), "{ half a");
    assertEquals(VALUE, value(Store.open(folder), "x"));
    assertEquals(2, computed);
  }

  @Test
  void value_ofAFileWithAnotherKey_isComputedAnew() throws IOException {
    value(Store.open(folder), "x");
    String text = Files.readString(onlyFile());
    Files.writeString(onlyFile(), text.replace("\\nx", "\\nz"));
    assertEquals(VALUE, value(Store.open(folder), "x"));
    assertEquals(2, computed);
  }

  @Test
  void value_whoseComputationFails_leavesNothingBehind() throws IOException {
    Store store = Store.open(folder);
    assertThrows(
        IOException.class,
        () ->
            store.value(
                "x",
                Value.class,
                () -> {
                  throw new IOException("interrupted");
                }));
    assertTrue(store.kept("x", Value.class).isEmpty());
    assertEquals(VALUE, value(store, "x"));
  }

  private Value value(Store store, String name) throws IOException {
    return store.value(
        name,
        Value.class,
        () -> {
          computed++;
          return VALUE;
        });
  }

  private Path onlyFile() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findFirst().orElseThrow();
    }
  }
}
