package io.sidestream.schemas.kafka;

import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics that are not there yet, and leaves the others as they are. */
public final class TopicCreator {
  private static final int LEADER_QUESTIONS = 300;
  private static final Duration LEADER_PAUSE = Duration.ofMillis(100);

  private TopicCreator() {}

  /**
   * What was done.
   *
   * @param created names of topics made now
   * @param existing names of topics that were there
   */
  public record Outcome(List<String> created, List<String> existing) {
    public Outcome {
      created = List.copyOf(created);
      existing = List.copyOf(existing);
    }
  }

  /**
   * Makes the topics, as many copies of each as the brokers make by default, and waits until each
   * new partition has a leader that answers: a producer that is quicker may find its first batch
   * refused and the second taken, and then sends the first in vain until its time is up.
   */
  public static Outcome create(Admin admin, Topics topics)
      throws InterruptedException, ExecutionException {
    List<String> created = new ArrayList<>();
    List<String> existing = new ArrayList<>();
    Map<String, KafkaFuture<Void>> results =
        admin.createTopics(topics.all().stream().map(TopicCreator::newTopic).toList()).values();
    for (Topic topic : topics.all()) {
      boolean made = isMade(results.get(topic.name()));
      (made ? created : existing).add(topic.name());
    }
    Map<TopicPartition, OffsetSpec> partitions = partitions(topics, created);
    awaitLeaders(() -> admin.listOffsets(partitions).all(), LEADER_QUESTIONS, LEADER_PAUSE);
    return new Outcome(created, existing);
  }

  /**
   * Asks until no partition is unknown or without a leader: right after a topic was made, a broker
   * may not have heard of it yet, and then the client does not ask again by itself.
   *
   * @param questions how often to ask before the last refusal is thrown
   */
  static void awaitLeaders(Supplier<? extends KafkaFuture<?>> ask, int questions, Duration pause)
      throws InterruptedException, ExecutionException {
    for (int left = questions - 1; ; left--) {
      try {
        ask.get().get();
        return;
      } catch (ExecutionException e) {
        if (left == 0 || !(e.getCause() instanceof RetriableException)) {
          throw e;
        }
        Thread.sleep(pause.toMillis());
      }
    }
  }

  private static Map<TopicPartition, OffsetSpec> partitions(Topics topics, List<String> created) {
    Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
    for (Topic topic : topics.all()) {
      for (int partition = 0; partition < topic.partitions(); partition++) {
        if (created.contains(topic.name())) {
          partitions.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
        }
      }
    }
    return partitions;
  }

  private static NewTopic newTopic(Topic topic) {
    Map<String, String> configs = new HashMap<>(topic.configs());
    configs.put("cleanup.policy", topic.cleanup().policy());
    return new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
        .configs(configs);
  }

  private static boolean isMade(KafkaFuture<Void> result)
      throws InterruptedException, ExecutionException {
    try {
      result.get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw e;
    }
  }
}
