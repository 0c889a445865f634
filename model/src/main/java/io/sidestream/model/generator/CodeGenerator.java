package io.sidestream.model.generator;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkEqual;
import static io.sidestream.schemas.Checks.checkRange;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.onnx.OnnxException;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.schemas.ReasonText;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The most probable IDs for prompts among those of a trie, by one call of one graph. Thread-safe.
 *
 * <p>The graph: {@code tokens} int64 (B, S), {@code lengths} int64 (B), {@code prompt_vector} float
 * (B, D), {@code beams} int64 (), {@code trie_l} int32 (N_l, K) for each level l, to {@code leaves}
 * int64 (B, P) and {@code log_probabilities} float (B, P), best first. Legend: B prompts, S tokens
 * of the longest, D dimensions, N_l nodes of a level, K codes of a level, P beams.
 *
 * <p>Graphs of earlier versions have neither {@code lengths} nor axis B; they answer prompts one by
 * one.
 */
public final class CodeGenerator implements Generator {
  /** Most IDs of one request. */
  public static final int MAX_BEAMS = 1_000;

  /** Most prompts of one call. */
  public static final int MAX_PROMPTS = 256;

  /** Below it a log-probability is a mask and not a number. */
  static final double MASKED = -1e8;

  private static final String LEAVES = "leaves";
  private static final String LOG_PROBABILITIES = "log_probabilities";
  private static final Set<String> OUTPUTS = Set.of(LEAVES, LOG_PROBABILITIES);

  private final OrtSession session;
  private final GeneratorShape shape;
  private final boolean batched; // whether the graph takes several prompts

  private CodeGenerator(OrtSession session, GeneratorShape shape, boolean batched) {
    this.session = session;
    this.shape = shape;
    this.batched = batched;
  }

  /** Opens a graph, refusing one whose inputs or outputs are not those of this shape. */
  public static CodeGenerator open(Path onnx, GeneratorShape shape, OnnxSessions sessions) {
    OrtSession session = sessions.open(onnx);
    try {
      boolean batched = session.getInputNames().contains(GeneratorInputs.LENGTHS);
      GraphSession.checkNames(session, inputs(batched), OUTPUTS, shape.codebook());
      GraphSession.checkAxis(
          session, GeneratorInputs.PROMPT_VECTOR, batched ? 1 : 0, shape.vectorDimensions());
      return new CodeGenerator(session, shape, batched);
    } catch (OrtException | IllegalArgumentException e) {
      OnnxSessions.close(session);
      throw new IllegalArgumentException(onnx.getFileName() + ": " + ReasonText.of(e), e);
    }
  }

  private static Set<String> inputs(boolean batched) {
    Set<String> inputs =
        new TreeSet<>(
            Set.of(GeneratorInputs.TOKENS, GeneratorInputs.PROMPT_VECTOR, GeneratorInputs.BEAMS));
    if (batched) {
      inputs.add(GeneratorInputs.LENGTHS);
    }
    return inputs;
  }

  @Override
  public GeneratorShape shape() {
    return shape;
  }

  @Override
  public <T> T fold(
      Function<CodeGenerator, T> encoderDecoder, Function<SequenceGenerator, T> sequence) {
    return encoderDecoder.apply(this);
  }

  /** At most {@code beams} IDs of the trie, best first; none when the trie is empty. */
  public List<Beam> generate(GeneratorPrompt prompt, CodeTrie trie, int beams) {
    return generate(List.of(prompt), trie, beams).get(0);
  }

  /**
   * The same for several prompts at once, each as if it were alone, in their order; probabilities
   * may differ in their last digits.
   *
   * @param prompts 1 to {@link #MAX_PROMPTS}, of any lengths
   */
  public List<List<Beam>> generate(List<GeneratorPrompt> prompts, CodeTrie trie, int beams) {
    checkRange(beams, 1, MAX_BEAMS, "%d beams");
    checkRange(prompts.size(), 1, MAX_PROMPTS, "%d prompts in one call");
    prompts.forEach(prompt -> checkFits(prompt, trie));
    if (trie.size() == 0) {
      return prompts.stream().map(prompt -> List.<Beam>of()).toList();
    }
    int most = Math.min(beams, trie.size());
    List<List<Beam>> answers = new ArrayList<>(prompts.size());
    try {
      if (batched) {
        run(GeneratorInputs.batch(prompts, trie, most), prompts.size(), answers);
      } else {
        for (GeneratorPrompt prompt : prompts) {
          run(GeneratorInputs.single(prompt, trie, most), 1, answers);
        }
      }
      return List.copyOf(answers);
    } catch (OrtException e) {
      throw new OnnxException("generator failed on " + prompts.size() + " prompts", e);
    }
  }

  private void run(GraphInputs inputs, int prompts, List<List<Beam>> answers) throws OrtException {
    try (inputs;
        OrtSession.Result result = session.run(inputs.tensors(), OUTPUTS)) {
      LongBuffer leaves = GraphSession.tensor(result, LEAVES).getLongBuffer(); // (B, P)
      FloatBuffer logProbabilities =
          GraphSession.tensor(result, LOG_PROBABILITIES).getFloatBuffer(); // (B, P)
      int beams = leaves.remaining() / prompts;
      for (int i = 0; i < prompts; i++) {
        answers.add(beams(leaves, logProbabilities, i * beams, beams));
      }
    }
  }

  private void checkFits(GeneratorPrompt prompt, CodeTrie trie) {
    check(
        trie.shape().equals(shape.codebook()),
        "trie is of %s, generator writes %s",
        trie.shape(),
        shape.codebook());
    checkEqual(
        prompt.vector().length, shape.vectorDimensions(), "prompt's vector has %d dimensions");
    check(
        prompt.length() > 0 && prompt.length() <= shape.maxTokens(),
        "prompt has %d tokens, expected 1 to %d",
        prompt.length(),
        shape.maxTokens());
    for (int token : prompt.tokens()) {
      checkRange(token, 0, shape.vocabulary() - 1, "prompt holds token %d");
    }
  }

  private static List<Beam> beams(
      LongBuffer leaves, FloatBuffer logProbabilities, int from, int count) {
    List<Beam> beams = new ArrayList<>(count);
    for (int at = from; at < from + count; at++) {
      long leaf = leaves.get(at);
      double logProbability = logProbabilities.get(at);
      if (Double.isNaN(logProbability)) {
        throw new IllegalArgumentException("generator gives a probability NaN");
      }
      if (leaf != CodeTrie.ABSENT && logProbability > MASKED) {
        beams.add(new Beam((int) leaf, logProbability));
      }
    }
    return List.copyOf(beams);
  }

  @Override
  public void close() {
    OnnxSessions.close(session);
  }
}
