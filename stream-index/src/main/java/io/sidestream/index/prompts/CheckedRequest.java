package io.sidestream.index.prompts;

import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.util.Locale;

/** What became of a request when it was read. */
sealed interface CheckedRequest {
  /** It has all it needs. */
  record Ready(Prompt prompt) implements CheckedRequest {}

  /**
   * It names a user whose history is to be attached.
   *
   * @param request its bytes as they came
   */
  record NeedsHistory(UserId user, byte[] request) implements CheckedRequest {}

  /** Its deadline has passed: nobody waits for the answer. */
  record Expired() implements CheckedRequest {}

  /**
   * It cannot be understood.
   *
   * @param request its bytes as they came, null where there were none
   */
  record Invalid(MalformedRecordException why, byte[] request) implements CheckedRequest {}

  /** The case in one word, for counting. */
  default String label() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
