package io.sidestream.index.answering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class HeldPartitionsTest {
  private static final int ALL = 6;

  @Test
  void holds_key_isWhereKafkasProducerPutsIt() {
    HeldPartitions two = new HeldPartitions(Set.of(1, 4), ALL);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200; i++) {
      byte[] key = new byte[random.nextInt(40)];
      random.nextBytes(key);
      int partition = BuiltInPartitioner.partitionForKey(key, ALL);
      assertEquals(partition == 1 || partition == 4, two.holds(key), "partition " + partition);
    }
  }

  @Test
  void holds_withoutKey_needsAllOfThem() {
    assertFalse(new HeldPartitions(Set.of(0, 1, 2, 3, 4), ALL).holds(null));
    assertTrue(new HeldPartitions(Set.of(0, 1, 2, 3, 4, 5), ALL).holds(null));
    assertFalse(HeldPartitions.NONE.holds(null));
    assertFalse(HeldPartitions.NONE.holds(new byte[] {1}));
  }
}
