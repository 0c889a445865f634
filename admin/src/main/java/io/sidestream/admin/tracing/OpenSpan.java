package io.sidestream.admin.tracing;

/** A span that is open until it is closed. One thread. */
public interface OpenSpan extends AutoCloseable {
  /** What is done where nothing is traced. */
  OpenSpan NONE =
      new OpenSpan() {
        @Override
        public void attribute(String name, String value) {}

        @Override
        public void failed(String why) {}

        @Override
        public void close() {}
      };

  void attribute(String name, String value);

  /** The span's status is error. */
  void failed(String why);

  @Override
  void close();
}
