package io.sidestream.trainer;

/** The trainer stops, so the training is aborted; its request is delivered again. */
final class TrainingStoppedException extends RuntimeException {
  TrainingStoppedException() {
    super("the trainer stops");
  }
}
