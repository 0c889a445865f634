package io.sidestream.index.answering;

import io.sidestream.index.answering.OpenPrompts.OpenPrompt;
import io.sidestream.model.generator.Task;
import io.sidestream.model.ranking.Retriever;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.kafka.EventTime;
import java.time.Instant;

/**
 * A prompt that waits for a worker.
 *
 * @param requested when its request was written, by a broker's clock
 * @param sinceNanos when it was taken, by the clock of intervals
 */
record WaitingPrompt(
    OpenPrompt open, Prompt prompt, Task task, Instant requested, long sinceNanos) {
  static WaitingPrompt of(OpenPrompt open, Prompt prompt, long sinceNanos) {
    long millis = EventTime.read(open.row.headers()).orElse(open.row.timestamp());
    return new WaitingPrompt(
        open, prompt, Retriever.task(prompt), Instant.ofEpochMilli(millis), sinceNanos);
  }
}
