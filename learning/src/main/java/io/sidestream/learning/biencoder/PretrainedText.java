package io.sidestream.learning.biencoder;

import static io.sidestream.schemas.Checks.check;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.transformer.TextModel;
import io.sidestream.learning.transformer.TextTransformerShape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * The text encoder that training starts from: all-MiniLM-L6-v2 (Apache-2.0), found on the class
 * path. Immutable.
 */
public final class PretrainedText {
  /** Goes into provenance. */
  public static final String NAME = "all-MiniLM-L6-v2";

  private static final String GRAPH = "/all-minilm-l6-v2.onnx";
  private static final String TOKENIZER = "/all-minilm-l6-v2-tokenizer.json";

  /** Its sizes; matrices lie as the graph multiplies by them. */
  static final TextTransformerShape SHAPE =
      new TextTransformerShape(
          TextModel.BERT, 30_522, 6, 384, 12, 1_536, 512, 2, 1e-12, 0, 0, false);

  private final TextGraph graph;

  private PretrainedText(TextGraph graph) {
    this.graph = graph;
  }

  /** Reads the weights, about 90 MB. */
  public static PretrainedText load() throws IOException {
    try (InputStream in = open(GRAPH)) {
      return new PretrainedText(TextGraph.pooling(ModelProto.parseFrom(in)));
    }
  }

  /** The graph with its weights, pooled and normalized. */
  TextGraph graph() {
    return graph;
  }

  /** Adds the weights to the parameters. */
  void addWeights(Parameters parameters) {
    for (String name : SHAPE.weights().keySet()) {
      parameters.add(name, graph.weight(name), graph.shape(name));
    }
  }

  /**
   * Writes the graph: {@code input_ids}, {@code attention_mask}, {@code token_type_ids} of (B, S)
   * to {@code text_vector} of (B, E). Same artifact, same bytes.
   */
  public void exportEncoder(Path onnx) throws IOException {
    graph.write(onnx);
  }

  /** The name of the file that caches this encoder's vectors of texts truncated to a length. */
  public static String vectorsFile(int maxTokens) {
    return String.format(Locale.ROOT, "vectors-%s-%d.bin", NAME, maxTokens);
  }

  /** Writes the tokenizer that goes with the weights. */
  public void exportTokenizer(Path json) throws IOException {
    try (InputStream in = open(TOKENIZER)) {
      Files.copy(in, json, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static InputStream open(String resource) {
    InputStream in = PretrainedText.class.getResourceAsStream(resource);
    check(in != null, "%s is not on the class path, expected the artifact that holds it", resource);
    return in;
  }
}
