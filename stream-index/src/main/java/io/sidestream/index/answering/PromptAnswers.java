package io.sidestream.index.answering;

import io.sidestream.index.serving.Lease;
import io.sidestream.index.serving.Serving;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.Reply;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Answers a prompt under one lease, so with one generation. Thread-safe. */
record PromptAnswers(Serving serving, Clock clock) {
  private static final Reply NOT_READY =
      new Reply(
          Reply.Status.NOT_READY,
          "no generation is loaded yet, retry later",
          Optional.empty(),
          List.of());

  /** The reply; empty when the deadline has passed. */
  Optional<Reply> answer(Prompt prompt) {
    if (prompt.deadline().filter(last -> last.isBefore(clock.instant())).isPresent()) {
      return Optional.empty();
    }
    try (Lease lease = serving.acquire()) {
      return Optional.of(
          lease.generation().map(now -> now.answer(prompt).reply()).orElse(NOT_READY));
    }
  }
}
