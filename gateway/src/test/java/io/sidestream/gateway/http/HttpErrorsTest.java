package io.sidestream.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.UserErrorException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class HttpErrorsTest {
  private static final String RETRY_AFTER = "Retry-After";

  @Test
  void reply_missingAcl_isForbiddenAndNotRetried() {
    var refused = new TopicAuthorizationException(Set.of("generations"));

    for (RuntimeException failure :
        new RuntimeException[] {refused, new UserErrorException(refused, "the broker refused")}) {
      HttpReply reply = HttpErrors.reply(new CompletionException(failure));

      assertEquals(403, reply.status());
      assertFalse(reply.headers().containsKey(RETRY_AFTER));
    }
  }

  /** It was to be retried, for ever. */
  @Test
  void reply_recordThatKafkaDoesNotTake_isTooLargeAndNotRetried() {
    HttpReply reply = HttpErrors.reply(new RecordTooLargeException("2000000 bytes"));

    assertEquals(413, reply.status());
    assertFalse(reply.headers().containsKey(RETRY_AFTER));
  }

  @Test
  void reply_brokerIsAway_mayBeRetried() {
    HttpReply reply = HttpErrors.reply(new TimeoutException("away"));

    assertEquals(503, reply.status());
    assertTrue(reply.headers().containsKey(RETRY_AFTER));
  }
}
