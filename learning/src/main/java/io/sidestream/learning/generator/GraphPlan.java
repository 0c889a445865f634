package io.sidestream.learning.generator;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.learning.transformer.T5Shape;
import io.sidestream.model.generator.GeneratorShape;

/**
 * What a generator's graph is made of.
 *
 * @param shape what it reads and writes; the tokens of codes are the last ones of the vocabulary
 * @param stacks encoder and decoder, matrices as [in, out]
 * @param vectors whether prompts' vectors are read: as a first position, and for centroid logits
 * @param normalizer of the codes' probabilities
 */
public record GraphPlan(
    GeneratorShape shape, T5Shape stacks, boolean vectors, Normalizer normalizer) {
  /** The names of the weights beside those of the stacks, as GeneratorParameters has them. */
  public static final String TOKENS = GeneratorParameters.TOKENS; // (V, M)

  public static final String START = GeneratorParameters.START; // (1, M)
  public static final String HEADS = GeneratorParameters.HEADS; // (L, M, K)

  /** With {@link Normalizer#VOCABULARY} alone. */
  public static final String VOCABULARY_HEAD = "vocabulary_head.weight"; // (M, V)

  /** What the probabilities of the codes that may follow are divided by. */
  public enum Normalizer {
    /** Their own sum: the probabilities of all IDs of the trie sum to 1. */
    TRIE,
    /** The sum over all tokens, as a language model has it. */
    VOCABULARY
  }

  public GraphPlan {
    check(!stacks.transposed(), "matrices are [out, in], expected [in, out]");
    check(
        !vectors || normalizer == Normalizer.TRIE,
        "a generator that reads vectors has no vocabulary to normalize by");
  }

  static GraphPlan fromScratch(GeneratorShape shape) {
    return new GraphPlan(shape, GeneratorParameters.stacks(shape), true, Normalizer.TRIE);
  }
}
