package io.sidestream.schemas.kafka;

import static java.util.Objects.requireNonNull;

import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates missing topics and leaves existing ones unchanged. */
public final class TopicCreator {
  private static final int LEADER_ATTEMPTS = 300;
  private static final Duration LEADER_PAUSE = Duration.ofMillis(100);

  private TopicCreator() {}

  /**
   * Outcome.
   *
   * @param created names of topics created
   * @param existing names of topics that existed
   */
  public record Outcome(List<String> created, List<String> existing) {
    public Outcome {
      created = List.copyOf(created);
      existing = List.copyOf(existing);
    }
  }

  /**
   * Creates the missing topics, and waits until each new partition has a leader: an earlier
   * producer may have its first batch rejected and its second accepted, and then retries the first
   * until it times out.
   */
  public static Outcome create(Admin admin, Topics topics)
      throws InterruptedException, ExecutionException {
    List<String> created = new ArrayList<>();
    List<String> existing = new ArrayList<>();
    Map<String, KafkaFuture<Void>> results =
        admin.createTopics(topics.all().stream().map(TopicCreator::newTopic).toList()).values();
    for (Topic topic : topics.all()) {
      boolean isNew = isCreated(requireNonNull(results.get(topic.name())));
      (isNew ? created : existing).add(topic.name());
    }
    Map<TopicPartition, OffsetSpec> partitions = partitions(topics, created);
    awaitLeaders(() -> admin.listOffsets(partitions).all(), LEADER_ATTEMPTS, LEADER_PAUSE);
    return new Outcome(created, existing);
  }

  /**
   * Retries until every partition is known and has a leader: right after its creation a topic may
   * be unknown to a broker, and the client does not retry by itself.
   *
   * @param attempts number of attempts before the last failure is thrown
   */
  static void awaitLeaders(Supplier<? extends KafkaFuture<?>> request, int attempts, Duration pause)
      throws InterruptedException, ExecutionException {
    for (int left = attempts - 1; ; left--) {
      try {
        request.get().get();
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
    Optional<Short> replicas =
        topic.replicationFactor() == Topic.BROKER_DEFAULT
            ? Optional.empty()
            : Optional.of((short) topic.replicationFactor());
    return new NewTopic(topic.name(), Optional.of(topic.partitions()), replicas)
        .configs(configs(topic));
  }

  /** The configurations of a topic, its cleanup among them, sorted. */
  static Map<String, String> configs(Topic topic) {
    Map<String, String> configs = new TreeMap<>(topic.configs());
    configs.put("cleanup.policy", topic.cleanup().policy());
    return configs;
  }

  private static boolean isCreated(KafkaFuture<Void> result)
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
