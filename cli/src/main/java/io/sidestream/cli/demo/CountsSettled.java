package io.sidestream.cli.demo;

import io.sidestream.cli.client.Brokers;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.kafka.CorpusEnds;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** Waits until the pair counts of what was produced are written. */
final class CountsSettled {
  /** Counts become visible with a checkpoint; without news for so long, none is under way. */
  static final Duration QUIET = Duration.ofSeconds(4);

  private final DemoContext scene;
  private CorpusOffsets before;
  private long changedAt;

  CountsSettled(DemoContext scene) {
    this.scene = scene;
    this.changedAt = scene.clock().millis();
  }

  Duration await() {
    try (Admin admin = Brokers.reach(scene.system().bootstrapServers())) {
      return scene.waitingLong().untilTrue("pair counts", () -> settled(admin));
    }
  }

  private CorpusOffsets ends(Admin admin) {
    try {
      return CorpusEnds.latest(admin, Topics.DEFAULT);
    } catch (ExecutionException | InterruptedException e) {
      throw Brokers.unavailable(scene.system().bootstrapServers(), e);
    }
  }

  private boolean settled(Admin admin) {
    CorpusOffsets now = ends(admin);
    if (!now.equals(before)) {
      before = now;
      changedAt = scene.clock().millis();
    }
    return scene.since(changedAt).compareTo(QUIET) > 0;
  }
}
