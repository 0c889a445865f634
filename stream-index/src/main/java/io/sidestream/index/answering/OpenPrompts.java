package io.sidestream.index.answering;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Prompts that were taken and are not done, by partition: what lies before the oldest of them may
 * be committed. Thread-safe.
 */
final class OpenPrompts {
  private final Map<TopicPartition, Taken> partitions = new HashMap<>();
  private int open;

  /** Of one partition: offsets that are open, and the one after the last that was taken. */
  private static final class Taken {
    final TreeSet<Long> open = new TreeSet<>();
    long next;
    long committed;
    long left = Long.MAX_VALUE; // the first that was left to another member

    Taken(long first) {
      this.committed = first;
    }

    long committable() {
      return Math.min(left, open.isEmpty() ? next : open.first());
    }
  }

  /** A prompt that is open until it is done. */
  final class OpenPrompt {
    final ConsumerRecord<byte[], byte[]> row;
    private final Taken taken;

    private OpenPrompt(ConsumerRecord<byte[], byte[]> row, Taken taken) {
      this.row = row;
      this.taken = taken;
    }

    /** All that it asked for is acknowledged, or it asks for nothing. Idempotent. */
    void done() {
      synchronized (OpenPrompts.this) {
        if (taken.open.remove(row.offset())) {
          open--;
          OpenPrompts.this.notifyAll();
        }
      }
    }

    /** It is not begun here: the next member that has its partition takes it again. */
    void leave() {
      synchronized (OpenPrompts.this) {
        taken.left = Math.min(taken.left, row.offset());
        done();
      }
    }

    /** Whether it is of one of these partitions. */
    boolean isOf(Collection<TopicPartition> some) {
      return some.contains(partition(row));
    }
  }

  /** A prompt that was read; those of a partition in their order. */
  synchronized OpenPrompt take(ConsumerRecord<byte[], byte[]> row) {
    Taken taken = partitions.computeIfAbsent(partition(row), any -> new Taken(row.offset()));
    taken.open.add(row.offset());
    taken.next = row.offset() + 1;
    open++;
    return new OpenPrompt(row, taken);
  }

  synchronized int size() {
    return open;
  }

  /** What may be committed and is not, of all partitions. */
  synchronized Map<TopicPartition, OffsetAndMetadata> uncommitted() {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    partitions.forEach(
        (partition, taken) -> {
          if (taken.committable() > taken.committed) {
            offsets.put(partition, new OffsetAndMetadata(taken.committable()));
          }
        });
    return offsets;
  }

  synchronized void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach(
        (partition, offset) -> {
          Taken taken = partitions.get(partition);
          if (taken != null) {
            taken.committed = Math.max(taken.committed, offset.offset());
          }
        });
  }

  /** Waits until no prompt of these partitions is open, for a limited time. */
  synchronized boolean awaitDone(Collection<TopicPartition> some, long nanos)
      throws InterruptedException {
    long end = System.nanoTime() + nanos;
    while (isOpen(some)) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }

  private boolean isOpen(Collection<TopicPartition> some) {
    return partitions.entrySet().stream()
        .anyMatch(each -> some.contains(each.getKey()) && !each.getValue().open.isEmpty());
  }

  /** All partitions of which a prompt was taken. */
  synchronized Collection<TopicPartition> partitions() {
    return new HashSet<>(partitions.keySet());
  }

  /** Prompts of these are another member's from now on. */
  synchronized void forget(Collection<TopicPartition> some) {
    for (TopicPartition partition : some) {
      Taken gone = partitions.remove(partition);
      if (gone != null) {
        open -= gone.open.size();
        gone.open.clear();
      }
    }
  }

  private static TopicPartition partition(ConsumerRecord<byte[], byte[]> row) {
    return new TopicPartition(row.topic(), row.partition());
  }
}
