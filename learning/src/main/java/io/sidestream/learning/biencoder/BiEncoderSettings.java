package io.sidestream.learning.biencoder;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkRange;

import io.sidestream.model.onnx.Device;

/**
 * How the bi-encoder is trained.
 *
 * @param dimensions of the space that items, queries and histories share, 2 to 4,096
 * @param historyItems how many of the newest items make a history's vector, 1 to 1,000
 * @param historyDecay weight of an item relative to the one after it, in (0, 1]
 * @param objective what is minimized
 * @param heads how the heads train, always
 * @param layers which of the text encoder's layers train, and how
 * @param threads that encode texts on ONNX Runtime, where layers train
 * @param device that heads and layers train on
 */
public record BiEncoderSettings(
    int dimensions,
    int historyItems,
    double historyDecay,
    Objective objective,
    Heads heads,
    Layers layers,
    int threads,
    Device device) {
  static final int MAX_DIMENSIONS = 4096;
  static final int MAX_HISTORY_ITEMS = 1000;
  static final int MAX_STEPS = 1_000_000;
  static final int MAX_BATCH = 4096;

  /**
   * @param steps 0 to 1,000,000; 0 leaves the heads as they begin
   * @param batch pairs of each kind per step, 2 to 4,096
   * @param learningRate of the first step after warm-up, above 0
   * @param weightDecay share of each weight that a step takes off, times the learning rate
   */
  public record Heads(int steps, int batch, double learningRate, double weightDecay) {
    public Heads {
      checkTraining(steps, batch, learningRate);
      check(weightDecay >= 0, "weight decay is %s, expected 0 or more", weightDecay);
    }
  }

  /**
   * @param trained how many of the last layers train, 0 to 6; 0 keeps the text encoder as it is
   * @param steps 0 to 1,000,000
   * @param batch pairs of each kind per step, 2 to 4,096
   * @param learningRate of the first step after warm-up, above 0
   * @param maxTokens word pieces after which a text is cut while layers train, 3 to 512
   * @param servedTokens word pieces after which a text is cut in serving, and where the heads learn
   *     on the layers that were trained
   */
  public record Layers(
      int trained, int steps, int batch, double learningRate, int maxTokens, int servedTokens) {
    /** The text encoder stays as it is. */
    public static final Layers NONE = new Layers(0, 200, 32, 3e-5, 48, 128);

    static final int MAX_TRAINED = 6;

    public Layers {
      checkRange(trained, 0, MAX_TRAINED, "%d layers train");
      checkTraining(steps, batch, learningRate);
    }
  }

  public BiEncoderSettings {
    checkRange(dimensions, 2, MAX_DIMENSIONS, "space of %d dimensions");
    checkRange(historyItems, 1, MAX_HISTORY_ITEMS, "history of %d items");
    check(historyDecay > 0 && historyDecay <= 1, "history decay %s outside (0, 1]", historyDecay);
    for (int prefix : objective.prefixes()) {
      check(
          prefix < dimensions,
          "prefix of %d dimensions, expected fewer than the space's %d",
          prefix,
          dimensions);
    }
  }

  public BiEncoderSettings withObjective(Objective other) {
    return new BiEncoderSettings(
        dimensions, historyItems, historyDecay, other, heads, layers, threads, device);
  }

  private static void checkTraining(int steps, int batch, double learningRate) {
    checkRange(steps, 0, MAX_STEPS, "training of %d steps");
    checkRange(batch, 2, MAX_BATCH, "batch of %d pairs");
    check(learningRate > 0, "learning rate is %s, expected above 0", learningRate);
  }
}
