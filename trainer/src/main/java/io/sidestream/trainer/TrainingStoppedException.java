package io.sidestream.trainer;

/** The trainer is told to stop, so the training is left where it is; it will be begun again. */
final class TrainingStoppedException extends RuntimeException {
  TrainingStoppedException() {
    super("the trainer is told to stop");
  }
}
