package io.sidestream.index.answering;

import io.sidestream.model.generator.Task;
import io.sidestream.schemas.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests whose prompts this process would refuse, before they are written. It knows that
 * of the partitions that it has. Thread-safe.
 */
final class EarlyRefusals {
  private static final double NEWEST = .1; // weight in the mean time on the way

  private final Admission admission;
  private final PromptQueue<?> queue;
  private final AnsweringMeters meters;
  private volatile HeldPartitions held = HeldPartitions.NONE;
  private volatile long onItsWay; // mean time from a request to its prompt here; nanoseconds
  private double newestWay; // the same, of the thread that takes prompts

  EarlyRefusals(Admission admission, PromptQueue<?> queue, AnsweringMeters meters) {
    this.admission = admission;
    this.queue = queue;
    this.meters = meters;
  }

  /**
   * Prompts of these partitions come here from now on; of one thread, as what follows.
   *
   * @param all partitions of the topic
   */
  void assigned(Collection<TopicPartition> more, int all) {
    Set<Integer> now = new HashSet<>(held.held());
    more.forEach(each -> now.add(each.partition()));
    held = new HeldPartitions(now, all);
  }

  /** They come here no more. */
  void revoked(Collection<TopicPartition> gone) {
    Set<Integer> now = new HashSet<>(held.held());
    gone.forEach(each -> now.remove(each.partition()));
    held = new HeldPartitions(now, held.all());
  }

  /** A prompt came in. */
  void arrived(Instant requested) {
    newestWay += NEWEST * (sinceOf(requested).toNanos() - newestWay);
    onItsWay = (long) newestWay;
  }

  private Duration sinceOf(Instant requested) {
    Duration since = Duration.between(requested, admission.time().now());
    return since.isNegative() ? Duration.ZERO : since;
  }

  /** The reply to a request that is refused, counted as sent. */
  Optional<Reply> refusal(
      Task task, byte @Nullable [] key, Instant requested, Optional<Instant> deadline) {
    Duration way = Duration.ofNanos(onItsWay);
    if (!held.holds(key)
        || !admission.refusesAhead(deadline, requested, way, queue.expected(task))) {
      return Optional.empty();
    }
    meters.replied(task, Reply.Status.OVERLOADED, Duration.ZERO, sinceOf(requested));
    return Optional.of(PromptReplies.OVERLOADED);
  }
}
