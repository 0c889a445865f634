package io.sidestream.chaos.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final List<String> ENDLESS = List.of("sleep", "600");

  @TempDir Path directory;

  @Test
  void kill_running_endsItAndIsNotUnexpected() {
    try (ChildProcess child = child(ENDLESS)) {
      child.start();
      long first = child.pid().orElseThrow();
      child.kill();
      assertFalse(child.isAlive());
      child.revive();
      assertFalse(child.isAlive(), "it is not wanted to run");
      child.start();
      assertTrue(child.isAlive());
      assertTrue(first != child.pid().orElseThrow());
      assertEquals(List.of(), child.takeUnexpectedEnds());
    }
  }

  @Test
  void revive_endedByItself_startsItAgainAndTellsOnce() throws IOException {
    Path mark = directory.resolve("mark");
    String once = "if [ -e " + mark + " ]; then sleep 600; else touch " + mark + "; exit 7; fi";
    try (ChildProcess child = child(List.of("sh", "-c", once))) {
      child.start();
      await().atMost(LIMIT).until(() -> !child.isAlive());
      child.revive();
      assertTrue(child.isAlive());
      assertEquals(List.of("ended by itself with exit code 7"), child.takeUnexpectedEnds());
      assertEquals(List.of(), child.takeUnexpectedEnds());
    }
  }

  @Test
  void pause_running_stopsItUntilItIsResumed() {
    try (ChildProcess child = child(ENDLESS)) {
      child.start();
      child.pause();
      await().atMost(LIMIT).until(() -> state(child) == 'T');
      child.resume();
      await().atMost(LIMIT).until(() -> state(child) == 'S');
    }
  }

  @Test
  void kill_paused_endsIt() {
    try (ChildProcess child = child(ENDLESS)) {
      child.start();
      child.pause();
      child.kill();
      assertFalse(child.isAlive());
    }
  }

  @Test
  void stop_running_runsItsShutdown() throws IOException {
    Path log = directory.resolve("child.log");
    String tidy = "trap 'echo tidied; exit 0' TERM; echo ready; while :; do sleep 0.05; done";
    try (ChildProcess child = child(List.of("sh", "-c", tidy))) {
      child.start();
      await().atMost(LIMIT).until(() -> Files.readString(log).contains("ready"));
      child.stop();
      assertEquals("ready\ntidied\n", Files.readString(log));
      assertEquals(List.of(), child.takeUnexpectedEnds());
    }
  }

  @Test
  void owner_killed_takesItsChildrenAlong() throws Exception {
    Path pid = directory.resolve("pid");
    List<String> command =
        new JavaProgram(classPath(), Owner.class.getName())
            .command(64, List.of(directory.toString(), pid.toString()));
    Process owner = new ProcessBuilder(command).inheritIO().start();
    try {
      await().atMost(LIMIT).until(() -> Files.exists(pid));
      ProcessHandle child = ProcessHandle.of(Long.parseLong(Files.readString(pid))).orElseThrow();
      assertTrue(child.isAlive());
      owner.destroyForcibly().waitFor();
      await().atMost(LIMIT).until(() -> !child.isAlive());
    } finally {
      owner.destroyForcibly();
    }
  }

  /** A process that starts another, and waits to be killed. */
  static final class Owner {
    public static void main(String[] arguments) throws Exception {
      ChildProcess child =
          new ChildProcess("child", ENDLESS, Map.of(), Path.of(arguments[0]).resolve("child.log"));
      child.start();
      Path written = Path.of(arguments[1] + ".new");
      Files.writeString(written, Integer.toString(child.pid().orElseThrow()));
      Files.move(written, Path.of(arguments[1]));
      Thread.sleep(LIMIT.toMillis());
    }
  }

  private ChildProcess child(List<String> command) {
    return new ChildProcess("child", command, Map.of(), directory.resolve("child.log"));
  }

  private static char state(ChildProcess child) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + child.pid().orElseThrow() + "/stat"));
    return stat.charAt(stat.lastIndexOf(')') + 2);
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
