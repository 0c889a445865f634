package io.sidestream.trainer;

import io.sidestream.schemas.TrainingRequest;
import java.io.IOException;
import org.apache.kafka.common.header.Headers;

/** Handles a training request: skips it when it is answered already, or trains. */
interface RequestedTraining {
  /**
   * Returns when the request is answered and its announcements are sent.
   *
   * @param headers of the request's record
   */
  void answer(TrainingRequest request, Headers headers) throws IOException, InterruptedException;
}
