package io.sidestream.experiments.embedding;

import io.sidestream.experiments.pretrained.ModelFolder;
import io.sidestream.learning.biencoder.PretrainedText;
import io.sidestream.learning.pretrained.PretrainedEncoder;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.text.TextEncoder;
import io.sidestream.model.text.TextTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * An open text encoder without fine-tuning. Each text is encoded by itself, so that its vector does
 * not depend on a batch.
 *
 * @param dimensions E
 * @param encode the unit vector of a text, shape [E]
 * @param vectorsFile the name of the file that caches vectors by this very encoder
 */
record OpenedEncoder(
    int dimensions, Function<String, float[]> encode, String vectorsFile, Runnable closing)
    implements AutoCloseable {
  /**
   * MiniLM through ONNX Runtime.
   *
   * @param folder of the exported graph
   */
  static OpenedEncoder bundled(
      PretrainedText pretrained, TextTokenizer pieces, int maxPieces, Path folder)
      throws IOException {
    Path graph = folder.resolve("pretrained.onnx");
    pretrained.exportEncoder(graph);
    TextEncoder encoder = TextEncoder.open(graph, pieces, OnnxSessions.cpu(1));
    return new OpenedEncoder(
        encoder.dimensions(),
        encoder::encode,
        PretrainedText.vectorsFile(maxPieces),
        encoder::close);
  }

  /** The encoder of a folder; texts are truncated as the folder says. */
  static OpenedEncoder of(ModelFolder folder) throws IOException {
    PretrainedEncoder encoder = PretrainedEncoder.open(folder.path());
    return new OpenedEncoder(
        encoder.dimensions(),
        text -> {
          synchronized (encoder) {
            return encoder.encode(List.of(text))[0];
          }
        },
        "vectors-" + folder.sha256() + ".bin",
        () -> {
          synchronized (encoder) { // a thread that still encodes would read freed weights
            encoder.close();
          }
        });
  }

  @Override
  public void close() {
    closing.run();
  }
}
