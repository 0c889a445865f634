package io.sidestream.ingest.coding;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The time that a subtask takes to code items that wait. One thread. */
final class CodingTurns {
  /*
   * A turn takes longer than the time between two repetitions of an announcement, so repetitions
   * queue up meanwhile. Were each a turn of its own, all that comes behind them would wait for all
   * those turns: the barrier of a checkpoint, and with it the items that wait for the barrier. So
   * those that come right after a turn, for a part of its length, are passed over, and the next one
   * begins a turn. A turn is of all generations, lest those of one be in the way of another's.
   *
   * Each turn looks through all items for those that wait. With many items that takes longer than a
   * second of coding, and nearly all of the time would go into it: so a turn codes for as long as
   * the last one looked, within bounds.
   */

  /** Shortest time of coding in one turn; looking through the items comes to it. */
  static final Duration CODING = Duration.ofSeconds(1);

  /** Longest time likewise: barriers wait behind a turn. */
  static final Duration MAX_CODING = Duration.ofSeconds(10);

  /** Part of a turn's length in which what queued up during it passes. */
  private static final int REST = 8;

  private long endedMillis;
  private long tookMillis;
  private long lookedMillis;

  /** Whether the next turn may begin. */
  boolean isDue(long nowMillis) {
    long since = nowMillis - endedMillis;
    return since < 0 || since >= tookMillis / REST; // less than none: the clock was set back
  }

  /** Begins a turn. */
  Turn begin(LongSupplier clock) {
    return new Turn(clock);
  }

  /** A turn. */
  final class Turn {
    private final LongSupplier clock;
    private final long beganMillis;
    private final long mostMillis;
    private long codingSinceMillis = -1;
    private long codingUntilMillis = -1;

    private Turn(LongSupplier clock) {
      this.clock = clock;
      this.beganMillis = clock.getAsLong();
      this.mostMillis = Math.min(MAX_CODING.toMillis(), Math.max(CODING.toMillis(), lookedMillis));
    }

    /** Whether one more item may be coded; the first of each turn may. */
    boolean hasTime() {
      long now = clock.getAsLong();
      if (codingSinceMillis < 0) {
        codingSinceMillis = now;
      }
      long since = now - codingSinceMillis;
      boolean has = codingUntilMillis < 0 && since >= 0 && since < mostMillis;
      if (!has && codingUntilMillis < 0) {
        codingUntilMillis = now;
      }
      return has;
    }

    void end() {
      endedMillis = clock.getAsLong();
      tookMillis = Math.max(0, endedMillis - beganMillis);
      lookedMillis = Math.max(0, tookMillis - codedMillis());
    }

    private long codedMillis() {
      if (codingSinceMillis < 0) {
        return 0;
      }
      return (codingUntilMillis < 0 ? endedMillis : codingUntilMillis) - codingSinceMillis;
    }
  }
}
