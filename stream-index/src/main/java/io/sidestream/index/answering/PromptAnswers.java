package io.sidestream.index.answering;

import io.sidestream.index.serving.Lease;
import io.sidestream.index.serving.Serving;
import io.sidestream.index.serving.ServingGeneration;
import io.sidestream.model.ranking.Answer;
import io.sidestream.model.ranking.ItemAttributes;
import io.sidestream.model.ranking.TrendingAnswers;
import io.sidestream.model.ranking.Trends;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.kafka.RequestHeaders;
import io.sidestream.schemas.kafka.RequestUnit;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * Answers a prompt under one lease, so with one generation: the one that it names, else the live
 * one or, for a share of the users, the candidate. Thread-safe.
 *
 * @param names of headers that say whose a prompt is
 */
public record PromptAnswers(Serving serving, TrendingAnswers trending, RequestHeaders names) {
  private static final Reply NOT_READY =
      new Reply(
          Reply.Status.NOT_READY,
          "no generation is loaded yet, retry later",
          Optional.empty(),
          List.of());

  /** Answers where no item trends. */
  public static PromptAnswers of(Serving serving) {
    return new PromptAnswers(
        serving, new TrendingAnswers(Trends.NONE, ItemAttributes.NONE), RequestHeaders.DEFAULT);
  }

  /**
   * @param headers of the prompt
   */
  Reply answer(Prompt prompt, Headers headers) {
    Optional<Generation> named = prompt.selection().generation();
    try (Lease lease = acquire(named, headers)) {
      Reply reply =
          lease
              .generation()
              .map(now -> answer(prompt, now).reply())
              .orElseGet(() -> named.map(this::notOpen).orElse(NOT_READY));
      return reply.of(lease.arm());
    }
  }

  private Lease acquire(Optional<Generation> named, Headers headers) {
    return named
        .map(serving::acquire)
        .orElseGet(() -> serving.acquire(RequestUnit.of(headers, names)));
  }

  /** Another generation than the one that is named does not answer. */
  private Reply notOpen(Generation named) {
    List<String> names = serving.open();
    boolean later = names.isEmpty() || serving.isAwaited(named);
    String open = names.isEmpty() ? "none" : String.join(", ", names);
    return new Reply(
        later ? Reply.Status.NOT_READY : Reply.Status.INVALID,
        later
            ? "generation %s is not open here yet, retry later; open: %s".formatted(named, open)
            : "generation %s is not open, expected one of: %s".formatted(named, open),
        Optional.empty(),
        List.of());
  }

  private Answer answer(Prompt prompt, ServingGeneration now) {
    return prompt.isTrending() ? trending.answer(prompt, now.catalogue()) : now.answer(prompt);
  }
}
