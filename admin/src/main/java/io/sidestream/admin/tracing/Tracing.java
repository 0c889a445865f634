package io.sidestream.admin.tracing;

import org.apache.kafka.common.header.Headers;

/** Traces that go through Kafka records: W3C trace context in a header. Thread-safe. */
public interface Tracing extends AutoCloseable {
  /** Leaves headers as they are. */
  Tracing OFF =
      new Tracing() {
        @Override
        public OpenSpan begin(String name, Headers headers) {
          return OpenSpan.NONE;
        }

        @Override
        public void close() {}
      };

  /**
   * Begins a span.
   *
   * @param headers name the trace that it continues, if any; from now on they name this span
   */
  OpenSpan begin(String name, Headers headers);

  /** Exports what is left. */
  @Override
  void close();

  /**
   * Tracing as configured.
   *
   * @param service name of the process
   * @param header name of the header with the trace context
   */
  static Tracing start(String service, TracingConfig config, String header) {
    return config.endpoint().isEmpty()
        ? OFF
        : new OtlpTracing(service, config.endpoint().get(), config.sampleRatio(), header);
  }
}
