package io.sidestream.gateway.http;

import io.sidestream.client.BrokerSilentException;
import io.sidestream.client.NoReplyException;
import io.sidestream.client.RollbackRefusedException;
import io.sidestream.client.TooManyRequestsException;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.access.ClusterErrors;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What each failure of an endpoint is in HTTP. */
final class HttpErrors {
  private static final Logger LOG = LoggerFactory.getLogger(HttpErrors.class);

  /** Seconds after which a refused request may come again. */
  static final int BUSY_SECONDS = 1;

  /** Seconds after which a broker may be back. */
  static final int ABSENT_SECONDS = 5;

  private HttpErrors() {}

  static HttpReply reply(Throwable thrown) {
    Throwable failure = cause(thrown);
    String sentence = ReasonText.of(failure);
    if (failure instanceof BadRequestException bad) {
      return bad.field().isEmpty()
          ? HttpReply.error(400, sentence)
          : HttpReply.error(400, bad.field(), sentence);
    }
    if (failure instanceof RollbackRefusedException) {
      return HttpReply.error(409, sentence);
    }
    if (failure instanceof TooManyRequestsException) {
      return HttpReply.error(429, sentence).retryAfter(BUSY_SECONDS);
    }
    if (failure instanceof RecordTooLargeException) {
      return HttpReply.error(413, sentence); // by limits of the producer or the broker
    }
    if (failure instanceof NoReplyException) {
      return HttpReply.error(504, sentence);
    }
    if (failure instanceof MalformedRecordException) {
      LOG.error("a reply is malformed", failure);
      return HttpReply.error(502, "the reply is malformed: " + sentence);
    }
    Optional<String> refusal = ClusterErrors.refusal(failure);
    if (refusal.isPresent()) {
      LOG.warn("a request is refused by the cluster: {}", refusal.get());
      return HttpReply.error(403, refusal.get());
    }
    if (failure instanceof BrokerSilentException
        || failure instanceof KafkaException
        || failure instanceof UserErrorException) {
      LOG.warn("a request failed: {}", ClusterErrors.reason(failure));
      return HttpReply.error(503, ClusterErrors.reason(failure)).retryAfter(ABSENT_SECONDS);
    }
    LOG.error("a request failed", failure);
    return HttpReply.error(500, "the request failed, see the gateway's log");
  }

  private static Throwable cause(Throwable failure) {
    boolean wraps = failure instanceof CompletionException || failure instanceof ExecutionException;
    return wraps && failure.getCause() != null ? cause(failure.getCause()) : failure;
  }
}
