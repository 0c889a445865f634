package io.sidestream.learning.pretrained;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.Tensors;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.learning.transformer.TextTransformer;
import io.sidestream.learning.transformer.TextTransformerShape;
import io.sidestream.learning.transformer.TokenBatch;
import io.sidestream.model.text.TextTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A text encoder of a folder, such as all-mpnet-base-v2: texts become vectors of length 1 by the
 * mean over their tokens. Closed by the caller; not thread-safe.
 */
public final class PretrainedEncoder implements AutoCloseable {
  /**
   * How to fine-tune.
   *
   * @param epochs times that each pair of the larger kind is seen
   * @param maxSteps most batches in all, whatever the epochs
   * @param batch pairs of each kind per step
   * @param learningRate at its peak, from where it falls in a line to 0
   * @param warmup share of the steps in which the rate rises, 0 to 1
   * @param temperature what cosines are divided by
   */
  public record Settings(
      int epochs, int maxSteps, int batch, double learningRate, double warmup, double temperature) {
    /**
     * As published, arXiv 2508.10478: 5 epochs, batches of 512, rate 2e-5; temperature and warm-up
     * are sentence-transformers' own.
     */
    public static final Settings PUBLISHED =
        new Settings(5, Integer.MAX_VALUE, 512, 2e-5, 0.1, 0.05);

    public Settings {
      check(epochs > 0 && maxSteps > 0, "%d epochs, at most %d steps", epochs, maxSteps);
      check(batch > 1, "batch of %d, expected at least 2", batch);
      check(learningRate > 0, "learning rate %f, expected above 0", learningRate);
      check(warmup >= 0 && warmup <= 1, "warm-up %f, expected 0 to 1", warmup);
      check(temperature > 0, "temperature %f, expected above 0", temperature);
    }
  }

  private static final int AT_ONCE = 32;

  private final TextTransformerShape shape;
  private final Parameters parameters;
  private final TextTokenizer words;

  private PretrainedEncoder(
      TextTransformerShape shape, Parameters parameters, TextTokenizer words) {
    this.shape = shape;
    this.parameters = parameters;
    this.words = words;
  }

  /**
   * Opens a folder.
   *
   * @throws HuggingFaceException when it holds no encoder that is supported
   */
  public static PretrainedEncoder open(Path folder) throws IOException {
    HuggingFaceFolder opened = HuggingFaceFolder.open(folder);
    TextTransformerShape shape = TextModelWeights.shape(opened.config());
    SentenceFiles.check(opened);
    int maxTokens = Math.min(shape.maxTokens(), SentenceFiles.maxTokens(opened, shape));
    Parameters parameters = TextModelWeights.read(opened, shape);
    try {
      return new PretrainedEncoder(
          shape, parameters, UserTextTokenizer.open(opened.tokenizer(), maxTokens));
    } catch (IOException | RuntimeException e) {
      parameters.close();
      throw e;
    }
  }

  /**
   * Opens a folder and fine-tunes what it holds on both kinds of pairs at once, by the sum of two
   * contrastive losses. One kind may have no pairs. Same folder, pairs, settings and seed: the same
   * encoder, on one machine with one number of threads.
   */
  public static PretrainedEncoder fineTuned(
      Path folder,
      List<TextPair> queryItem,
      List<TextPair> itemItem,
      Settings settings,
      long seed,
      TrainingProgress progress)
      throws IOException {
    PretrainedEncoder encoder = open(folder);
    try {
      new TextTraining(
              encoder.shape,
              encoder.parameters,
              encoder.words,
              settings,
              new SplittableRandom(seed),
              progress)
          .run(queryItem, itemItem);
      return encoder;
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  /** Of each vector. */
  public int dimensions() {
    return shape.dimensions();
  }

  /**
   * The unit vector of each text, shape [text][dimension]. Texts of similar length share a batch:
   * the last bits of a vector depend on which texts it is computed beside.
   */
  public float[][] encode(List<String> texts) {
    long[][] tokens = texts.stream().map(words::encode).toArray(long[][]::new);
    int[] byLength =
        IntStream.range(0, tokens.length)
            .boxed()
            .sorted(Comparator.comparingInt(text -> tokens[text].length))
            .mapToInt(Integer::intValue)
            .toArray();
    float[][] vectors = new float[tokens.length][];
    for (int from = 0; from < byLength.length; from += AT_ONCE) {
      int[] some = Arrays.copyOfRange(byLength, from, Math.min(byLength.length, from + AT_ONCE));
      encode(tokens, some, vectors);
    }
    return vectors;
  }

  private void encode(long[][] tokens, int[] some, float[][] vectors) {
    TokenBatch batch = TokenBatch.of(IntStream.of(some).mapToObj(text -> tokens[text]).toList(), 0);
    try (TrainingStep step = TrainingStep.computing(parameters)) {
      float[][] rows = Tensors.rows(new TextTransformer(step, shape).vectors(batch)); // (B, E)
      for (int row = 0; row < some.length; row++) {
        vectors[some[row]] = rows[row];
      }
    }
  }

  @Override
  public void close() {
    parameters.close();
    words.close();
  }
}
