package io.sidestream.gateway.http;

/** A request that does not fit the state of the system. */
public final class ConflictException extends RuntimeException {
  public ConflictException(String sentence) {
    super(sentence);
  }
}
