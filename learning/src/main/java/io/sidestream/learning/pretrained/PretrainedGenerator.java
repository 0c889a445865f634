package io.sidestream.learning.pretrained;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkRange;

import io.sidestream.learning.progress.LossCurve;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.onnx.Device;
import io.sidestream.model.text.TextTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A T5 or flan-t5 of a folder, fine-tuned to answer prompts with Semantic IDs. Closed by the
 * caller; not thread-safe.
 */
public final class PretrainedGenerator implements AutoCloseable {
  /**
   * How to train.
   *
   * @param epochs times that each example is seen
   * @param maxSteps most batches in all, whatever the epochs
   * @param batch examples per step
   * @param learningRate of the first step, from where it falls in a line to 0
   * @param weightDecay per unit of learning rate, on matrices
   * @param maxTokens longest prompt, its end counted
   * @param device that trains; what is trained answers on the processor
   */
  public record Settings(
      int epochs,
      int maxSteps,
      int batch,
      double learningRate,
      double weightDecay,
      int maxTokens,
      Device device) {
    /** Most tokens of a prompt. */
    public static final int MAX_TOKENS = 2_048;

    /** As published, arXiv 2508.10478; prompts as long as flan-t5's. */
    public static final Settings PUBLISHED =
        new Settings(3, Integer.MAX_VALUE, 128, 2e-3, 0.01, 512, Device.CPU);

    /** On the processor. */
    public Settings(
        int epochs,
        int maxSteps,
        int batch,
        double learningRate,
        double weightDecay,
        int maxTokens) {
      this(epochs, maxSteps, batch, learningRate, weightDecay, maxTokens, Device.CPU);
    }

    /** The same on another device. */
    public Settings on(Device other) {
      return new Settings(epochs, maxSteps, batch, learningRate, weightDecay, maxTokens, other);
    }

    public Settings {
      check(epochs > 0 && maxSteps > 0, "%d epochs, at most %d steps", epochs, maxSteps);
      check(batch > 0, "batch of %d, expected at least 1", batch);
      check(learningRate > 0, "learning rate %f, expected above 0", learningRate);
      check(weightDecay >= 0, "weight decay %f, expected at least 0", weightDecay);
      checkRange(maxTokens, 3, MAX_TOKENS, "prompts of %d tokens");
    }
  }

  private final T5Config config;
  private final Parameters parameters;
  private final PromptWriter prompts;
  private final TrainedLoss loss;

  private PretrainedGenerator(
      T5Config config, Parameters parameters, PromptWriter prompts, TrainedLoss loss) {
    this.config = config;
    this.parameters = parameters;
    this.prompts = prompts;
    this.loss = loss;
  }

  /**
   * Reads a folder whole, so that an unsupported model is refused before hours of preparation.
   *
   * @throws HuggingFaceException when it holds no model that is supported
   */
  public static void requireSupported(Path folder) throws IOException {
    HuggingFaceFolder source = HuggingFaceFolder.open(folder);
    T5Config config = T5Config.of(source);
    UserTextTokenizer.requireWithin(source.tokenizer(), config.vocabulary());
    T5Weights.read(source, config, 0, Device.CPU, new SplittableRandom(0)).close();
    UserTextTokenizer.open(source.tokenizer(), Settings.PUBLISHED.maxTokens()).close();
  }

  /**
   * Fine-tunes the model of a folder. Same folder, examples, settings and seed: the same generator,
   * on one machine with one number of threads.
   *
   * @throws HuggingFaceException when the folder holds no model that is supported
   */
  public static PretrainedGenerator train(
      Path folder,
      CodebookShape codebook,
      List<TextExample> examples,
      Settings settings,
      long seed,
      TrainingProgress progress)
      throws IOException {
    check(!examples.isEmpty(), "no examples to train a generator with");
    SplittableRandom random = new SplittableRandom(seed);
    HuggingFaceFolder source = HuggingFaceFolder.open(folder);
    T5Config pretrained = T5Config.of(source);
    UserTextTokenizer.requireWithin(source.tokenizer(), pretrained.vocabulary());
    IdTokens ids = new IdTokens(codebook, pretrained.vocabulary());
    T5Config config = pretrained.extended(ids.count());
    Parameters parameters =
        T5Weights.read(source, pretrained, ids.count(), settings.device(), random.split());
    try {
      PromptWriter prompts = prompts(source, ids, config, settings.maxTokens());
      try {
        TrainedLoss loss =
            new T5Training(config, parameters, settings, random, progress)
                .run(examples.stream().map(example -> tokens(example, prompts)).toList());
        return new PretrainedGenerator(config, parameters.toMainMemory(), prompts, loss);
      } catch (RuntimeException e) {
        prompts.words().close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      parameters.close();
      throw e;
    }
  }

  private static T5Training.Tokens tokens(TextExample example, PromptWriter prompts) {
    return new T5Training.Tokens(
        prompts.tokens(example.prompt()),
        T5Training.answer(prompts.ids(), example.codes(), prompts.endToken()),
        1);
  }

  private static PromptWriter prompts(
      HuggingFaceFolder source, IdTokens ids, T5Config config, int maxTokens) throws IOException {
    TextTokenizer words = UserTextTokenizer.open(source.tokenizer(), maxTokens);
    try {
      return new PromptWriter(words, ids, config.endToken(), maxTokens);
    } catch (RuntimeException e) {
      words.close();
      throw e;
    }
  }

  public CodebookShape codebook() {
    return prompts.ids().shape();
  }

  /** Mean loss of the last epoch: cross-entropy in nats, mean over tokens. */
  public double loss() {
    return loss.lastEpoch();
  }

  /** The losses of its training, likewise. */
  public LossCurve losses() {
    return loss.curve();
  }

  /**
   * The IDs that answer a prompt, best first, none twice.
   *
   * @param trie the IDs that exist
   */
  public List<GeneratedId> generate(TextPrompt prompt, CodeTrie trie, Decoding decoding) {
    check(
        trie.shape().equals(codebook()),
        "trie is of %s, generator of %s",
        trie.shape(),
        codebook());
    IdTokens ids = prompts.ids();
    try (T5Decoder decoder = new T5Decoder(parameters, config, prompts.tokens(prompt))) {
      return decoding.fold(
          exact -> new BestFirstDecoder(trie, ids, decoder).find(exact.ids()),
          groups ->
              new DiverseBeamDecoder(trie, ids, config.endToken(), config.padToken())
                  .find(decoder, groups));
    }
  }

  @Override
  public void close() {
    parameters.close();
    prompts.words().close();
  }
}
