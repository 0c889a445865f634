package io.sidestream.cli.demo;

import io.sidestream.cli.client.Brokers;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.kafka.CorpusEnds;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** Waits until the pair counts of the produced events are committed. */
final class StablePairCounts {
  /** Counts become visible with a checkpoint; without a new one for this long, none is pending. */
  static final Duration QUIET = Duration.ofSeconds(4);

  private final DemoContext context;
  private @Nullable CorpusOffsets before;
  private long changedAt;

  StablePairCounts(DemoContext context) {
    this.context = context;
    this.changedAt = context.clock().millis();
  }

  Duration await() {
    try (Admin admin = Brokers.reach(context.system().connection())) {
      return context.waitingLong().untilTrue("pair counts", () -> isStable(admin));
    }
  }

  private CorpusOffsets ends(Admin admin) {
    try {
      return CorpusEnds.latest(admin, context.system().connection().topics());
    } catch (ExecutionException | InterruptedException e) {
      throw Brokers.unavailable(context.system().connection(), e);
    }
  }

  private boolean isStable(Admin admin) {
    CorpusOffsets now = ends(admin);
    if (!now.equals(before)) {
      before = now;
      changedAt = context.clock().millis();
    }
    return context.since(changedAt).compareTo(QUIET) > 0;
  }
}
