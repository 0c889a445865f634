package io.sidestream.learning.examples;

import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.resources.AtomicFiles;
import io.sidestream.model.resources.Hashes;
import io.sidestream.model.text.TextEncoder;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Vectors of texts by one encoder, cached in a file between trainings, so that only new texts are
 * encoded. One thread calls.
 */
public final class TextVectors {
  /*
   * Texts are encoded one by one in parallel, not in batches: the last bits of a vector depend on
   * the other texts of its batch, so two trainings of one corpus would differ by the content of the
   * file. The file contains the texts of the last training only, so it grows no larger than a
   * corpus. Of a truncated file the complete entries are used.
   *
   * Layout: repeated [32 bytes SHA-256 of the text] [E floats, big-endian].
   */
  private static final int HASH_BYTES = 32;
  private static final int AT_ONCE = 256;

  private final Optional<Path> file;
  private final Function<String, float[]> encoder;
  private final Map<String, float[]> kept;
  private final Map<String, float[]> used = new ConcurrentHashMap<>();

  private TextVectors(
      Optional<Path> file, Function<String, float[]> encoder, Map<String, float[]> kept) {
    this.file = file;
    this.encoder = encoder;
    this.kept = kept;
  }

  /**
   * @param file cache of this encoder; may not exist
   */
  public static TextVectors open(Path file, TextEncoder encoder) throws IOException {
    return open(file, encoder.dimensions(), encoder::encode);
  }

  /**
   * Vectors by an encoder of another kind.
   *
   * @param file cache of this encoder; may not exist
   * @param encoder the unit vector of a text; called from several threads
   */
  public static TextVectors open(Path file, int dimensions, Function<String, float[]> encoder)
      throws IOException {
    return new TextVectors(Optional.of(file), encoder, read(file, dimensions));
  }

  /** Vectors without a cache: of an encoder that the next training does not share. */
  public static TextVectors unkept(TextEncoder encoder) {
    return new TextVectors(Optional.empty(), encoder::encode, Map.of());
  }

  /** The unit vector of each text, shape [text][E]; reports each text as a step. */
  public float[][] of(List<String> texts, TrainingProgress progress) {
    float[][] vectors = new float[texts.size()][];
    for (int from = 0; from < vectors.length; from += AT_ONCE) {
      int to = Math.min(vectors.length, from + AT_ONCE);
      List<float[]> some = texts.subList(from, to).parallelStream().map(this::vector).toList();
      for (int i = from; i < to; i++) {
        vectors[i] = some.get(i - from);
      }
      progress.step(to, vectors.length);
    }
    return vectors;
  }

  /** Number of these texts that are not cached. */
  public long unknown(List<String> texts) {
    return texts.stream().filter(text -> !kept.containsKey(Hashes.sha256(text))).count();
  }

  private float[] vector(String text) {
    String hash = Hashes.sha256(text);
    float[] known = kept.get(hash);
    float[] vector = known == null ? encoder.apply(text) : known;
    used.put(hash, vector);
    return vector;
  }

  /** Writes the vectors requested since it was opened, and drops the others. */
  public void save() throws IOException {
    if (file.isPresent()) {
      save(file.get());
    }
  }

  private void save(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    AtomicFiles.write(file, this::write);
  }

  private void write(Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (Map.Entry<String, float[]> entry : used.entrySet()) {
        out.write(HexFormat.of().parseHex(entry.getKey()));
        for (float number : entry.getValue()) {
          out.writeFloat(number);
        }
      }
    }
  }

  private static Map<String, float[]> read(Path file, int dimensions) throws IOException {
    Map<String, float[]> vectors = new HashMap<>();
    if (!Files.exists(file)) {
      return vectors;
    }
    long whole = Files.size(file) / (HASH_BYTES + 4L * dimensions);
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      for (long i = 0; i < whole; i++) {
        String hash = HexFormat.of().formatHex(in.readNBytes(HASH_BYTES));
        float[] vector = new float[dimensions];
        for (int d = 0; d < dimensions; d++) {
          vector[d] = in.readFloat();
        }
        vectors.put(hash, vector);
      }
    }
    return vectors;
  }
}
