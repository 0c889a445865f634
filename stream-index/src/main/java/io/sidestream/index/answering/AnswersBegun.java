package io.sidestream.index.answering;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The prompts that are being answered, in a file that outlives the process: those in it at a start
 * were being answered when a process ended. Thread-safe; one process at a time has the file.
 */
public final class AnswersBegun {
  /*
   * A fault in a native library ends a process at once, and its prompts are delivered again, to
   * this process when it is started again or to another one. The file is mapped into memory, so
   * that a note costs a few stores, and the kernel has it whatever becomes of the process. Its
   * blocks are written when it is made: a disk that is full later does not matter.
   *
   * Layout: version, then rows of 24 bytes, first of prompts that are being answered, then of those
   * that were when a process ended. A row is partition + 1, or 0 where it is free; how often a
   * process ended; offset; time of the record, since topics may be made again.
   */
  private static final Logger LOG = LoggerFactory.getLogger(AnswersBegun.class);
  private static final long VERSION = 1;
  private static final int ROW = 24;

  /** Most prompts that are noted at once; any more are answered without a note. */
  static final int MAX_BEGUN = 1_024;

  /** Most prompts that are known to have been answered when a process ended, newest. */
  static final int MAX_ENDED = 256;

  private static final int BEGUN = Long.BYTES;
  private static final int ENDED = BEGUN + MAX_BEGUN * ROW;
  private static final int SIZE = ENDED + MAX_ENDED * ROW;

  /** A row that is not taken, as no row was free. */
  private static final int NOT_NOTED = -1;

  private final ByteBuffer file;
  private final Map<Place, Integer> endings = new LinkedHashMap<>();

  private record Place(int partition, long offset, long millis) {
    static Place of(ConsumerRecord<?, ?> row) {
      return new Place(row.partition(), row.offset(), row.timestamp());
    }
  }

  private AnswersBegun(ByteBuffer file) {
    this.file = file;
  }

  /** Opens the file of this process, or makes it; what was being answered is known from now on. */
  public static AnswersBegun open(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (channel.size() != SIZE) {
        ByteBuffer empty = ByteBuffer.allocate(SIZE).putLong(0, VERSION);
        channel.truncate(SIZE);
        for (int at = 0; empty.hasRemaining(); ) {
          at += channel.write(empty, at);
        }
      }
      MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE);
      AnswersBegun begun = new AnswersBegun(mapped);
      begun.read(file);
      return begun;
    }
  }

  private void read(Path file) {
    if (this.file.getLong(0) != VERSION) {
      LOG.warn("{} is of another version, what it holds is forgotten", file);
      for (int at = BEGUN; at < SIZE; at += ROW) {
        this.file.putInt(at, 0);
      }
      this.file.putLong(0, VERSION);
      return;
    }
    for (int at = ENDED; at < SIZE && isTaken(at); at += ROW) {
      endings.put(place(at), this.file.getInt(at + 4));
    }
    for (int at = BEGUN; at < ENDED; at += ROW) {
      if (isTaken(at)) {
        Place place = place(at);
        int times = endings.merge(place, 1, Integer::sum);
        LOG.warn("a process ended while it answered {}, {} times so far", place, times);
      }
    }
    writeEndings();
    for (int at = BEGUN; at < ENDED; at += ROW) {
      this.file.putInt(at, 0);
    }
  }

  private boolean isTaken(int at) {
    return file.getInt(at) != 0;
  }

  private Place place(int at) {
    return new Place(file.getInt(at) - 1, file.getLong(at + 8), file.getLong(at + 16));
  }

  /** How often a process ended while it answered this prompt. */
  synchronized int endings(ConsumerRecord<?, ?> prompt) {
    return endings.isEmpty() ? 0 : endings.getOrDefault(Place.of(prompt), 0);
  }

  /**
   * A prompt is being answered from now on.
   *
   * @return its row, for {@link #answered}
   */
  synchronized int begin(ConsumerRecord<?, ?> prompt) {
    int at = BEGUN;
    while (at < ENDED && isTaken(at)) {
      at += ROW;
    }
    if (at == ENDED) {
      return NOT_NOTED;
    }
    write(at, Place.of(prompt), 0);
    return at;
  }

  /** The process goes on after it answered a prompt, or failed to. */
  synchronized void answered(int row, ConsumerRecord<?, ?> prompt) {
    if (row != NOT_NOTED) {
      file.putInt(row, 0);
    }
    if (!endings.isEmpty() && endings.remove(Place.of(prompt)) != null) {
      writeEndings();
    }
  }

  private void writeEndings() {
    for (var oldest = endings.keySet().iterator(); endings.size() > MAX_ENDED; ) {
      oldest.next();
      oldest.remove();
    }
    int at = ENDED;
    for (Map.Entry<Place, Integer> each : endings.entrySet()) {
      write(at, each.getKey(), each.getValue());
      at += ROW;
    }
    while (at < SIZE) {
      file.putInt(at, 0);
      at += ROW;
    }
  }

  /** The row is taken when the rest of it is there. */
  private void write(int at, Place place, int times) {
    file.putInt(at + 4, times);
    file.putLong(at + 8, place.offset());
    file.putLong(at + 16, place.millis());
    VarHandle.releaseFence();
    file.putInt(at, place.partition() + 1);
  }
}
