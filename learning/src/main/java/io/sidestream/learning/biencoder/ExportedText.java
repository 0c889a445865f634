package io.sidestream.learning.biencoder;

import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.text.TextEncoder;
import io.sidestream.model.text.TextTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A text encoder as it would be served: exported to a folder of its own, run on ONNX Runtime.
 * Closing it deletes the folder.
 */
final class ExportedText implements AutoCloseable {
  private final Path folder;
  private final TextTokenizer tokenizer;
  private final TextEncoder encoder;

  private ExportedText(Path folder, TextTokenizer tokenizer, TextEncoder encoder) {
    this.folder = folder;
    this.tokenizer = tokenizer;
    this.encoder = encoder;
  }

  /**
   * @param weights those that differ from the pretrained ones, by name
   */
  static ExportedText open(
      PretrainedText pretrained, Map<String, float[]> weights, int maxTokens, int threads)
      throws IOException {
    Path folder = Files.createTempDirectory("sidestream-encoder-");
    try {
      pretrained.graph().with(weights).write(graph(folder));
      pretrained.exportTokenizer(tokenizerFile(folder));
      TextTokenizer tokenizer = TextTokenizer.open(tokenizerFile(folder), maxTokens);
      return new ExportedText(folder, tokenizer, encoder(folder, tokenizer, threads));
    } catch (IOException | RuntimeException e) {
      delete(folder);
      throw e;
    }
  }

  private static TextEncoder encoder(Path folder, TextTokenizer tokenizer, int threads) {
    try {
      return TextEncoder.open(graph(folder), tokenizer, OnnxSessions.cpu(threads));
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  /** Unit vectors, shape [text][E]. */
  float[][] encode(List<String> texts) {
    return encoder.encode(texts);
  }

  /** The token ids of each text, shape [text][token]. */
  long[][] pieces(List<String> texts) {
    return texts.stream().map(tokenizer::encode).toArray(long[][]::new);
  }

  @Override
  public void close() throws IOException {
    encoder.close();
    tokenizer.close();
    delete(folder);
  }

  private static Path graph(Path folder) {
    return folder.resolve("encoder.onnx");
  }

  private static Path tokenizerFile(Path folder) {
    return folder.resolve("tokenizer.json");
  }

  private static void delete(Path folder) throws IOException {
    Files.deleteIfExists(graph(folder));
    Files.deleteIfExists(tokenizerFile(folder));
    Files.deleteIfExists(folder);
  }
}
