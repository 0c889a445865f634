package io.sidestream.index.replies;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Asks the brokers whether topics can be written. Thread-safe. */
@FunctionalInterface
public interface TopicProbe {
  /** What the brokers say. */
  enum Answer {
    WRITABLE,
    /** The topic does not exist, or writing is not allowed. */
    NOT_WRITABLE,
    /** No broker says so or otherwise. */
    UNKNOWN
  }

  Answer ask(String topic) throws InterruptedException;

  /** A probe by an admin client, whose time limits are those of an answer. */
  static TopicProbe of(Admin admin) {
    return topic -> {
      try {
        Set<AclOperation> allowed =
            requireNonNull(
                    admin
                        .describeTopics(
                            List.of(topic),
                            new DescribeTopicsOptions().includeAuthorizedOperations(true))
                        .topicNameValues()
                        .get(topic))
                .get()
                .authorizedOperations();
        return allowed == null || allowed.contains(AclOperation.WRITE)
            ? Answer.WRITABLE
            : Answer.NOT_WRITABLE;
      } catch (ExecutionException e) {
        return isRefusal(e.getCause()) ? Answer.NOT_WRITABLE : Answer.UNKNOWN;
      }
    };
  }

  private static boolean isRefusal(@Nullable Throwable cause) {
    return cause instanceof UnknownTopicOrPartitionException
        || cause instanceof InvalidTopicException
        || cause instanceof AuthorizationException;
  }
}
