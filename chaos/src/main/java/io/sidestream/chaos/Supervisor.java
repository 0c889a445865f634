package io.sidestream.chaos;

import io.sidestream.chaos.schedule.Target;
import io.sidestream.schemas.ReasonText;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Starts processes again that ended by themselves, as an operator's would, and notes each. */
final class Supervisor implements AutoCloseable {
  /**
   * An unexpected end.
   *
   * @param atMillis when it was found
   */
  record End(Target target, long atMillis, String how) {}

  private final ChaosSystem system;
  private final Clock clock;
  private final Consumer<String> progress;
  private final List<End> ends = new CopyOnWriteArrayList<>();
  private final Thread thread = new Thread(this::run, "supervisor");
  private volatile boolean closed;

  private Supervisor(ChaosSystem system, Clock clock, Consumer<String> progress) {
    this.system = system;
    this.clock = clock;
    this.progress = progress;
  }

  static Supervisor start(ChaosSystem system, Clock clock, Consumer<String> progress) {
    Supervisor supervisor = new Supervisor(system, clock, progress);
    supervisor.thread.setDaemon(true);
    supervisor.thread.start();
    return supervisor;
  }

  private void run() {
    while (!closed) {
      try {
        look();
        Thread.sleep(system.lookEvery().toMillis());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void look() throws InterruptedException {
    try {
      system.revive(this::note);
    } catch (IOException e) {
      progress.accept("processes cannot be looked at: " + ReasonText.of(e));
    }
  }

  private void note(Target target, String how) {
    End end = new End(target, clock.millis(), how);
    ends.add(end);
    progress.accept(target.label() + " " + how);
  }

  /** All unexpected ends since this was called last. */
  List<End> takeEnds() {
    List<End> taken = List.copyOf(ends);
    ends.removeAll(taken);
    return taken;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
