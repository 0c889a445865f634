package io.sidestream.ingest.coding;

import io.sidestream.schemas.Generation;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** The time that a subtask takes to code waiting items of each generation. One thread. */
final class CodingTurns {
  /*
   * A turn takes longer than the time between two repetitions of an announcement, so repetitions
   * queue up meanwhile. Were each a turn of its own, all that comes behind them would wait for all
   * those turns: the barrier of a checkpoint, and with it the items that wait for the barrier. So
   * those that come right after a turn, for a part of its length, are passed over, and the next one
   * begins a turn.
   */

  /** Longest time of coding in one turn; looking through the items comes to it. */
  static final Duration CODING = Duration.ofSeconds(1);

  /** Part of a turn's length in which what queued up during it passes. */
  private static final int REST = 8;

  private final Map<Generation, Ended> ended = new HashMap<>();

  /** The end of a generation's last turn, and its length. */
  private record Ended(long atMillis, long tookMillis) {
    boolean isOver(long nowMillis) {
      long since = nowMillis - atMillis;
      return since < 0 || since >= tookMillis / REST; // less than none: the clock was set back
    }
  }

  /** Whether a generation's next turn may begin. */
  boolean isDue(Generation generation, long nowMillis) {
    Ended last = ended.get(generation);
    return last == null || last.isOver(nowMillis);
  }

  /** Begins a turn. */
  Turn begin(Generation generation, LongSupplier clock) {
    return new Turn(generation, clock);
  }

  /** Forgets a generation that is no longer active. */
  void forget(Generation generation) {
    ended.remove(generation);
  }

  /** A turn. */
  final class Turn {
    private final Generation generation;
    private final LongSupplier clock;
    private final long beganMillis;
    private long codingSinceMillis = -1;

    private Turn(Generation generation, LongSupplier clock) {
      this.generation = generation;
      this.clock = clock;
      this.beganMillis = clock.getAsLong();
    }

    /** Whether one more item may be coded; the first of each turn may. */
    boolean hasTime() {
      long now = clock.getAsLong();
      if (codingSinceMillis < 0) {
        codingSinceMillis = now;
      }
      long since = now - codingSinceMillis;
      return since >= 0 && since < CODING.toMillis();
    }

    void end() {
      long now = clock.getAsLong();
      ended.put(generation, new Ended(now, Math.max(0, now - beganMillis)));
    }
  }
}
