package io.sidestream.index.requests;

import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.util.Optional;

/** Outcome of validating a request. */
sealed interface CheckedRequest {
  /** Value of the metric label {@code outcome}. */
  String label();

  /** Who asks, where that is known. */
  default Optional<UserId> asker() {
    return Optional.empty();
  }

  /**
   * It is complete.
   *
   * @param asker who asks, where that is known
   */
  record Ready(Prompt prompt, Optional<UserId> asker) implements CheckedRequest {
    @Override
    public String label() {
      return "ready";
    }
  }

  /**
   * It waits for its user's history.
   *
   * @param request its bytes
   */
  record NeedsHistory(UserId user, byte[] request) implements CheckedRequest {
    public NeedsHistory {
      request = request.clone();
    }

    @Override
    public Optional<UserId> asker() {
      return Optional.of(user);
    }

    @Override
    public String label() {
      return "needs_history";
    }
  }

  /** Its deadline has passed. */
  record Expired() implements CheckedRequest {
    @Override
    public String label() {
      return "expired";
    }
  }

  /**
   * It is malformed or breaks a limit.
   *
   * @param request its bytes, null for a tombstone
   */
  record Invalid(MalformedRecordException why, byte[] request) implements CheckedRequest {
    public Invalid {
      request = request == null ? null : request.clone();
    }

    @Override
    public String label() {
      return "invalid";
    }
  }
}
