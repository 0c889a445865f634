package io.sidestream.learning.pretrained;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.Tensors;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.learning.transformer.TextTransformer;
import io.sidestream.learning.transformer.TextTransformerShape;
import io.sidestream.learning.transformer.TokenBatch;
import io.sidestream.model.onnx.Device;
import io.sidestream.model.text.TextTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A text encoder of a folder, such as all-mpnet-base-v2: texts become vectors of length 1 by the
 * modules that the folder names. Closed by the caller; not thread-safe.
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
   * @param device that trains and encodes
   */
  public record Settings(
      int epochs,
      int maxSteps,
      int batch,
      double learningRate,
      double warmup,
      double temperature,
      Device device) {
    /**
     * As published, arXiv 2508.10478: 5 epochs, batches of 512, rate 2e-5; temperature and warm-up
     * are sentence-transformers' own.
     */
    public static final Settings PUBLISHED =
        new Settings(5, Integer.MAX_VALUE, 512, 2e-5, 0.1, 0.05, Device.CPU);

    /** On the processor. */
    public Settings(
        int epochs,
        int maxSteps,
        int batch,
        double learningRate,
        double warmup,
        double temperature) {
      this(epochs, maxSteps, batch, learningRate, warmup, temperature, Device.CPU);
    }

    /** The same on another device. */
    public Settings on(Device other) {
      return new Settings(epochs, maxSteps, batch, learningRate, warmup, temperature, other);
    }

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
  private final SentenceModules modules;
  private final Parameters parameters;
  private final TextTokenizer words;
  private final byte[] tokenizer;
  private final Optional<String> prompt;
  private boolean closed;

  private PretrainedEncoder(
      TextTransformerShape shape,
      SentenceModules modules,
      Parameters parameters,
      TextTokenizer words,
      byte[] tokenizer,
      Optional<String> prompt) {
    this.shape = shape;
    this.modules = modules;
    this.parameters = parameters;
    this.words = words;
    this.tokenizer = tokenizer;
    this.prompt = prompt;
  }

  /**
   * Opens a folder on the processor.
   *
   * @throws HuggingFaceException when it holds no encoder that is supported
   */
  public static PretrainedEncoder open(Path folder) throws IOException {
    return open(EncoderFolder.of(folder), Device.CPU);
  }

  /**
   * Opens a folder.
   *
   * @throws HuggingFaceException when it holds no encoder that is supported
   */
  public static PretrainedEncoder open(EncoderFolder folder, Device device) throws IOException {
    HuggingFaceFolder opened = HuggingFaceFolder.open(folder.path());
    TextTransformerShape shape = TextModelWeights.shape(opened.config());
    Optional<String> prompt = SentencePrompt.of(opened, folder.prompt());
    SentenceModules modules = SentenceModules.of(opened, shape, prompt);
    UserTextTokenizer.requireWithin(opened.tokenizer(), shape.vocabulary());
    byte[] json = SentenceModules.tokenizer(opened, prompt);
    int cut = Math.min(folder.maxTokens(), SentenceModules.maxTokens(opened, shape));
    Parameters parameters = TextModelWeights.read(opened, shape, device);
    try {
      modules.read(opened, parameters);
      TextTokenizer words = TextTokenizer.of(json, cut);
      try {
        SentencePrompt.requireRoom(folder.path(), prompt, words);
        return new PretrainedEncoder(shape, modules, parameters, words, json, prompt);
      } catch (IOException | RuntimeException e) {
        words.close();
        throw e;
      }
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
    return fineTuned(EncoderFolder.of(folder), queryItem, itemItem, settings, seed, progress);
  }

  /** The same with texts given as it says. */
  public static PretrainedEncoder fineTuned(
      EncoderFolder folder,
      List<TextPair> queryItem,
      List<TextPair> itemItem,
      Settings settings,
      long seed,
      TrainingProgress progress)
      throws IOException {
    PretrainedEncoder encoder = open(folder, settings.device());
    try {
      new TextTraining(
              encoder.shape,
              encoder.modules,
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
    return modules.dimensions();
  }

  /** Where texts are cut. */
  public int maxTokens() {
    return words.maxTokens();
  }

  /** What is put before each text; the tokenizer does it. */
  public Optional<String> prompt() {
    return prompt;
  }

  /** Writes the graph that serving runs, its weights from wherever they are. */
  public void exportEncoder(Path onnx) throws IOException {
    TextEncoderGraph.of(shape, modules, parameters).write(onnx);
  }

  /** Writes the tokenizer that goes with it. */
  public void exportTokenizer(Path json) throws IOException {
    Files.write(json, tokenizer);
  }

  /**
   * The unit vector of each text, shape [text][dimension]. Texts of similar length share a batch:
   * the last bits of a vector depend on which texts it is computed beside.
   */
  public float[][] encode(List<String> texts) {
    check(!closed, "the encoder is closed");
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
      TextTransformer model = new TextTransformer(step, shape);
      float[][] rows = Tensors.rows(modules.vectors(step, model, shape.layers(), batch)); // (B, E)
      for (int row = 0; row < some.length; row++) {
        vectors[some[row]] = rows[row];
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    parameters.close();
    words.close();
  }
}
