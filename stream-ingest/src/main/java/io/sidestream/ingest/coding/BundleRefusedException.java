package io.sidestream.ingest.coding;

/** A generation's bundle is not fit for use; the message says why. */
final class BundleRefusedException extends Exception {
  BundleRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
