package io.sidestream.index.requests;

import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.avro.MalformedRecordException;

/** What became of a request when it was read. */
sealed interface CheckedRequest {
  /** The case in one word, for counting. */
  String label();

  /** It has all it needs. */
  record Ready(Prompt prompt) implements CheckedRequest {
    @Override
    public String label() {
      return "ready";
    }
  }

  /**
   * It names a user whose history is to be attached.
   *
   * @param request its bytes as they came
   */
  record NeedsHistory(UserId user, byte[] request) implements CheckedRequest {
    @Override
    public String label() {
      return "needs_history";
    }
  }

  /** Its deadline has passed: nobody waits for the answer. */
  record Expired() implements CheckedRequest {
    @Override
    public String label() {
      return "expired";
    }
  }

  /**
   * It cannot be understood.
   *
   * @param request its bytes as they came, null where there were none
   */
  record Invalid(MalformedRecordException why, byte[] request) implements CheckedRequest {
    @Override
    public String label() {
      return "invalid";
    }
  }
}
