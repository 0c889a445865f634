package io.sidestream.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** No broker took the request in time. */
public final class BrokerSilentException extends RuntimeException {
  BrokerSilentException(Duration timeout, @Nullable Throwable cause) {
    super("no broker took the request within " + ClientTimes.text(timeout), cause);
  }
}
