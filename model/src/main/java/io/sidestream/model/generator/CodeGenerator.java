package io.sidestream.model.generator;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkEqual;
import static io.sidestream.schemas.Checks.checkRange;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.onnx.OnnxException;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.schemas.ReasonText;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The most probable IDs for a prompt among those of a trie, by one call of one graph. Thread-safe.
 *
 * <p>The graph: {@code tokens} int64 (S), {@code prompt_vector} float (D), {@code beams} int64 (),
 * {@code trie_l} int32 (N_l, K) for each level l, to {@code leaves} int64 (B) and {@code
 * log_probabilities} float (B), best first. Legend: S tokens, D dimensions, N_l nodes of a level, K
 * codes of a level, B beams.
 */
public final class CodeGenerator implements AutoCloseable {
  /** Most IDs of one request. */
  public static final int MAX_BEAMS = 1_000;

  /** Below it a log-probability is a mask and not a number. */
  static final double MASKED = -1e8;

  private static final String LEAVES = "leaves";
  private static final String LOG_PROBABILITIES = "log_probabilities";

  private final OrtSession session;
  private final GeneratorShape shape;

  private CodeGenerator(OrtSession session, GeneratorShape shape) {
    this.session = session;
    this.shape = shape;
  }

  /** Opens a graph, refusing one whose inputs or outputs are not those of this shape. */
  public static CodeGenerator open(Path onnx, GeneratorShape shape, OnnxSessions sessions) {
    OrtSession session = sessions.open(onnx);
    try {
      checkNames(session, shape);
      checkAxis(session, "prompt_vector", 0, shape.vectorDimensions());
      for (int level = 0; level < shape.codebook().levels(); level++) {
        checkAxis(session, trieName(level), 1, shape.codebook().width());
      }
      return new CodeGenerator(session, shape);
    } catch (OrtException | IllegalArgumentException e) {
      OnnxSessions.close(session);
      throw new IllegalArgumentException(onnx.getFileName() + ": " + ReasonText.of(e), e);
    }
  }

  private static void checkNames(OrtSession session, GeneratorShape shape) {
    Set<String> inputs = new TreeSet<>(Set.of("tokens", "prompt_vector", "beams"));
    for (int level = 0; level < shape.codebook().levels(); level++) {
      inputs.add(trieName(level));
    }
    Set<String> found = new TreeSet<>(session.getInputNames());
    check(found.equals(inputs), "inputs are %s, expected %s", found, inputs);
    check(
        session.getOutputNames().containsAll(Set.of(LEAVES, LOG_PROBABILITIES)),
        "outputs are %s, expected %s and %s",
        session.getOutputNames(),
        LEAVES,
        LOG_PROBABILITIES);
  }

  /** The graph may leave the axis open; a fixed length must be this one. */
  private static void checkAxis(OrtSession session, String input, int axis, int length)
      throws OrtException {
    NodeInfo node = session.getInputInfo().get(input);
    if (node == null || !(node.getInfo() instanceof TensorInfo info)) {
      throw new IllegalArgumentException(input + " is no tensor");
    }
    long[] axes = info.getShape();
    check(axes.length > axis, "%s has %d axes, expected %d", input, axes.length, axis + 1);
    check(
        axes[axis] < 0 || axes[axis] == length,
        "%s takes %d numbers, expected %d",
        input,
        axes[axis],
        length);
  }

  public GeneratorShape shape() {
    return shape;
  }

  /** At most {@code beams} IDs of the trie, best first; none when the trie is empty. */
  public List<Beam> generate(GeneratorPrompt prompt, CodeTrie trie, int beams) {
    checkRange(beams, 1, MAX_BEAMS, "%d beams");
    checkFits(prompt, trie);
    if (trie.size() == 0) {
      return List.of();
    }
    Map<String, OnnxTensor> fed = new LinkedHashMap<>();
    try {
      feed(fed, prompt, trie, Math.min(beams, trie.size()));
      try (OrtSession.Result result = session.run(fed, Set.of(LEAVES, LOG_PROBABILITIES))) {
        return beams(
            ((OnnxTensor) result.get(LEAVES).orElseThrow()).getLongBuffer(), // (B)
            ((OnnxTensor) result.get(LOG_PROBABILITIES).orElseThrow()).getFloatBuffer(), // (B)
            beams);
      }
    } catch (OrtException e) {
      throw new OnnxException("generator failed on " + prompt.length() + " tokens", e);
    } finally {
      fed.values().forEach(OnnxTensor::close);
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

  private void feed(Map<String, OnnxTensor> fed, GeneratorPrompt prompt, CodeTrie trie, int beams)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] tokens = IntStream.of(prompt.tokens()).asLongStream().toArray();
    float[] vector = prompt.vector();
    fed.put(
        "tokens",
        OnnxTensor.createTensor(
            environment, LongBuffer.wrap(tokens), new long[] {tokens.length})); // (S)
    fed.put(
        "prompt_vector",
        OnnxTensor.createTensor(
            environment, FloatBuffer.wrap(vector), new long[] {vector.length})); // (D)
    fed.put(
        "beams",
        OnnxTensor.createTensor(
            environment, LongBuffer.wrap(new long[] {beams}), new long[0])); // ()
    for (int level = 0; level < shape.codebook().levels(); level++) {
      fed.put(
          trieName(level),
          OnnxTensor.createTensor(
              environment,
              trie.direct(level),
              new long[] {trie.nodes(level), shape.codebook().width()})); // (N_l, K)
    }
  }

  private static String trieName(int level) {
    return "trie_" + level;
  }

  private static List<Beam> beams(LongBuffer leaves, FloatBuffer logProbabilities, int most) {
    List<Beam> beams = new ArrayList<>(leaves.remaining());
    while (leaves.hasRemaining() && beams.size() < most) {
      long leaf = leaves.get();
      double logProbability = logProbabilities.get();
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
