package io.sidestream.schemas.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class TopicCreatorTest {
  /** A new topic that a broker had not heard of yet once failed the whole start. */
  @Test
  void awaitLeaders_topicNotHeardOfYet_asksAgain() throws Exception {
    Iterator<KafkaFuture<Void>> answers = List.of(unknown(), unknown(), done()).iterator();
    TopicCreator.awaitLeaders(answers::next, 3, Duration.ZERO);
    assertEquals(false, answers.hasNext());
  }

  @Test
  void awaitLeaders_neverHeardOf_givesUpAfterSoManyQuestions() {
    Iterator<KafkaFuture<Void>> answers = List.of(unknown(), unknown(), done()).iterator();
    ExecutionException refused =
        assertThrows(
            ExecutionException.class,
            () -> TopicCreator.awaitLeaders(answers::next, 2, Duration.ZERO));
    assertInstanceOf(UnknownTopicOrPartitionException.class, refused.getCause());
  }

  @Test
  void awaitLeaders_errorThatStays_isThrownAtOnce() {
    Iterator<KafkaFuture<Void>> answers =
        List.of(failed(new InvalidTopicException("no")), done()).iterator();
    assertThrows(
        ExecutionException.class, () -> TopicCreator.awaitLeaders(answers::next, 9, Duration.ZERO));
    assertEquals(true, answers.hasNext());
  }

  private static KafkaFuture<Void> unknown() {
    return failed(new UnknownTopicOrPartitionException("not heard of"));
  }

  private static KafkaFuture<Void> failed(Throwable cause) {
    KafkaFutureImpl<Void> future = new KafkaFutureImpl<>();
    future.completeExceptionally(cause);
    return future;
  }

  private static KafkaFuture<Void> done() {
    return KafkaFuture.completedFuture(null);
  }
}
