package io.sidestream.chaos.process;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A process that is started, stopped and killed again and again, and ends with this one. */
public final class ChildProcess implements AutoCloseable {
  /*
   * Whatever ends this process, even kill -9, closes its end of the child's standard input. A
   * shell waits for that beside the child, and kills it while it is its parent: of a child that has
   * ended, the number may be another process' by then.
   * The shell that starts both becomes the child, so that signals reach it under the number that
   * Java knows.
   */
  private static final String WITH_A_GUARD =
      "exec 3<&0;"
          + " (read -r over <&3; read -r own name state parent rest </proc/self/stat;"
          + " [ $parent != $$ ] || kill -9 $$) &"
          + " exec \"$@\" 3<&- </dev/null";

  private static final Duration STOP_LIMIT = Duration.ofMinutes(2);

  private final String name;
  private final List<String> command;
  private final Map<String, String> environment;
  private final Path log;
  private final List<String> ends = new ArrayList<>();
  private @Nullable Process process;
  private boolean wanted;

  /**
   * A process that is not started yet.
   *
   * @param environment variables beside those of this process
   * @param log takes what it prints, after what is there
   */
  public ChildProcess(
      String name, List<String> command, Map<String, String> environment, Path log) {
    this.name = name;
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
    this.log = log;
  }

  public String name() {
    return name;
  }

  /** Starts it, unless it runs. */
  public synchronized void start() {
    if (isAlive()) {
      return;
    }
    List<String> guarded = new ArrayList<>(List.of("sh", "-c", WITH_A_GUARD, name));
    guarded.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(guarded)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      process = builder.start();
      wanted = true;
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be started", e);
    }
  }

  public synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Its number; empty when it never ran. */
  public synchronized OptionalInt pid() {
    return process == null ? OptionalInt.empty() : OptionalInt.of((int) process.pid());
  }

  /** Ends it at once, as {@code kill -9} does. */
  public synchronized void kill() {
    if (process != null) {
      revive();
      wanted = false;
      signal("KILL");
      process.onExit().join();
    }
  }

  /** Asks it to end, as Ctrl-C does, and waits; one that does not within a limit is killed. */
  public synchronized void stop() {
    if (process == null) {
      return;
    }
    revive();
    wanted = false;
    signal("TERM");
    try {
      if (!process.waitFor(STOP_LIMIT.toMillis(), MILLISECONDS)) {
        ends.add("did not stop within " + STOP_LIMIT.toSeconds() + " s");
        signal("KILL");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      signal("KILL");
    }
    process.onExit().join();
  }

  /** Stops it in its tracks, as {@code kill -STOP} does. */
  public void pause() {
    signal("STOP");
  }

  /** Lets it go on, as {@code kill -CONT} does. */
  public void resume() {
    signal("CONT");
  }

  /** Java's own way to end a process closes its input as well, at which the guard kills it. */
  private synchronized void signal(String signal) {
    if (process == null || !process.isAlive()) {
      return;
    }
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts it again where it has ended unexpectedly, and notes how. */
  public synchronized void revive() {
    if (wanted && process != null && !process.isAlive()) {
      ends.add("ended by itself with exit code " + process.exitValue());
      start();
    }
  }

  /**
   * How it ended unexpectedly, each time since this was called last, and whether it did not end
   * when it was stopped.
   */
  public synchronized List<String> takeUnexpectedEnds() {
    List<String> taken = List.copyOf(ends);
    ends.clear();
    return taken;
  }

  /** Ends it. */
  @Override
  public void close() {
    kill();
  }
}
