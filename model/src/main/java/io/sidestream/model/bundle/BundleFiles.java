package io.sidestream.model.bundle;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.ResidualCodebook;
import io.sidestream.model.generator.GeneratorVocabulary;
import io.sidestream.model.querylog.QueryLogIndex;
import io.sidestream.model.vectors.Matrix;
import io.sidestream.model.vectors.Towers;
import io.sidestream.schemas.ItemId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The files of a bundle, and how its tensor files hold what they hold. */
public final class BundleFiles {
  public static final String MANIFEST = "manifest.json";
  public static final String ENCODER = "encoder.onnx";
  public static final String TOKENIZER = "tokenizer.json";
  public static final String TOWERS = "towers.safetensors";
  public static final String CODEBOOK = "codebook.safetensors";
  public static final String GENERATOR = "generator.onnx";
  public static final String PIECES = "generator-pieces.safetensors";
  public static final String ASSIGNMENTS = "assignments.safetensors";
  public static final String SEARCHES = "searches.safetensors";

  /** All but the manifest. */
  public static final Set<String> CONTENT =
      Set.of(ENCODER, TOKENIZER, TOWERS, CODEBOOK, GENERATOR, PIECES, ASSIGNMENTS, SEARCHES);

  /** What bundles held before they remembered searches. */
  static final Set<String> CONTENT_BEFORE_SEARCHES =
      Set.of(ENCODER, TOKENIZER, TOWERS, CODEBOOK, GENERATOR, PIECES, ASSIGNMENTS);

  private static final String HISTORY_ITEMS = "history_items";
  private static final String HISTORY_DECAY = "history_decay";
  private static final String ITEMS = "items";

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
    for (int row = 0; row < rows; row++) {
      check(
          assignments.codes()[row].length == levels,
          "item %s has %d codes, expected %d",
          assignments.items().get(row),
          assignments.codes()[row].length,
          levels);
      System.arraycopy(assignments.codes()[row], 0, codes, row * levels, levels);
    }
    StringColumn ids = StringColumn.of(assignments.items().stream().map(ItemId::value).toList());
    return new Safetensors(
        Map.of(
            "codes", Tensor.ints(codes, rows, levels),
            "vectors", Tensor.rows(assignments.vectors(), shapes.vectorDimensions()),
            "collaborative",
                Tensor.rows(assignments.collaborative(), shapes.collaborativeDimensions()),
            "interactions", Tensor.floats(assignments.interactions(), rows),
            "searches", Tensor.floats(assignments.searches(), rows),
            "ids", ids.bytes(),
            "id_offsets", ids.offsets()));
  }

  static Assignments assignments(Safetensors file) {
    List<ItemId> items =
        new StringColumn(file.tensor("ids"), file.tensor("id_offsets"))
            .texts().stream().map(ItemId::new).toList();
    int rows = items.size();
    Tensor flat = file.tensor("codes");
    check(
        flat.rank() == 2 && flat.length(0) == rows,
        "codes are %s, ids are %d",
        flat.toString(),
        rows);
    int[] numbers = flat.ints();
    int levels = flat.length(1);
    int[][] codes = new int[rows][levels];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(numbers, row * levels, codes[row], 0, levels);
    }
    return new Assignments(
        items,
        codes,
        file.tensor("vectors").rows(),
        file.tensor("collaborative").rows(),
        file.tensor("interactions").floats(),
        file.tensor("searches").floats());
  }

  /**
   * starts (W + 1), rows (P), weights (P); words as UTF-8, one after the other, and where each
   * begins: word_offsets (W + 1). A note says of how many items.
   */
  static Safetensors of(QueryLogIndex searches) {
    StringColumn words = StringColumn.of(searches.words());
    int[] starts = searches.starts();
    int[] rows = searches.rows();
    return new Safetensors(
        Map.of(
            "words", words.bytes(),
            "word_offsets", words.offsets(),
            "starts", Tensor.ints(starts, starts.length),
            "rows", Tensor.ints(rows, rows.length),
            "weights", Tensor.floats(searches.weights(), rows.length)),
        Map.of(ITEMS, Integer.toString(searches.items())));
  }

  static QueryLogIndex pastSearches(Safetensors file) {
    return new QueryLogIndex(
        Integer.parseInt(file.note(ITEMS)),
        new StringColumn(file.tensor("words"), file.tensor("word_offsets")).texts(),
        file.tensor("starts").ints(),
        file.tensor("rows").ints(),
        file.tensor("weights").floats());
  }
}
