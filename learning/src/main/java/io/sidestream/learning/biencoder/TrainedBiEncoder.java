package io.sidestream.learning.biencoder;

import io.sidestream.learning.progress.LossCurve;
import io.sidestream.model.vectors.Towers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The result of the bi-encoder's training: the towers and the text encoder below them. */
public final class TrainedBiEncoder {
  private final ExportedTowers served;
  private final TrainedText text;
  private final HeadProbes probes;
  private final LossCurve losses;

  TrainedBiEncoder(ExportedTowers served, TrainedText text, HeadProbes probes, LossCurve losses) {
    this.served = served;
    this.text = text;
    this.probes = probes;
    this.losses = losses;
  }

  /**
   * The text encoder's weights that training changed, none when it stayed as it was.
   *
   * @param weights by name
   * @param maxTokens that a text was cut to
   */
  record TrainedText(
      Map<String, float[]> weights,
      LossCurve losses,
      TextProbes probes,
      int maxTokens,
      int threads) {
    static TrainedText unchanged(BiEncoderSettings settings) {
      return new TrainedText(
          Map.of(),
          LossCurve.NONE,
          TextProbes.NONE,
          settings.layers().maxTokens(),
          settings.threads());
    }
  }

  public Towers towers() {
    return served.towers();
  }

  /**
   * Each item's input to the towers beside its text: its collaborative vector, or its embedding
   * where one was learned. Shape [row][C of the towers]; all zero for an item without interactions.
   */
  public float[][] collaborative() {
    return served.collaborative();
  }

  /**
   * The unit vectors of the corpus' items.
   *
   * @param textVectors of their texts by the encoder that is exported, shape [row][E]
   * @return shape [row][D]
   */
  public float[][] itemVectors(float[][] textVectors) {
    return served.vectors(textVectors);
  }

  /** How the loss fell, step by step, over all phases. */
  public LossCurve losses() {
    return losses;
  }

  /** Whether the text encoder was fine-tuned: its vectors have to be computed again. */
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
    double towersDiffer = probes.largestDifference(served);
    return changedText() ? Math.max(towersDiffer, textParity()) : towersDiffer;
  }

  private double textParity() throws IOException {
    try (ExportedText served =
        ExportedText.open(
            PretrainedText.load(), text.weights(), text.maxTokens(), text.threads())) {
      return text.probes().largestDifference(served.encode(text.probes().texts()));
    }
  }
}
