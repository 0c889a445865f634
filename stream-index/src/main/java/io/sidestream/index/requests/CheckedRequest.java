package io.sidestream.index.requests;

import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.time.Instant;
import java.util.Optional;

/** Outcome of validating a request. */
sealed interface CheckedRequest {
  /** Value of the metric label {@code outcome}. */
  String label();

  /** Who asks, where that is known. */
  default Optional<UserId> asker() {
    return Optional.empty();
  }

  /** Until when its answer is of use, where it says so. */
  default Optional<Instant> deadline() {
    return Optional.empty();
  }

  /** Whether a prompt is made of it, now or with its user's history. */
  default boolean becomesPrompt() {
    return false;
  }

  /**
   * It is complete.
   *
   * @param asker who asks, where that is known
   */
  record Ready(Prompt prompt, Optional<UserId> asker) implements CheckedRequest {
    @Override
    public Optional<Instant> deadline() {
      return prompt.deadline();
    }

    @Override
    public boolean becomesPrompt() {
      return true;
    }

    @Override
    public String label() {
      return "ready";
    }
  }

  /**
   * It waits for its user's history.
   *
   * @param request its bytes, in an encoding of our own: another process may read them
   */
  record NeedsHistory(UserId user, Optional<Instant> deadline, byte[] request)
      implements CheckedRequest {
    public NeedsHistory {
      request = request.clone();
    }

    @Override
    public Optional<UserId> asker() {
      return Optional.of(user);
    }

    @Override
    public boolean becomesPrompt() {
      return true;
    }

    @Override
    public String label() {
      return "needs_history";
    }
  }

  /**
   * It would wait too long for its answer.
   *
   * @param request its bytes
   */
  record Refused(Reply reply, byte[] request) implements CheckedRequest {
    public Refused {
      request = request.clone();
    }

    @Override
    public String label() {
      return "refused";
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
