package io.sidestream.experiments.embedding;

import io.sidestream.learning.biencoder.PretrainedText;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.text.TextEncoder;
import io.sidestream.model.text.TextTokenizer;
import java.io.IOException;
import java.nio.file.Path;

/** MiniLM through ONNX Runtime. */
record BundledEncoder(TextEncoder encoder, int maxPieces) implements OpenedEncoder {
  /**
   * @param folder where the graph is put
   */
  static BundledEncoder open(PretrainedText pretrained, TextTokenizer pieces, int most, Path folder)
      throws IOException {
    Path graph = folder.resolve("pretrained.onnx");
    pretrained.exportEncoder(graph);
    return new BundledEncoder(TextEncoder.open(graph, pieces, OnnxSessions.cpu(1)), most);
  }

  @Override
  public int dimensions() {
    return encoder.dimensions();
  }

  @Override
  public float[] encode(String text) {
    return encoder.encode(text);
  }

  @Override
  public String vectorsFile() {
    return PretrainedText.vectorsFile(maxPieces);
  }

  @Override
  public void close() {
    encoder.close();
  }
}
