package io.sidestream.experiments.spaces;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.text.TextEncoder;
import io.sidestream.model.text.WordPieces;
import io.sidestream.trainer.TrainingProgress;
import io.sidestream.trainer.encoder.PretrainedText;
import io.sidestream.trainer.examples.TextVectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Unit vectors of texts by the pretrained encoder as it is, kept between runs. */
public final class Texts implements AutoCloseable {
  private static final int KEPT_EVERY = 4_096;

  private final WordPieces pieces;
  private final Map<String, float[]> vectors;
  private final int dimensions;
  private final Path folder;

  private Texts(WordPieces pieces, Map<String, float[]> vectors, int dimensions, Path folder) {
    this.pieces = pieces;
    this.vectors = vectors;
    this.dimensions = dimensions;
    this.folder = folder;
  }

  /**
   * Reads all these texts; those that the folder knows from earlier are not encoded again.
   *
   * @param texts in any order, also several times
   */
  public static Texts read(
      Collection<String> texts, int maxPieces, Path folder, TrainingProgress progress)
      throws IOException {
    Files.createDirectories(folder);
    PretrainedText pretrained = PretrainedText.load();
    Path tokenizer = folder.resolve("tokenizer.json");
    Path graph = folder.resolve("pretrained.onnx");
    pretrained.exportTokenizer(tokenizer);
    pretrained.exportEncoder(graph);
    WordPieces pieces = WordPieces.open(tokenizer, maxPieces);
    try (TextEncoder encoder = TextEncoder.open(graph, pieces, OnnxSessions.cpu(1))) {
      List<String> distinct = List.copyOf(new LinkedHashSet<>(texts));
      Path kept = folder.resolve(PretrainedText.vectorsFile(maxPieces));
      float[][] read = encoded(distinct, TextVectors.open(kept, encoder), progress);
      Map<String, float[]> vectors = new HashMap<>();
      for (int i = 0; i < read.length; i++) {
        vectors.put(distinct.get(i), read[i]);
      }
      return new Texts(pieces, vectors, encoder.dimensions(), folder);
    } catch (IOException | RuntimeException e) {
      pieces.close();
      throw e;
    }
  }

  /** Encodes some thousand at a time and keeps what is done: an interruption costs no more. */
  private static float[][] encoded(
      List<String> texts, TextVectors encoder, TrainingProgress progress) throws IOException {
    progress.stage(
        "texts",
        String.format(Locale.ROOT, "%,d texts, %,d are new", texts.size(), encoder.unknown(texts)));
    float[][] vectors = new float[texts.size()][];
    boolean isNew = false;
    for (int from = 0; from < vectors.length; from += KEPT_EVERY) {
      List<String> some = texts.subList(from, Math.min(vectors.length, from + KEPT_EVERY));
      boolean someAreNew = encoder.unknown(some) > 0;
      float[][] encoded = encoder.of(some, TrainingProgress.NONE);
      System.arraycopy(encoded, 0, vectors, from, encoded.length);
      if (someAreNew) {
        encoder.save();
      }
      isNew |= someAreNew;
      progress.step(from + some.size(), vectors.length);
    }
    if (isNew) {
      encoder.save(); // what was saved on the way lacks texts that were known and came later
    }
    progress.finished("texts", "");
    return vectors;
  }

  /** E. */
  public int dimensions() {
    return dimensions;
  }

  /** Where vectors are kept: a training of what ships finds there what it needs as well. */
  public Path folder() {
    return folder;
  }

  /** The tokenizer that the texts were read by. */
  public WordPieces pieces() {
    return pieces;
  }

  /** The vector of a text that was among those read. */
  public float[] vector(String text) {
    float[] vector = vectors.get(text);
    check(vector != null, "text \"%s\" was not among those read", text);
    return vector;
  }

  /** The vectors of texts that were among those read, shape [text][E]. */
  public float[][] vectors(List<String> texts) {
    return texts.stream().map(this::vector).toArray(float[][]::new);
  }

  @Override
  public void close() {
    pieces.close();
  }
}
