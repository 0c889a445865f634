package io.sidestream.admin.tracing;

/** A span that is open until it is closed. One thread. */
public interface Step extends AutoCloseable {
  /** What is done where nothing is traced. */
  Step NONE =
      new Step() {
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
