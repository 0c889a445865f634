package io.sidestream.schemas.registry;

import org.apache.kafka.common.errors.RetriableException;

/** The registry cannot be asked: what names a schema that is not known yet has to wait. */
public final class RegistryUnavailableException extends RetriableException {
  private static final long serialVersionUID = 1;

  RegistryUnavailableException(String message) {
    super(message);
  }

  RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
