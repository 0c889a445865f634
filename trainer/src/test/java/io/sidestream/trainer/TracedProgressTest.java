package io.sidestream.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.admin.tracing.OpenSpan;
import io.sidestream.admin.tracing.Tracing;
import io.sidestream.learning.progress.TrainingProgress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class TracedProgressTest {
  private static final String TRACEPARENT = "traceparent";

  private final List<String> log = new ArrayList<>();

  @Test
  void stage_ofATraining_isASpanWithinIts() {
    TracedProgress progress = new TracedProgress(TrainingProgress.NONE, new Recording());
    Headers request = headers("request");
    OpenSpan span = progress.begin(request);
    progress.stage("corpus", "");
    progress.finished("corpus", "");
    progress.stage("encoder", "");
    span.close();
    progress.begin(headers("second")).close();

    assertEquals(
        List.of(
            "train in request",
            "train corpus in train",
            "train corpus ends",
            "train encoder in train",
            "train ends",
            "train encoder ends",
            "train in second",
            "train ends"),
        log);
  }

  @Test
  void trace_notTraced_isThatOfTheRequest() {
    TracedProgress progress = new TracedProgress(TrainingProgress.NONE, Tracing.OFF);
    assertEquals(Optional.empty(), progress.trace(TRACEPARENT));
    progress.begin(headers("request")).close();
    assertEquals(Optional.of("request"), progress.trace(TRACEPARENT).map(TracedProgressTest::text));
  }

  private static Headers headers(String span) {
    return new RecordHeaders().add(TRACEPARENT, span.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Header header) {
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  /** Writes spans down; each is called by its name. */
  private final class Recording implements Tracing {
    @Override
    public OpenSpan begin(String name, Headers headers) {
      log.add(name + " in " + text(headers.lastHeader(TRACEPARENT)));
      headers.remove(TRACEPARENT).add(TRACEPARENT, name.getBytes(StandardCharsets.UTF_8));
      return new OpenSpan() {
        @Override
        public void attribute(String attribute, String value) {}

        @Override
        public void failed(String why) {}

        @Override
        public void close() {
          log.add(name + " ends");
        }
      };
    }

    @Override
    public void close() {}
  }
}
