package io.sidestream.index.answering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswersBegunTest {
  @TempDir Path directory;

  @Test
  void endings_promptsThatWereAnswered_areNone() throws IOException {
    AnswersBegun begun = open();
    begun.answered(begun.begin(row(1)), row(1));
    assertEquals(0, open().endings(row(1)));
  }

  @Test
  void endings_promptsBegun_areCountedUntilOneIsAnswered() throws IOException {
    open().begin(row(1));
    AnswersBegun second = open();
    assertEquals(1, second.endings(row(1)));
    assertEquals(0, second.endings(row(2)));
    assertEquals(0, second.endings(row(0, 1, 7)), "a topic that was made again");
    second.begin(row(1));
    second.begin(row(2));
    AnswersBegun third = open();
    assertEquals(2, third.endings(row(1)));
    assertEquals(1, third.endings(row(2)));
    third.answered(third.begin(row(2)), row(2));
    AnswersBegun fourth = open();
    assertEquals(2, fourth.endings(row(1)), "nothing is known of it since");
    assertEquals(0, fourth.endings(row(2)));
  }

  @Test
  void begin_asManyAsAreNoted_othersAreAnsweredWithoutANote() throws IOException {
    AnswersBegun begun = open();
    for (int offset = 0; offset <= AnswersBegun.MAX_BEGUN; offset++) {
      int note = begun.begin(row(offset));
      if (offset == AnswersBegun.MAX_BEGUN) {
        begun.answered(note, row(offset));
      }
    }
    AnswersBegun next = open();
    assertEquals(1, next.endings(row(AnswersBegun.MAX_BEGUN - 1)));
    assertEquals(0, next.endings(row(AnswersBegun.MAX_BEGUN)));
    int first = AnswersBegun.MAX_BEGUN - AnswersBegun.MAX_ENDED;
    assertEquals(1, next.endings(row(first)));
    assertEquals(0, next.endings(row(first - 1)), "the oldest are forgotten");
  }

  @Test
  void open_fileOfAnotherVersionOrCutShort_startsWithNothing() throws IOException {
    open().begin(row(1));
    byte[] bytes = Files.readAllBytes(file());
    bytes[0] = 9;
    Files.write(file(), bytes);
    assertEquals(0, open().endings(row(1)));
    open().begin(row(1));
    Files.write(file(), new byte[100]);
    assertEquals(0, open().endings(row(1)));
  }

  /** F14: the kernel has the note, whatever becomes of the process. */
  @Tag("F14")
  @Test
  void begin_processGetsASegmentationFault_isFoundByTheNext() throws Exception {
    Process answering =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + directory.resolve("error.log"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Answering.class.getName(),
                file().toString())
            .redirectErrorStream(true)
            .start();
    assertEquals('!', answering.getInputStream().read());
    new ProcessBuilder("kill", "-SEGV", Long.toString(answering.pid())).start().waitFor();
    assertTrue(answering.waitFor(30, TimeUnit.SECONDS));
    assertNotEquals(0, answering.exitValue());
    assertTrue(Files.readString(directory.resolve("error.log")).contains("SIGSEGV"));
    assertEquals(1, open().endings(row(1)));
  }

  /** A process that answers a prompt for ever. */
  static final class Answering {
    private Answering() {}

    public static void main(String[] file) throws Exception {
      AnswersBegun.open(Path.of(file[0])).begin(row(1));
      System.out.print('!');
      System.out.flush();
      Thread.sleep(TimeUnit.MINUTES.toMillis(1));
    }
  }

  private AnswersBegun open() throws IOException {
    return AnswersBegun.open(file());
  }

  private Path file() {
    return directory.resolve("begun");
  }

  private static ConsumerRecord<byte[], byte[]> row(long offset) {
    return row(0, offset, 5);
  }

  private static ConsumerRecord<byte[], byte[]> row(int partition, long offset, long millis) {
    return new ConsumerRecord<>(
        "prompts",
        partition,
        offset,
        millis,
        TimestampType.LOG_APPEND_TIME,
        0,
        0,
        null,
        null,
        new RecordHeaders(),
        Optional.empty());
  }
}
