package io.sidestream.index.answering;

import io.sidestream.index.serving.Lease;
import io.sidestream.index.serving.Serving;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.Reply;
import java.util.List;
import java.util.Optional;

/** Answers a prompt under one lease, so with one generation. Thread-safe. */
record PromptAnswers(Serving serving) {
  private static final Reply NOT_READY =
      new Reply(
          Reply.Status.NOT_READY,
          "no generation is loaded yet, retry later",
          Optional.empty(),
          List.of());

  Reply answer(Prompt prompt) {
    try (Lease lease = serving.acquire()) {
      return lease.generation().map(now -> now.answer(prompt).reply()).orElse(NOT_READY);
    }
  }
}
