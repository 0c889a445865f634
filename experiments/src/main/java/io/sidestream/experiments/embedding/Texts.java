package io.sidestream.experiments.embedding;

import io.sidestream.experiments.pretrained.EncoderModel;
import io.sidestream.experiments.store.Store;
import io.sidestream.learning.biencoder.PretrainedText;
import io.sidestream.learning.examples.TextVectors;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.text.TextTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Unit vectors of texts by an encoder as it is, kept between runs. */
public final class Texts implements AutoCloseable {
  private static final int KEPT_EVERY = 4_096;

  private final Optional<EncoderModel> model;
  private final TextTokenizer pieces;
  private final Map<String, float[]> vectors;
  private final int dimensions;
  private final Path folder;

  private Texts(
      Optional<EncoderModel> model,
      TextTokenizer pieces,
      Map<String, float[]> vectors,
      int dimensions,
      Path folder) {
    this.model = model;
    this.pieces = pieces;
    this.vectors = vectors;
    this.dimensions = dimensions;
    this.folder = folder;
  }

  /**
   * Reads all these texts; those that the folder knows from earlier are not encoded again.
   *
   * @param model that reads them; empty for the bundled one
   * @param texts in any order, also several times
   * @param maxPieces where the bundled one cuts a text
   */
  public static Texts read(
      Optional<EncoderModel> model,
      Collection<String> texts,
      int maxPieces,
      Path folder,
      TrainingProgress progress)
      throws IOException {
    Files.createDirectories(folder);
    PretrainedText pretrained = PretrainedText.load();
    Path tokenizer = folder.resolve("tokenizer.json");
    pretrained.exportTokenizer(tokenizer);
    TextTokenizer pieces = TextTokenizer.open(tokenizer, maxPieces);
    try (OpenedEncoder encoder =
        model.isPresent()
            ? OpenedEncoder.of(model.get().folder())
            : OpenedEncoder.bundled(pretrained, pieces, maxPieces, folder)) {
      List<String> distinct = List.copyOf(new LinkedHashSet<>(texts));
      float[][] read = encoded(distinct, encoder, folder, progress);
      Map<String, float[]> vectors = new HashMap<>();
      for (int i = 0; i < read.length; i++) {
        vectors.put(distinct.get(i), read[i]);
      }
      return new Texts(model, pieces, vectors, encoder.dimensions(), folder);
    } catch (IOException | RuntimeException e) {
      pieces.close();
      throw e;
    }
  }

  /** Encodes some thousand at a time and keeps what is done: an interruption costs no more. */
  private static float[][] encoded(
      List<String> texts, OpenedEncoder encoder, Path folder, TrainingProgress progress)
      throws IOException {
    TextVectors known =
        TextVectors.open(
            folder.resolve(encoder.vectorsFile()), encoder.dimensions(), encoder.encode());
    progress.stage(
        "texts",
        String.format(Locale.ROOT, "%,d texts, %,d are new", texts.size(), known.unknown(texts)));
    float[][] vectors = new float[texts.size()][];
    boolean isNew = false;
    for (int from = 0; from < vectors.length; from += KEPT_EVERY) {
      List<String> some = texts.subList(from, Math.min(vectors.length, from + KEPT_EVERY));
      boolean someAreNew = known.unknown(some) > 0;
      float[][] encoded = known.of(some, TrainingProgress.NONE);
      System.arraycopy(encoded, 0, vectors, from, encoded.length);
      if (someAreNew) {
        known.save();
      }
      isNew |= someAreNew;
      progress.step(from + some.size(), vectors.length);
    }
    if (isNew) {
      known.save(); // earlier saves did not include known texts of later parts
    }
    progress.finished("texts", "");
    return vectors;
  }

  /** The encoder that read them; empty for the bundled one. */
  public Optional<EncoderModel> model() {
    return model;
  }

  /** The part of a store for what depends on these vectors. */
  public Store within(Store store) {
    return model.map(one -> store.within(one.key())).orElse(store);
  }

  /** E. */
  public int dimensions() {
    return dimensions;
  }

  /** Where vectors are cached: trainings of the full system use them as well. */
  public Path folder() {
    return folder;
  }

  /** The bundled tokenizer, whose pieces make the vocabulary of small generators. */
  public TextTokenizer pieces() {
    return pieces;
  }

  /** The vector of a text that was among those read. */
  public float[] vector(String text) {
    float[] vector = vectors.get(text);
    if (vector == null) {
      throw new IllegalArgumentException("text \"" + text + "\" was not among those read");
    }
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
