package io.sidestream.trainer;

import io.sidestream.schemas.TrainingRequest;
import java.io.IOException;

/** Handles a training request: skips it when it is answered already, or trains. */
interface RequestedTraining {
  /** Returns when the request is answered and its announcements are sent. */
  void answer(TrainingRequest request) throws IOException, InterruptedException;
}
