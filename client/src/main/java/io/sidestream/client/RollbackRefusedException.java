package io.sidestream.client;

/** A rollback that does not fit the state of the generations. */
public final class RollbackRefusedException extends RuntimeException {
  RollbackRefusedException(String sentence) {
    super(sentence);
  }
}
