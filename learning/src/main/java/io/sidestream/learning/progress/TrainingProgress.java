package io.sidestream.learning.progress;

import java.util.Locale;

/** Listener to the progress of a training. Called from the training thread. */
public interface TrainingProgress {
  /** Ignores all progress. */
  TrainingProgress NONE =
      new TrainingProgress() {
        @Override
        public void stage(String name, String detail) {}

        @Override
        public void step(long done, long total) {}

        @Override
        public void finished(String name, String detail) {}
      };

  /**
   * A stage begins.
   *
   * @param name one or two words, for example {@code generator}
   * @param detail its input, for example {@code 42,000 examples}
   */
  void stage(String name, String detail);

  /** Likewise with a detail by {@link String#format}. */
  default void stage(String name, String format, Object... arguments) {
    stage(name, String.format(Locale.ROOT, format, arguments));
  }

  /** Reports the finished steps of the current stage. */
  void step(long done, long total);

  /** Of a part of the current stage, of which only the steps are reported. */
  default TrainingProgress ofPart() {
    TrainingProgress whole = this;
    return new TrainingProgress() {
      @Override
      public void stage(String name, String detail) {}

      @Override
      public void step(long done, long total) {
        whole.step(done, total);
      }

      @Override
      public void finished(String name, String detail) {}
    };
  }

  /**
   * The stage is over.
   *
   * @param detail its result, for example {@code loss 4.21}
   */
  void finished(String name, String detail);

  /** Likewise with a detail by {@link String#format}. */
  default void finished(String name, String format, Object... arguments) {
    finished(name, String.format(Locale.ROOT, format, arguments));
  }
}
