package io.sidestream.learning.progress;

/**
 * Told how a training goes, so that someone waiting sees it move. Called from the training thread.
 */
public interface TrainingProgress {
  /** Nobody is watching. */
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
   * @param detail what goes into it, for example {@code 42,000 examples}
   */
  void stage(String name, String detail);

  /** So many of so many steps of the stage that began last are done. */
  void step(long done, long total);

  /**
   * The stage is over.
   *
   * @param detail what came out of it, for example {@code loss 4.21}
   */
  void finished(String name, String detail);
}
