package io.sidestream.client;

/** A request is refused, unsent, since as many are open as the client may have. */
public final class TooManyRequestsException extends RuntimeException {
  TooManyRequestsException(int maxOpen) {
    super("%d requests wait for their replies, as many as are allowed".formatted(maxOpen));
  }
}
