package io.sidestream.model.text;

import static io.sidestream.schemas.Checks.check;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.sidestream.model.onnx.OnnxException;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.schemas.ReasonText;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A text becomes a unit vector. Thread-safe.
 *
 * <p>The graph: {@code input_ids}, {@code attention_mask} and, where it declares them, {@code
 * token_type_ids}, int64 (B, S), to {@code text_vector}, float (B, E). Legend: B texts of a batch,
 * S tokens of the longest, E dimensions.
 */
public final class TextEncoder implements AutoCloseable {
  /** Most texts of one batch. */
  static final int BATCH = 32;

  private static final String VECTOR = "text_vector";

  private final OrtSession session;
  private final TextTokenizer tokenizer;
  private final Set<String> inputs;
  private final int dimensions;

  private TextEncoder(OrtSession session, TextTokenizer tokenizer, int dimensions) {
    this.session = session;
    this.tokenizer = tokenizer;
    this.inputs = Set.copyOf(session.getInputNames());
    this.dimensions = dimensions;
  }

  /** Opens a graph; the tokenizer stays the caller's to close. */
  public static TextEncoder open(Path encoderOnnx, TextTokenizer tokenizer, OnnxSessions sessions) {
    OrtSession session = sessions.open(encoderOnnx);
    try {
      return new TextEncoder(session, tokenizer, dimensions(session));
    } catch (OrtException | IllegalArgumentException e) {
      OnnxSessions.close(session);
      throw new IllegalArgumentException(encoderOnnx.getFileName() + ": " + ReasonText.of(e), e);
    }
  }

  private static int dimensions(OrtSession session) throws OrtException {
    Set<String> names = session.getInputNames();
    check(
        names.contains("input_ids") && names.contains("attention_mask"),
        "inputs are %s, expected input_ids and attention_mask",
        names);
    NodeInfo output = session.getOutputInfo().get(VECTOR);
    if (output == null || !(output.getInfo() instanceof TensorInfo info)) {
      throw new IllegalArgumentException(
          "outputs are %s, expected %s".formatted(session.getOutputNames(), VECTOR));
    }
    long[] shape = info.getShape();
    check(shape.length == 2, "%s has %d axes, expected 2", VECTOR, shape.length);
    check(shape[1] > 0, "%s has no fixed dimensions", VECTOR);
    return (int) shape[1];
  }

  /** E. */
  public int dimensions() {
    return dimensions;
  }

  /** Whether the end of a text is beyond what is read of it. */
  public boolean truncates(String text) {
    return tokenizer.truncates(text);
  }

  /** The unit vector (E) of a text. */
  public float[] encode(String text) {
    return run(new long[][] {tokenizer.encode(text)})[0];
  }

  /** The unit vector (E) of each text; texts of similar length go through the graph together. */
  public float[][] encode(List<String> texts) {
    long[][] ids = texts.stream().map(tokenizer::encode).toArray(long[][]::new);
    int[] byLength =
        IntStream.range(0, ids.length)
            .boxed()
            .sorted(Comparator.comparingInt(text -> ids[text].length))
            .mapToInt(Integer::intValue)
            .toArray();
    float[][] vectors = new float[ids.length][];
    for (int from = 0; from < byLength.length; from += BATCH) {
      int to = Math.min(byLength.length, from + BATCH);
      float[][] batch =
          run(IntStream.range(from, to).mapToObj(i -> ids[byLength[i]]).toArray(long[][]::new));
      for (int i = from; i < to; i++) {
        vectors[byLength[i]] = batch[i - from];
      }
    }
    return vectors;
  }

  private float[][] run(long[][] ids) {
    int longest = 1;
    for (long[] text : ids) {
      longest = Math.max(longest, text.length);
    }
    long[] flat = new long[ids.length * longest]; // (B, S)
    long[] mask = new long[flat.length]; // (B, S)
    for (int row = 0; row < ids.length; row++) {
      for (int i = 0; i < ids[row].length; i++) {
        flat[row * longest + i] = ids[row][i];
        mask[row * longest + i] = 1;
      }
    }
    return run(flat, mask, new long[] {ids.length, longest});
  }

  private float[][] run(long[] ids, long[] mask, long[] shape) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OnnxTensor idTensor =
            OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape); // (B, S)
        OnnxTensor maskTensor =
            OnnxTensor.createTensor(environment, LongBuffer.wrap(mask), shape); // (B, S)
        OnnxTensor typeTensor =
            OnnxTensor.createTensor(
                environment, LongBuffer.wrap(new long[ids.length]), shape)) { // (B, S)
      Map<String, OnnxTensor> fed = new LinkedHashMap<>();
      fed.put("input_ids", idTensor);
      fed.put("attention_mask", maskTensor);
      if (inputs.contains("token_type_ids")) {
        fed.put("token_type_ids", typeTensor);
      }
      try (OrtSession.Result result = session.run(fed, Set.of(VECTOR))) {
        return rows(((OnnxTensor) result.get(0)).getFloatBuffer(), (int) shape[0]); // (B, E)
      }
    } catch (OrtException e) {
      throw new OnnxException("text encoder failed on " + shape[0] + " texts", e);
    }
  }

  private float[][] rows(FloatBuffer numbers, int rows) {
    float[][] vectors = new float[rows][dimensions];
    for (float[] vector : vectors) {
      numbers.get(vector);
      for (float number : vector) {
        if (!Float.isFinite(number)) {
          throw new IllegalArgumentException("text encoder gives a vector with " + number);
        }
      }
    }
    return vectors;
  }

  @Override
  public void close() {
    OnnxSessions.close(session);
  }
}
