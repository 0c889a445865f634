package io.sidestream.trainer;

import io.sidestream.schemas.TrainingRequest;
import java.io.IOException;

/** Does what a request asks for: skips it when it is answered already, or trains. */
interface RequestedTraining {
  /** Returns when the request is answered and everything about it announced. */
  void answer(TrainingRequest request) throws IOException, InterruptedException;
}
