package io.sidestream.trainer.encoder;

import io.sidestream.model.vectors.Towers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** What the bi-encoder's training came to: the towers and the text encoder below them. */
public final class TrainedBiEncoder {
  private final Towers towers;
  private final TrainedText text;
  private final HeadProbes probes;

  TrainedBiEncoder(Towers towers, TrainedText text, HeadProbes probes) {
    this.towers = towers;
    this.text = text;
    this.probes = probes;
  }

  /**
   * The text encoder's weights that training changed, none when it stayed as it was.
   *
   * @param weights by name
   * @param maxPieces that a text was cut to
   */
  record TrainedText(Map<String, float[]> weights, TextProbes probes, int maxPieces, int threads) {
    static TrainedText unchanged(BiEncoderSettings settings) {
      return new TrainedText(
          Map.of(), TextProbes.NONE, settings.layers().maxPieces(), settings.threads());
    }
  }

  public Towers towers() {
    return towers;
  }

  /** Whether the text encoder differs from the pretrained one: its vectors have to be made anew. */
  public boolean changedText() {
    return !text.weights().isEmpty();
  }

  /** Writes the text encoder's graph, to {@code text_vector} of length 1. */
  public void exportEncoder(Path onnx) throws IOException {
    PretrainedText.load().graph().with(text.weights()).write(onnx);
  }

  /**
   * The largest difference between a number of the vectors that training computed and those that
   * serving computes.
   */
  public double parity() throws IOException {
    double towersDiffer = probes.largestDifference(towers);
    return changedText() ? Math.max(towersDiffer, textParity()) : towersDiffer;
  }

  private double textParity() throws IOException {
    try (ExportedText served =
        ExportedText.open(
            PretrainedText.load(), text.weights(), text.maxPieces(), text.threads())) {
      return text.probes().largestDifference(served.encode(text.probes().texts()));
    }
  }
}
