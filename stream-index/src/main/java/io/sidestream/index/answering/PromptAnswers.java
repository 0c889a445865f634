package io.sidestream.index.answering;

import io.sidestream.index.serving.Lease;
import io.sidestream.index.serving.Serving;
import io.sidestream.index.serving.ServingGeneration;
import io.sidestream.model.ranking.Answer;
import io.sidestream.model.ranking.ItemAttributes;
import io.sidestream.model.ranking.TrendingAnswers;
import io.sidestream.model.ranking.Trends;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.Reply;
import java.util.List;
import java.util.Optional;

/** Answers a prompt under one lease, so with one generation. Thread-safe. */
public record PromptAnswers(Serving serving, TrendingAnswers trending) {
  private static final Reply NOT_READY =
      new Reply(
          Reply.Status.NOT_READY,
          "no generation is loaded yet, retry later",
          Optional.empty(),
          List.of());

  /** Answers where no item trends. */
  public static PromptAnswers of(Serving serving) {
    return new PromptAnswers(serving, new TrendingAnswers(Trends.NONE, ItemAttributes.NONE));
  }

  Reply answer(Prompt prompt) {
    try (Lease lease = serving.acquire()) {
      return lease.generation().map(now -> answer(prompt, now).reply()).orElse(NOT_READY);
    }
  }

  private Answer answer(Prompt prompt, ServingGeneration now) {
    return prompt.isTrending() ? trending.answer(prompt, now.catalogue()) : now.answer(prompt);
  }
}
