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
import java.nio.IntBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The log-probabilities of a trie's IDs after prompts, by one call of one graph. Thread-safe.
 *
 * <p>The graph: {@code positions} float (B, S, M), {@code tokens} int64 (B, S, T), {@code lengths}
 * int64 (B), {@code prefixes} int64 (), {@code trie_l} int32 (N_l, K) for each level l, to {@code
 * leaves} int32 (B, P K), {@code log_probabilities} float (B, P K) and {@code item_query} float (B,
 * M). Legend: B prompts, S positions of the longest, T tokens of a position, M model dimensions,
 * N_l nodes of a level, K codes of a level, P prefixes before the last level.
 */
public final class SequenceGenerator implements Generator {
  /**
   * Most prefixes of a level that are followed: all of them where a codebook has one or two levels
   * of at most that many codes, and every ID's probability is exact.
   */
  public static final int MAX_PREFIXES = 256;

  /** Most prompts of one call. */
  public static final int MAX_PROMPTS = CodeGenerator.MAX_PROMPTS;

  static final String LEAVES = "leaves";
  static final String LOG_PROBABILITIES = "log_probabilities";
  static final String ITEM_QUERY = "item_query";
  private static final Set<String> OUTPUTS = Set.of(LEAVES, LOG_PROBABILITIES, ITEM_QUERY);

  private final OrtSession session;
  private final GeneratorShape shape;
  private final SequenceTables tables;

  private SequenceGenerator(OrtSession session, GeneratorShape shape, SequenceTables tables) {
    this.session = session;
    this.shape = shape;
    this.tables = tables;
  }

  /** Opens a graph, refusing one whose inputs or outputs are not those of this shape. */
  public static SequenceGenerator open(
      Path onnx, GeneratorShape shape, SequenceTables tables, OnnxSessions sessions) {
    checkEqual(tables.modelDimensions(), shape.modelDimensions(), "tables have %d dimensions");
    checkEqual(
        tables.vectorDimensions(), shape.vectorDimensions(), "tables take %d vector dimensions");
    OrtSession session = sessions.open(onnx);
    try {
      GraphSession.checkNames(session, SequenceInputs.NAMES, OUTPUTS, shape.codebook());
      GraphSession.checkAxis(session, SequenceInputs.POSITIONS, 2, shape.modelDimensions());
      GraphSession.checkAxis(session, SequenceInputs.TOKENS, 2, 1 + shape.codebook().levels());
      return new SequenceGenerator(session, shape, tables);
    } catch (OrtException | IllegalArgumentException e) {
      OnnxSessions.close(session);
      throw new IllegalArgumentException(onnx.getFileName() + ": " + ReasonText.of(e), e);
    }
  }

  @Override
  public GeneratorShape shape() {
    return shape;
  }

  /** What it has learned of each item. */
  public SequenceTables tables() {
    return tables;
  }

  @Override
  public <T> T fold(
      Function<CodeGenerator, T> encoderDecoder, Function<SequenceGenerator, T> sequence) {
    return sequence.apply(this);
  }

  /** The IDs of a trie, at least one, after a prompt. */
  public SequenceAnswer answer(SequencePrompt prompt, CodeTrie trie) {
    return answer(List.of(prompt), trie).get(0);
  }

  /**
   * The same for several prompts at once, each as if it were alone, in their order; probabilities
   * may differ in their last digits.
   *
   * @param prompts 1 to {@link #MAX_PROMPTS}, of any lengths
   */
  public List<SequenceAnswer> answer(List<SequencePrompt> prompts, CodeTrie trie) {
    checkRange(prompts.size(), 1, MAX_PROMPTS, "%d prompts in one call");
    check(
        trie.shape().equals(shape.codebook()),
        "trie is of %s, generator writes %s",
        trie.shape(),
        shape.codebook());
    prompts.forEach(this::checkFits);
    if (trie.size() == 0) {
      return prompts.stream()
          .map(prompt -> new SequenceAnswer(new double[0], new float[0]))
          .toList();
    }
    try (GraphInputs inputs = SequenceInputs.of(prompts, trie, MAX_PREFIXES);
        OrtSession.Result result = session.run(inputs.tensors(), OUTPUTS)) {
      return answers(prompts.size(), trie.size(), result);
    } catch (OrtException e) {
      throw new OnnxException("generator failed on " + prompts.size() + " prompts", e);
    }
  }

  private List<SequenceAnswer> answers(int prompts, int ids, OrtSession.Result result) {
    IntBuffer leaves = GraphSession.tensor(result, LEAVES).getIntBuffer(); // (B, P K)
    FloatBuffer log = GraphSession.tensor(result, LOG_PROBABILITIES).getFloatBuffer(); // (B, P K)
    FloatBuffer queries = GraphSession.tensor(result, ITEM_QUERY).getFloatBuffer(); // (B, M)
    int cells = leaves.remaining() / prompts;
    List<SequenceAnswer> answers = new ArrayList<>(prompts);
    for (int b = 0; b < prompts; b++) {
      double[] logId = new double[ids];
      Arrays.fill(logId, Double.NEGATIVE_INFINITY);
      for (int at = b * cells; at < (b + 1) * cells; at++) {
        if (Float.isNaN(log.get(at))) {
          throw new IllegalArgumentException("generator gives a probability NaN");
        }
        if (leaves.get(at) != CodeTrie.ABSENT && log.get(at) > CodeGenerator.MASKED) {
          logId[leaves.get(at)] = log.get(at);
        }
      }
      float[] query = new float[shape.modelDimensions()];
      queries.get(query);
      answers.add(new SequenceAnswer(logId, query));
    }
    return List.copyOf(answers);
  }

  private void checkFits(SequencePrompt prompt) {
    check(
        prompt.length() <= shape.maxTokens(),
        "prompt has %d positions, expected 1 to %d",
        prompt.length(),
        shape.maxTokens());
    for (int at = 0; at < prompt.length(); at++) {
      checkEqual(
          prompt.positions()[at].length, shape.modelDimensions(), "position has %d dimensions");
      checkEqual(
          prompt.tokens()[at].length, 1 + shape.codebook().levels(), "position has %d tokens");
      for (int token : prompt.tokens()[at]) {
        checkRange(token, 0, shape.vocabulary(), "prompt holds token %d");
      }
    }
  }

  @Override
  public void close() {
    OnnxSessions.close(session);
  }
}
