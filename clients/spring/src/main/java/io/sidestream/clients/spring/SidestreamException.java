package io.sidestream.clients.spring;

import java.io.Serial;

/** A reply without items because of an error: invalid, overloaded, or nothing is served yet. */
public final class SidestreamException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  SidestreamException(String message) {
    super(message);
  }
}
