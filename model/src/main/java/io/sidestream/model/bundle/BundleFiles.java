package io.sidestream.model.bundle;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.ResidualCodebook;
import io.sidestream.model.generator.GeneratorVocabulary;
import io.sidestream.model.vectors.Matrix;
import io.sidestream.model.vectors.Towers;
import io.sidestream.schemas.ItemId;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The files of a bundle, and how its tensor files hold towers, codebook, pieces, assignments. */
public final class BundleFiles {
  public static final String MANIFEST = "manifest.json";
  public static final String ENCODER = "encoder.onnx";
  public static final String TOKENIZER = "tokenizer.json";
  public static final String TOWERS = "towers.safetensors";
  public static final String CODEBOOK = "codebook.safetensors";
  public static final String GENERATOR = "generator.onnx";
  public static final String PIECES = "generator-pieces.safetensors";
  public static final String ASSIGNMENTS = "assignments.safetensors";

  /** All but the manifest. */
  public static final Set<String> CONTENT =
      Set.of(ENCODER, TOKENIZER, TOWERS, CODEBOOK, GENERATOR, PIECES, ASSIGNMENTS);

  private static final String HISTORY_ITEMS = "history_items";
  private static final String HISTORY_DECAY = "history_decay";

  private BundleFiles() {}

  /**
   * item_text (D, E), item_collaborative (D, C), query (D, E), history (D, D); history settings.
   */
  static Safetensors of(Towers towers) {
    return new Safetensors(
        Map.of(
            "item_text", tensor(towers.itemText()),
            "item_collaborative", tensor(towers.itemCollaborative()),
            "query", tensor(towers.query()),
            "history", tensor(towers.history())),
        Map.of(
            HISTORY_ITEMS, Integer.toString(towers.historyItems()),
            HISTORY_DECAY, Double.toString(towers.historyDecay())));
  }

  static Towers towers(Safetensors file) {
    return new Towers(
        matrix(file.tensor("item_text")),
        matrix(file.tensor("item_collaborative")),
        matrix(file.tensor("query")),
        matrix(file.tensor("history")),
        Integer.parseInt(file.note(HISTORY_ITEMS)),
        Double.parseDouble(file.note(HISTORY_DECAY)));
  }

  private static Tensor tensor(Matrix matrix) {
    return Tensor.floats(matrix.values(), matrix.rows(), matrix.columns());
  }

  private static Matrix matrix(Tensor tensor) {
    check(tensor.rank() == 2, "tower has %d axes, expected 2", tensor.rank());
    return new Matrix(tensor.length(0), tensor.length(1), tensor.floats());
  }

  /** level_l (K, D) for each level l. */
  static Safetensors of(ResidualCodebook codebook) {
    Map<String, Tensor> levels = new TreeMap<>();
    for (int level = 0; level < codebook.shape().levels(); level++) {
      levels.put(
          "level_" + level,
          Tensor.floats(
              codebook.centroids(level), codebook.shape().width(), codebook.dimensions()));
    }
    return new Safetensors(levels);
  }

  static ResidualCodebook codebook(Safetensors file) {
    int levels = file.tensors().size();
    float[][] centroids = new float[levels][];
    for (int level = 0; level < levels; level++) {
      centroids[level] = file.tensor("level_" + level).floats();
    }
    Tensor first = file.tensor("level_0");
    return new ResidualCodebook(
        new CodebookShape(levels, first.length(0)), first.length(1), centroids);
  }

  /** pieces (V). */
  static Safetensors of(GeneratorVocabulary vocabulary) {
    int[] pieces = vocabulary.pieces();
    return new Safetensors(Map.of("pieces", Tensor.ints(pieces, pieces.length)));
  }

  static GeneratorVocabulary vocabulary(Safetensors file, CodebookShape shape) {
    return new GeneratorVocabulary(file.tensor("pieces").ints(), shape);
  }

  /**
   * codes (N, L), vectors (N, D), collaborative (N, C), interactions (N), searches (N); ids as
   * UTF-8, one after the other, and where each begins: id_offsets (N + 1).
   */
  static Safetensors of(Assignments assignments, Manifest.Shapes shapes) {
    int rows = assignments.size();
    int levels = shapes.codebook().levels();
    int[] codes = new int[rows * levels];
    int[] offsets = new int[rows + 1];
    List<byte[]> ids = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      check(
          assignments.codes()[row].length == levels,
          "item %s has %d codes, expected %d",
          assignments.items().get(row),
          assignments.codes()[row].length,
          levels);
      System.arraycopy(assignments.codes()[row], 0, codes, row * levels, levels);
      ids.add(utf8(assignments.items().get(row)));
      offsets[row + 1] = Math.addExact(offsets[row], ids.get(row).length);
    }
    ByteBuffer bytes = ByteBuffer.allocate(offsets[rows]);
    ids.forEach(bytes::put);
    return new Safetensors(
        Map.of(
            "codes", Tensor.ints(codes, rows, levels),
            "vectors", Tensor.rows(assignments.vectors(), shapes.vectorDimensions()),
            "collaborative",
                Tensor.rows(assignments.collaborative(), shapes.collaborativeDimensions()),
            "interactions", Tensor.floats(assignments.interactions(), rows),
            "searches", Tensor.floats(assignments.searches(), rows),
            "ids", Tensor.bytes(bytes.array(), bytes.capacity()),
            "id_offsets", Tensor.ints(offsets, rows + 1)));
  }

  static Assignments assignments(Safetensors file) {
    int[] offsets = file.tensor("id_offsets").ints();
    byte[] ids = file.tensor("ids").bytes();
    int rows = offsets.length - 1;
    Tensor flat = file.tensor("codes");
    check(
        flat.rank() == 2 && flat.length(0) == rows,
        "codes are %s, ids are %d",
        flat.toString(),
        rows);
    int[] numbers = flat.ints();
    int levels = flat.length(1);
    int[][] codes = new int[rows][levels];
    List<ItemId> items = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      System.arraycopy(numbers, row * levels, codes[row], 0, levels);
      check(
          offsets[row] <= offsets[row + 1] && offsets[row + 1] <= ids.length,
          "id %d ends at byte %d of %d",
          row,
          offsets[row + 1],
          ids.length);
      items.add(
          new ItemId(
              new String(
                  ids, offsets[row], offsets[row + 1] - offsets[row], StandardCharsets.UTF_8)));
    }
    return new Assignments(
        items,
        codes,
        file.tensor("vectors").rows(),
        file.tensor("collaborative").rows(),
        file.tensor("interactions").floats(),
        file.tensor("searches").floats());
  }

  private static byte[] utf8(ItemId item) {
    try {
      // The strict encoder: an unpaired surrogate would silently become another id.
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(item.value()));
      byte[] array = new byte[bytes.remaining()];
      bytes.get(array);
      return array;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("item id " + item + " is not Unicode text", e);
    }
  }
}
