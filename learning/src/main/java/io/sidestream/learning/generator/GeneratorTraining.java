package io.sidestream.learning.generator;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkEqual;
import static io.sidestream.schemas.Checks.checkRange;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.progress.LossCurve;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.tensor.AdamW;
import io.sidestream.learning.tensor.LearningRate;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.learning.transformer.Dropout;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.onnx.Device;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Trains a generator on prompts and the IDs that answer them. The same seed gives the same weights.
 */
public final class GeneratorTraining {
  private static final String STAGE = "generator";

  /**
   * How to train.
   *
   * @param epochs times that each example is seen, at least 1
   * @param maxSteps most batches in all, whatever the epochs
   * @param batch examples per step
   * @param learningRate at its peak, from where it falls along half a cosine to 0
   * @param weightDecay per unit of learning rate, on matrices
   * @param dropout dropout rate, 0 to below 1
   * @param warmup share of the steps in which the learning rate rises, 0 to 1
   * @param vectorFeatures whether it reads the prompts' vectors beside their tokens
   * @param distillationWeight weight of the teacher's distribution in the targets, 0 to below 1;
   *     the rest is on the right codes. Unused without a teacher
   * @param device that trains
   */
  public record Settings(
      int epochs,
      int maxSteps,
      int batch,
      double learningRate,
      double weightDecay,
      double dropout,
      double warmup,
      boolean vectorFeatures,
      double distillationWeight,
      Device device) {
    public Settings {
      check(epochs > 0 && maxSteps > 0, "%d epochs, at most %d steps", epochs, maxSteps);
      check(batch > 0, "batch of %d, expected at least 1", batch);
      check(learningRate > 0, "learning rate %f, expected above 0", learningRate);
      check(weightDecay >= 0, "weight decay %f, expected at least 0", weightDecay);
      check(dropout >= 0 && dropout < 1, "dropout %f, expected 0 to below 1", dropout);
      check(
          distillationWeight >= 0 && distillationWeight < 1,
          "distillation weight %f, expected 0 to below 1",
          distillationWeight);
      check(warmup >= 0 && warmup <= 1, "warm-up %f, expected 0 to 1", warmup);
    }
  }

  private final GeneratorShape shape;
  private final CodeTrie trie;
  private final Settings settings;
  private final Optional<DenseTeacher> teacher;
  private final TrainingProgress progress;
  private final SplittableRandom shuffles;
  private final Dropout dropout;

  private GeneratorTraining(
      GeneratorShape shape,
      CodeTrie trie,
      Settings settings,
      Optional<DenseTeacher> teacher,
      SplittableRandom random,
      TrainingProgress progress) {
    this.shape = shape;
    this.teacher = teacher.filter(some -> settings.distillationWeight() > 0);
    this.trie = trie;
    this.settings = settings;
    this.progress = progress;
    this.shuffles = random.split();
    this.dropout = new Dropout(settings.dropout(), random.split());
  }

  /** Trains without a teacher. */
  public static GeneratorWeights train(
      GeneratorShape shape,
      CentroidLogits geometry,
      CodeTrie trie,
      List<GeneratorExample> examples,
      Settings settings,
      long seed,
      TrainingProgress progress) {
    return train(shape, geometry, trie, examples, Optional.empty(), settings, seed, progress);
  }

  /**
   * Trains a generator of the IDs of a trie, for the caller to close.
   *
   * @param geometry initial logits from prompts' vectors
   * @param trie the IDs that exist; the examples' are among them
   * @param teacher whose items have the IDs of the trie
   */
  public static GeneratorWeights train(
      GeneratorShape shape,
      CentroidLogits geometry,
      CodeTrie trie,
      List<GeneratorExample> examples,
      Optional<DenseTeacher> teacher,
      Settings settings,
      long seed,
      TrainingProgress progress) {
    check(!examples.isEmpty(), "no examples to train a generator with");
    examples.forEach(example -> checkFits(example, shape, trie));
    SplittableRandom random = new SplittableRandom(seed);
    Parameters parameters =
        settings.vectorFeatures()
            ? GeneratorParameters.random(shape, geometry, settings.device(), random.split())
            : GeneratorParameters.withoutVectorFeatures(shape, settings.device(), random.split());
    try {
      LossCurve losses =
          new GeneratorTraining(shape, trie, settings, teacher, random, progress)
              .run(parameters, examples);
      return new GeneratorWeights(shape, parameters.toMainMemory(), losses);
    } catch (RuntimeException e) {
      parameters.close();
      throw e;
    }
  }

  private static void checkFits(GeneratorExample example, GeneratorShape shape, CodeTrie trie) {
    int length = example.prompt().length();
    check(
        length > 0 && length <= shape.maxTokens(),
        "prompt has %d tokens, expected 1 to %d",
        length,
        shape.maxTokens());
    checkEqual(
        example.prompt().vector().length,
        shape.vectorDimensions(),
        "prompt's vector has %d dimensions");
    checkEqual(example.codes().length, shape.codebook().levels(), "answer has %d codes");
    for (int token : example.prompt().tokens()) {
      checkRange(token, 0, shape.vocabulary() - 1, "token %d");
    }
    check(
        trie.leaf(example.codes()) != CodeTrie.ABSENT,
        "answer %s is not in the trie",
        Arrays.toString(example.codes()));
  }

  private LossCurve run(Parameters parameters, List<GeneratorExample> examples) {
    long perEpoch = ((long) examples.size() + settings.batch() - 1) / settings.batch();
    long total = Math.min(settings.maxSteps(), perEpoch * settings.epochs());
    LearningRate rate =
        LearningRate.cosine(settings.learningRate(), Math.round(total * settings.warmup()), total);
    progress.stage(STAGE, "%,d examples, %,d weights", examples.size(), parameters.size());
    LossCurve.Recorder losses = new LossCurve.Recorder(total);
    try (AdamW optimizer =
        new AdamW(parameters, AdamW.Settings.withDecay(settings.weightDecay()))) {
      long done = 0;
      while (done < total) {
        for (List<GeneratorExample> batch : Batches.of(examples, settings.batch(), shuffles)) {
          if (done < total) {
            losses.add(step(parameters, optimizer, batch, rate.at(done)));
            progress.step(++done, total);
          }
        }
      }
    }
    LossCurve curve = losses.curve();
    progress.finished(STAGE, "loss %.3f", curve.last());
    return curve;
  }

  private NDArray loss(Forward forward, ExampleBatch batch) {
    return teacher
        .map(some -> forward.loss(batch, trie, targets(batch, some)))
        .orElseGet(() -> forward.loss(batch, trie));
  }

  /** The teacher's distribution, and the right codes for the rest. */
  private float[] targets(ExampleBatch batch, DenseTeacher some) {
    int width = shape.codebook().width();
    float[] targets = some.probabilities(batch, width);
    for (int i = 0; i < targets.length; i++) {
      targets[i] *= (float) settings.distillationWeight();
    }
    for (int place = 0; place < batch.codes().length; place++) {
      targets[place * width + batch.codes()[place]] += (float) (1 - settings.distillationWeight());
    }
    return targets;
  }

  private boolean learns(String weight) {
    return settings.vectorFeatures() || !GeneratorParameters.OF_VECTORS.contains(weight);
  }

  private double step(
      Parameters parameters, AdamW optimizer, List<GeneratorExample> batch, double rate) {
    try (TrainingStep step = TrainingStep.learning(parameters, this::learns)) {
      Forward forward = new Forward(shape, step, dropout);
      double loss = step.backward(loss(forward, ExampleBatch.of(batch)));
      optimizer.apply(step, rate);
      return loss;
    }
  }
}
