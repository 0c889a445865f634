package io.sidestream.index.requests;

import io.sidestream.model.generator.Task;
import io.sidestream.schemas.Reply;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Knows which requests this process would refuse once their prompts come to it. */
@FunctionalInterface
public interface Refusals {
  /** Every request becomes a prompt. */
  Refusals NONE = (task, key, requested, deadline) -> Optional.empty();

  /**
   * The reply to a request that is refused before it becomes a prompt, counted as sent; empty where
   * it may be answered, and where another process may decide.
   *
   * @param key of the request, and of its prompt
   * @param requested when it was written, by a broker's clock
   */
  Optional<Reply> refusal(
      Task task, byte @Nullable [] key, Instant requested, Optional<Instant> deadline);
}
