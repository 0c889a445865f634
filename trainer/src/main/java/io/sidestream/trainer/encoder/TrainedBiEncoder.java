package io.sidestream.trainer.encoder;

import io.sidestream.model.vectors.Towers;
import java.io.IOException;
import java.nio.file.Path;

/** What the bi-encoder's training came to: the towers and the text encoder below them. */
public final class TrainedBiEncoder {
  private final Towers towers;
  private final HeadProbes probes;

  private TrainedBiEncoder(Towers towers, HeadProbes probes) {
    this.towers = towers;
    this.probes = probes;
  }

  /** The text encoder stayed as it was. */
  static TrainedBiEncoder onFrozenTexts(Towers towers, HeadProbes probes) {
    return new TrainedBiEncoder(towers, probes);
  }

  public Towers towers() {
    return towers;
  }

  /** Writes the text encoder's graph, to {@code text_vector} of length 1. */
  public void exportEncoder(Path onnx) throws IOException {
    PretrainedText.load().exportEncoder(onnx);
  }

  /**
   * The largest difference between a number of the vectors that training computed and those that
   * serving computes.
   */
  public double parity() throws IOException {
    return probes.largestDifference(towers);
  }
}
