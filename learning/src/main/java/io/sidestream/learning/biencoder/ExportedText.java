package io.sidestream.learning.biencoder;

import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.text.TextEncoder;
import io.sidestream.model.text.WordPieces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A text encoder as it would be served: exported to a folder of its own, run on ONNX Runtime.
 * Whoever opens it closes it, and the folder goes.
 */
final class ExportedText implements AutoCloseable {
  private final Path folder;
  private final WordPieces pieces;
  private final TextEncoder encoder;

  private ExportedText(Path folder, WordPieces pieces, TextEncoder encoder) {
    this.folder = folder;
    this.pieces = pieces;
    this.encoder = encoder;
  }

  /**
   * @param weights those that differ from the pretrained ones, by name
   */
  static ExportedText open(
      PretrainedText pretrained, Map<String, float[]> weights, int maxPieces, int threads)
      throws IOException {
    Path folder = Files.createTempDirectory("sidestream-encoder-");
    try {
      pretrained.graph().with(weights).write(graph(folder));
      pretrained.exportTokenizer(tokenizer(folder));
      WordPieces pieces = WordPieces.open(tokenizer(folder), maxPieces);
      return new ExportedText(folder, pieces, encoder(folder, pieces, threads));
    } catch (IOException | RuntimeException e) {
      delete(folder);
      throw e;
    }
  }

  private static TextEncoder encoder(Path folder, WordPieces pieces, int threads) {
    try {
      return TextEncoder.open(graph(folder), pieces, OnnxSessions.cpu(threads));
    } catch (RuntimeException e) {
      pieces.close();
      throw e;
    }
  }

  /** Unit vectors, shape [text][E]. */
  float[][] encode(List<String> texts) {
    return encoder.encode(texts);
  }

  /** The word pieces of each text, shape [text][pieces]. */
  long[][] pieces(List<String> texts) {
    return texts.stream().map(pieces::ids).toArray(long[][]::new);
  }

  @Override
  public void close() throws IOException {
    encoder.close();
    pieces.close();
    delete(folder);
  }

  private static Path graph(Path folder) {
    return folder.resolve("encoder.onnx");
  }

  private static Path tokenizer(Path folder) {
    return folder.resolve("tokenizer.json");
  }

  private static void delete(Path folder) throws IOException {
    Files.deleteIfExists(graph(folder));
    Files.deleteIfExists(tokenizer(folder));
    Files.deleteIfExists(folder);
  }
}
