package io.sidestream.learning.pretrained;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.learning.generator.GeneratorExample;
import io.sidestream.learning.generator.GeneratorGraph;
import io.sidestream.learning.generator.GraphPlan;
import io.sidestream.learning.progress.LossCurve;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.Beam;
import io.sidestream.model.generator.CodeGenerator;
import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.generator.GeneratorVocabulary;
import io.sidestream.model.generator.PromptFrame;
import io.sidestream.model.onnx.Device;
import io.sidestream.model.text.TextTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A T5 or flan-t5 of a folder on its way into a bundle: read with tokens for the codes of a
 * codebook, fine-tuned, exported as the graph of one call. Closed by the caller, its tokenizer
 * aside; not thread-safe.
 */
public final class TunedGenerator implements AutoCloseable {
  /** IDs per prompt that {@link #parity} looks at. */
  private static final int PARITY_BEAMS = 16;

  private final T5Config config;
  private final IdTokens ids;
  private final GraphPlan plan;
  private final TextTokenizer words;
  private final byte[] tokenizer;
  private final SplittableRandom random;
  private Parameters parameters;
  private LossCurve losses = LossCurve.NONE;

  private TunedGenerator(
      T5Config config,
      IdTokens ids,
      GraphPlan plan,
      TextTokenizer words,
      byte[] tokenizer,
      SplittableRandom random,
      Parameters parameters) {
    this.config = config;
    this.ids = ids;
    this.plan = plan;
    this.words = words;
    this.tokenizer = tokenizer;
    this.random = random;
    this.parameters = parameters;
  }

  /**
   * What is served of a folder.
   *
   * @param vectorDimensions of the vectors that come with prompts, which this generator ignores
   * @param maxTokens longest prompt, its end counted
   * @param normalizer of the probabilities
   */
  public record Served(
      CodebookShape codebook,
      int vectorDimensions,
      int maxTokens,
      GraphPlan.Normalizer normalizer) {}

  /**
   * Reads a folder.
   *
   * @throws HuggingFaceException when it holds no model that is supported
   */
  public static TunedGenerator open(Path folder, Served served, Device device, long seed)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    HuggingFaceFolder source = HuggingFaceFolder.open(folder);
    T5Config pretrained = T5Config.of(source);
    UserTextTokenizer.requireWithin(source.tokenizer(), pretrained.vocabulary());
    byte[] json = UserTextTokenizer.json(source.tokenizer());
    IdTokens ids = new IdTokens(served.codebook(), pretrained.vocabulary());
    T5Config config = pretrained.extended(ids.count());
    Parameters parameters = T5Weights.read(source, pretrained, ids.count(), device, random.split());
    try {
      T5GraphWeights weights = new T5GraphWeights(parameters, config, ids);
      weights.requireFits(served.normalizer());
      GraphPlan plan =
          new GraphPlan(shape(config, served), weights.stacks(), false, served.normalizer());
      TextTokenizer words = TextTokenizer.of(json, served.maxTokens());
      return new TunedGenerator(config, ids, plan, words, json, random, parameters);
    } catch (IOException | RuntimeException e) {
      parameters.close();
      throw e;
    }
  }

  private static GeneratorShape shape(T5Config config, Served served) {
    return new GeneratorShape(
        served.codebook(),
        config.vocabulary(),
        served.vectorDimensions(),
        config.shape().dimensions(),
        config.shape().encoderLayers(),
        config.shape().heads(),
        config.shape().inner(),
        served.maxTokens());
  }

  /** As in manifests. */
  public GeneratorShape shape() {
    return plan.shape();
  }

  /** Its own tokenizer for text that users type; stays open when this is closed. */
  public TextTokenizer words() {
    return words;
  }

  /** Its own tokens, and those of the codes after them. */
  public GeneratorVocabulary vocabulary() {
    PromptFrame frame =
        new PromptFrame(
            tokens(TextPrompt.search("")),
            tokens(TextPrompt.recommend(List.of())),
            config.endToken(),
            ids.first());
    return GeneratorVocabulary.of(frame, ids.shape());
  }

  private int[] tokens(TextPrompt prompt) {
    return Arrays.stream(words.encodeBare(prompt.text().strip()))
        .mapToInt(Math::toIntExact)
        .toArray();
  }

  /** Writes the tokenizer that serving reads queries with. */
  public void exportTokenizer(Path json) throws IOException {
    Files.write(json, tokenizer);
  }

  /** Fine-tunes all weights on prompts of the vocabulary and the IDs that answer them. */
  public void train(
      List<GeneratorExample> examples,
      PretrainedGenerator.Settings settings,
      TrainingProgress progress) {
    check(!examples.isEmpty(), "no examples to train a generator with");
    TrainedLoss loss =
        new T5Training(config, parameters, settings, random, progress)
            .run(examples.stream().map(this::tokens).toList());
    parameters = parameters.toMainMemory();
    losses = loss.curve();
  }

  private T5Training.Tokens tokens(GeneratorExample example) {
    return new T5Training.Tokens(
        tokens(example.prompt()),
        T5Training.answer(ids, example.codes(), config.endToken()),
        example.weight());
  }

  private static long[] tokens(GeneratorPrompt prompt) {
    return Arrays.stream(prompt.tokens()).asLongStream().toArray();
  }

  /** The losses of its training: cross-entropy in nats, mean over tokens. */
  public LossCurve losses() {
    return losses;
  }

  /** Writes the graph that serving runs: from a prompt to the best IDs of a trie. */
  public void export(Path onnx) throws IOException {
    GeneratorGraph.of(plan, new T5GraphWeights(parameters, config, ids)).write(onnx);
  }

  /**
   * How far the exported graph is from this generator: the largest absolute difference of the
   * log-probabilities of the IDs that the graph writes.
   */
  public double parity(CodeGenerator exported, List<GeneratorPrompt> prompts, CodeTrie trie) {
    double largest = 0;
    for (GeneratorPrompt prompt : prompts) {
      List<Beam> beams = exported.generate(prompt, trie, PARITY_BEAMS);
      double[] expected = logProbabilities(prompt, trie, beams);
      for (int i = 0; i < expected.length; i++) {
        largest = Math.max(largest, Math.abs(expected[i] - beams.get(i).logProbability()));
      }
    }
    return largest;
  }

  private double[] logProbabilities(GeneratorPrompt prompt, CodeTrie trie, List<Beam> beams) {
    double[] sums = new double[beams.size()];
    List<int[]> codes = new ArrayList<>();
    beams.forEach(beam -> codes.add(trie.codes(beam.leaf())));
    try (T5Decoder decoder = new T5Decoder(parameters, config, tokens(prompt))) {
      for (int level = 0; level < ids.shape().levels(); level++) {
        int length = level;
        float[][] logits =
            decoder.after(codes.stream().map(id -> Arrays.copyOf(ids.tokens(id), length)).toList());
        for (int i = 0; i < sums.length; i++) {
          sums[i] += logProbability(logits[i], trie, codes.get(i), level);
        }
      }
    }
    return sums;
  }

  private double logProbability(float[] logits, CodeTrie trie, int[] codes, int level) {
    double[] among =
        plan.normalizer() == GraphPlan.Normalizer.TRIE
            ? Arrays.stream(trie.children(Arrays.copyOf(codes, level)))
                .mapToDouble(code -> logits[ids.token(level, code)])
                .toArray()
            : doubles(logits);
    double largest = Arrays.stream(among).max().orElseThrow();
    double sum = Arrays.stream(among).map(logit -> Math.exp(logit - largest)).sum();
    return logits[ids.token(level, codes[level])] - largest - Math.log(sum);
  }

  private static double[] doubles(float[] floats) {
    double[] doubles = new double[floats.length];
    Arrays.setAll(doubles, i -> floats[i]);
    return doubles;
  }

  @Override
  public void close() {
    parameters.close();
  }
}
