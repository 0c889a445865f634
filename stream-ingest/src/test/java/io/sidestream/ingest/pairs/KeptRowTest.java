package io.sidestream.ingest.pairs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KeptRowTest {
  private static final int CHUNK_OF_HEAT = 23060;

  private final Map<Integer, RowChunk> chunks = new HashMap<>();
  private final KeptRow row = new KeptRow(new InMemory());

  /** Chunks by number, as state has them. */
  private final class InMemory implements KeptRow.Chunks {
    @Override
    public RowChunk get(int number) {
      return chunks.get(number);
    }

    @Override
    public void put(int number, RowChunk chunk) {
      chunks.put(number, chunk);
    }

    @Override
    public void remove(int number) {
      chunks.remove(number);
    }
  }

  @Test
  void add_untilTheRowHasManyChunks_keepsEachSumAndNoLargeChunk() throws Exception {
    SplittableRandom random = new SplittableRandom(Long.getLong("seed", 5));
    Map<String, Long> expected = new TreeMap<>();
    for (int round = 0; round < 200; round++) {
      Map<String, Long> changes = new TreeMap<>();
      for (int i = 0; i < 50; i++) {
        changes.put("an item with number " + random.nextInt(5_000), 1 + random.nextLong(1_000));
      }
      changes.forEach((name, change) -> expected.merge(name, change, Long::sum));
      row.add(
          row(changes),
          (name, length, sum) ->
              assertEquals(expected.get(new String(name, 0, length, UTF_8)), sum));
    }
    assertEquals(expected, entries());
    assertTrue(chunks.get(0).level() >= 3, "level " + chunks.get(0).level());
    chunks.forEach(
        (number, chunk) ->
            assertTrue(chunk.counts().bytes().length <= RowChunk.MAX_BYTES, "chunk " + number));
  }

  @Test
  void add_manyEntriesAtOnce_makesAsManyChunksAsTheyNeed() throws Exception {
    Map<String, Long> changes = new TreeMap<>();
    for (int i = 0; i < 10_000; i++) {
      changes.put("item " + i, 1L);
    }
    row.add(row(changes), (name, length, sum) -> {});

    assertEquals(changes, entries());
    assertTrue(chunks.size() >= 8, chunks.size() + " chunks");
  }

  @Test
  void add_allTakenBack_leavesNoEntry() throws Exception {
    row.add(CountRow.of("a", 5), (name, length, sum) -> assertEquals(5, sum));
    assertFalse(row.isEmpty());
    row.add(CountRow.of("a", -5), (name, length, sum) -> assertEquals(0, sum));

    assertTrue(row.isEmpty());
    assertEquals(Map.of(), chunks);
  }

  /** State is placed by it. */
  @Test
  void chunkOfAName_isUnchanged() {
    byte[] name = "heat".getBytes(UTF_8);
    assertEquals(0, RowChunk.of(name, name.length, 0));
    assertEquals(CHUNK_OF_HEAT, RowChunk.of(name, name.length, RowChunk.MAX_LEVEL));
  }

  @Test
  void level_aboveTheHighest_isRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new RowChunk(RowChunk.MAX_LEVEL + 1, CountRow.NONE));
  }

  private Map<String, Long> entries() throws Exception {
    Map<String, Long> entries = new TreeMap<>();
    row.forEach((name, length, sum) -> entries.put(new String(name, 0, length, UTF_8), sum));
    return entries;
  }

  private static CountRow row(Map<String, Long> entries) {
    return CountRow.sum(
        entries.entrySet().stream()
            .map(each -> CountRow.of(each.getKey(), each.getValue()))
            .toList());
  }
}
