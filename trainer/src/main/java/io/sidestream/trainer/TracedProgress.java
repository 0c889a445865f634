package io.sidestream.trainer;

import io.sidestream.admin.tracing.OpenSpan;
import io.sidestream.admin.tracing.Tracing;
import io.sidestream.learning.progress.TrainingProgress;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Progress with a span of each stage, within the span of its training. One thread. */
final class TracedProgress implements TrainingProgress {
  private final TrainingProgress watcher;
  private final Tracing tracing;
  private Headers training = new RecordHeaders();
  private OpenSpan stage = OpenSpan.NONE;

  TracedProgress(TrainingProgress watcher, Tracing tracing) {
    this.watcher = watcher;
    this.tracing = tracing;
  }

  /**
   * Begins the span of a training; the stages that follow are part of it.
   *
   * @param request headers of the training request, which name the span from now on
   */
  OpenSpan begin(Headers request) {
    stage.close(); // of a training that failed
    stage = OpenSpan.NONE;
    OpenSpan span = tracing.begin("train", request);
    training = request;
    return span;
  }

  /** The header that names the trace, if the training has one. */
  Optional<Header> trace(String name) {
    return Optional.ofNullable(training.lastHeader(name));
  }

  @Override
  public void stage(String name, String detail) {
    stage.close();
    stage = tracing.begin("train " + name, new RecordHeaders(training.toArray()));
    watcher.stage(name, detail);
  }

  @Override
  public void step(long done, long total) {
    watcher.step(done, total);
  }

  @Override
  public void finished(String name, String detail) {
    stage.close();
    stage = OpenSpan.NONE;
    watcher.finished(name, detail);
  }
}
