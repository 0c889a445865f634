package io.sidestream.index;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Checks at start-up that the broker is reachable and has the topics that this process needs. */
final class TopicCheck {
  private static final long LIMIT_SECONDS = 20;

  private TopicCheck() {}

  /** Throws {@link IllegalStateException} with one sentence otherwise. */
  static void require(Admin admin, String bootstrapServers, Collection<String> topics) {
    Set<String> missing = new TreeSet<>(topics);
    try {
      missing.removeAll(admin.listTopics().names().get(LIMIT_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "no broker answers at " + bootstrapServers + " within " + LIMIT_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while listing topics", e);
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "broker " + bootstrapServers + " has no topics " + missing + ", create them first");
    }
  }
}
