package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a corpus ends: for each topic and partition, the first offset that is not part of it.
 *
 * @param ends topic → partition → end offset, sorted
 */
public record CorpusOffsets(Map<String, Map<Integer, Long>> ends) {
  public CorpusOffsets {
    Map<String, Map<Integer, Long>> sorted = new TreeMap<>();
    ends.forEach(
        (topic, partitions) -> {
          partitions.forEach(
              (partition, end) ->
                  check(end >= 0, "end offset of %s-%d is %d, below 0", topic, partition, end));
          sorted.put(topic, Collections.unmodifiableMap(new TreeMap<>(partitions)));
        });
    ends = Collections.unmodifiableMap(sorted);
  }

  /** The end offset of a partition; 0 where it is not named. */
  public long end(String topic, int partition) {
    return ends.getOrDefault(topic, Map.of()).getOrDefault(partition, 0L);
  }

  /** Whether the record at this offset is part of the corpus. */
  public boolean covers(String topic, int partition, long offset) {
    return offset < end(topic, partition);
  }
}
