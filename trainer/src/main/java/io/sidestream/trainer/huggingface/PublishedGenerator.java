package io.sidestream.trainer.huggingface;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.trainer.TrainingProgress;
import io.sidestream.trainer.huggingface.beams.AllowedTokens;
import io.sidestream.trainer.huggingface.beams.GroupBeamSearch;
import io.sidestream.trainer.huggingface.beams.NextLogits;
import io.sidestream.trainer.huggingface.beams.Stopping;
import io.sidestream.trainer.huggingface.beams.WrittenSequence;
import io.sidestream.trainer.tensor.Parameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A T5 or flan-t5 of a folder that has learned to answer prompts with Semantic IDs. Whoever takes
 * it closes it; not for several threads.
 */
public final class PublishedGenerator implements AutoCloseable {
  /**
   * How to train.
   *
   * @param epochs times that each example is seen
   * @param maxSteps most batches in all, whatever the epochs
   * @param batch examples per step
   * @param learningRate of the first step, from where it falls in a line to 0
   * @param weightDecay per unit of learning rate, on matrices
   * @param maxTokens longest prompt, its end counted
   */
  public record Settings(
      int epochs, int maxSteps, int batch, double learningRate, double weightDecay, int maxTokens) {
    /** Longest prompt that may be asked for. */
    public static final int MAX_TOKENS = 2_048;

    /** As published, arXiv 2508.10478; prompts as long as flan-t5's. */
    public static final Settings PUBLISHED =
        new Settings(3, Integer.MAX_VALUE, 128, 2e-3, 0.01, 512);

    public Settings {
      check(epochs > 0 && maxSteps > 0, "%d epochs, at most %d steps", epochs, maxSteps);
      check(batch > 0, "batch of %d, expected at least 1", batch);
      check(learningRate > 0, "learning rate %f, expected above 0", learningRate);
      check(weightDecay >= 0, "weight decay %f, expected at least 0", weightDecay);
      check(
          maxTokens > 2 && maxTokens <= MAX_TOKENS,
          "prompts of %d tokens, expected 3 to %d",
          maxTokens,
          MAX_TOKENS);
    }
  }

  private final T5Shape shape;
  private final Parameters parameters;
  private final PromptWriter prompts;
  private final double loss;

  PublishedGenerator(T5Shape shape, Parameters parameters, PromptWriter prompts, double loss) {
    this.shape = shape;
    this.parameters = parameters;
    this.prompts = prompts;
    this.loss = loss;
  }

  /**
   * Teaches the model of a folder to answer. Same folder, examples, settings and seed: the same
   * generator, on one machine with one number of threads.
   *
   * @throws HuggingFaceException when the folder holds no model that is supported
   */
  public static PublishedGenerator train(
      Path folder,
      CodebookShape codebook,
      List<TextExample> examples,
      Settings settings,
      long seed,
      TrainingProgress progress)
      throws IOException {
    check(!examples.isEmpty(), "no examples to train a generator with");
    SplittableRandom random = new SplittableRandom(seed);
    HuggingFaceFolder opened = HuggingFaceFolder.open(folder);
    T5Shape pretrained = T5Shape.of(opened.config());
    IdTokens ids = new IdTokens(codebook, pretrained.vocabulary());
    TypedText words = TypedText.open(opened.tokenizer(), settings.maxTokens());
    try {
      PromptWriter prompts =
          new PromptWriter(words, ids, pretrained.endToken(), settings.maxTokens());
      Parameters parameters = T5Weights.read(opened, pretrained, ids.count(), random.split());
      try {
        T5Shape shape = pretrained.extended(ids.count());
        double loss =
            new T5Training(shape, parameters, prompts, settings, random, progress).run(examples);
        return new PublishedGenerator(shape, parameters, prompts, loss);
      } catch (RuntimeException e) {
        parameters.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      words.close();
      throw e;
    }
  }

  public CodebookShape codebook() {
    return prompts.ids().shape();
  }

  /** Mean loss of the last epoch: cross-entropy in nats, mean over tokens. */
  public double loss() {
    return loss;
  }

  /**
   * The IDs that answer a prompt, best first, none twice.
   *
   * @param trie the IDs that exist
   */
  public List<WrittenId> generate(TextPrompt prompt, CodeTrie trie, Decoding decoding) {
    check(
        trie.shape().equals(codebook()),
        "trie is of %s, generator of %s",
        trie.shape(),
        codebook());
    try (T5Decoder decoder = new T5Decoder(parameters, shape, prompts.tokens(prompt))) {
      return decoding.fold(
          exact -> new LikeliestIds(trie, prompts.ids(), decoder).find(exact.ids()),
          groups -> ids(sequences(decoder, trie, groups), trie));
    }
  }

  private List<WrittenSequence> sequences(NextLogits model, CodeTrie trie, Decoding.Groups groups) {
    GroupBeamSearch search =
        new GroupBeamSearch(
            groups.beams(),
            groups.groups(),
            groups.diversityPenalty(),
            1,
            Stopping.WHEN_NOT_BETTER_NOW,
            codebook().levels(),
            shape.endToken(),
            shape.padToken());
    return search.search(model, groups.constrained() ? of(trie) : AllowedTokens.ANY);
  }

  /** The children of a prefix; only the end after what is no ID's prefix. */
  private AllowedTokens of(CodeTrie trie) {
    IdTokens ids = prompts.ids();
    return (prefix, vocabulary) -> {
      Optional<int[]> codes = ids.codes(prefix).filter(c -> c.length < codebook().levels());
      int[] tokens =
          Arrays.stream(codes.map(trie::children).orElse(new int[0]))
              .map(code -> ids.token(prefix.length, code))
              .toArray();
      return tokens.length == 0 ? new int[] {shape.endToken()} : tokens;
    };
  }

  private List<WrittenId> ids(List<WrittenSequence> sequences, CodeTrie trie) {
    List<WrittenId> ids = new ArrayList<>();
    Set<Integer> leaves = new HashSet<>();
    for (WrittenSequence sequence : sequences) {
      Optional<int[]> codes = prompts.ids().codes(sequence.tokens());
      int leaf = codes.map(trie::leaf).orElse(CodeTrie.ABSENT);
      if (leaf != CodeTrie.ABSENT && leaves.add(leaf)) {
        ids.add(new WrittenId(codes.get(), sequence.logProbability(), sequence.score()));
      }
    }
    return ids;
  }

  @Override
  public void close() {
    parameters.close();
    prompts.words().close();
  }
}
