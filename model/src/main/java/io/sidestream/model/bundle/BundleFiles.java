package io.sidestream.model.bundle;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.ResidualCodebook;
import io.sidestream.model.generator.GeneratorVocabulary;
import io.sidestream.model.generator.PromptFrame;
import io.sidestream.model.generator.SequenceTables;
import io.sidestream.model.vectors.Matrix;
import io.sidestream.model.vectors.Towers;
import io.sidestream.schemas.ItemId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** File names of a bundle, and the layout of its tensor files. */
public final class BundleFiles {
  public static final String MANIFEST = "manifest.json";

  /** Of the manifest; absent where bundles are not signed. */
  public static final String SIGNATURE = "manifest.sig";

  public static final String ENCODER = "encoder.onnx";
  public static final String TOKENIZER = "tokenizer.json";
  public static final String TOWERS = "towers.safetensors";
  public static final String CODEBOOK = "codebook.safetensors";
  public static final String GENERATOR = "generator.onnx";

  /** The tokenizer of a pretrained generator; absent where it reads the encoder's word pieces. */
  public static final String GENERATOR_TOKENIZER = "generator-tokenizer.json";

  /** What a sequence generator has learned of each item; a bundle without has another kind. */
  public static final String GENERATOR_ITEMS = "generator-items.safetensors";

  /** Its other weights by name, for a later training; nothing that serves reads them. */
  public static final String GENERATOR_WEIGHTS = "generator-weights.safetensors";

  public static final String VOCABULARY = "generator-vocabulary.safetensors";
  public static final String ASSIGNMENTS = "assignments.safetensors";
  public static final String QUERY_LOG = "query-log.safetensors";
  public static final String ITEM_TEXTS = "item-texts.safetensors";
  public static final String POPULARITY = "popularity.safetensors";

  /** All but the manifest. */
  static final Set<String> CONTENT =
      Set.of(ENCODER, TOKENIZER, TOWERS, CODEBOOK, GENERATOR, VOCABULARY, ASSIGNMENTS, QUERY_LOG);

  /** Those that a bundle may have beside them; earlier versions wrote the first two at most. */
  static final Set<String> OPTIONAL =
      Set.of(GENERATOR_TOKENIZER, GENERATOR_ITEMS, GENERATOR_WEIGHTS, ITEM_TEXTS, POPULARITY);

  private static final String HISTORY_ITEMS = "history_items";
  private static final String HISTORY_DECAY = "history_decay";
  private static final String CODES = "codes";
  private static final String IDS = "ids";
  private static final String ID_OFFSETS = "id_offsets";
  private static final String SEARCH_PREFIX = "search_prefix";
  private static final String RECOMMENDATION_PREFIX = "recommendation_prefix";
  private static final String END_TOKEN = "end_token";
  private static final String FIRST_CODE = "first_code";

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
    float[][] centroids = new float[file.tensors().size()][];
    for (int level = 0; level < centroids.length; level++) {
      centroids[level] = file.tensor("level_" + level).floats();
    }
    Tensor first = file.tensor("level_0");
    return new ResidualCodebook(
        new CodebookShape(centroids.length, first.length(0)), first.length(1), centroids);
  }

  /** Whether these are the files of a whole bundle, the manifest aside. */
  static boolean areContent(Set<String> files) {
    return files.containsAll(CONTENT)
        && files.stream().allMatch(name -> CONTENT.contains(name) || OPTIONAL.contains(name));
  }

  /**
   * positions (N, M), outputs (N, M), biases (N), position_text (M, D), output_text (M, D), query
   * (M, D).
   */
  static Safetensors of(SequenceTables tables) {
    int model = tables.modelDimensions();
    return new Safetensors(
        Map.of(
            "positions", Tensor.rows(tables.positions(), model),
            "outputs", Tensor.rows(tables.outputs(), model),
            "biases", Tensor.floats(tables.biases(), tables.items()),
            "position_text", tensor(tables.positionText()),
            "output_text", tensor(tables.outputText()),
            "query", tensor(tables.query())));
  }

  static SequenceTables sequenceTables(Safetensors file) {
    return new SequenceTables(
        file.tensor("positions").rows(),
        file.tensor("outputs").rows(),
        file.tensor("biases").floats(),
        matrix(file.tensor("position_text")),
        matrix(file.tensor("output_text")),
        matrix(file.tensor("query")));
  }

  /**
   * token_ids (V); of a pretrained generator none, and search_prefix, recommendation_prefix with
   * end and first code as metadata.
   */
  static Safetensors of(GeneratorVocabulary vocabulary) {
    int[] pieces = vocabulary.pieces();
    Map<String, Tensor> tensors = new TreeMap<>();
    Map<String, String> notes = new TreeMap<>();
    tensors.put("token_ids", Tensor.ints(pieces, pieces.length));
    vocabulary
        .frame()
        .ifPresent(
            frame -> {
              tensors.put(SEARCH_PREFIX, Tensor.ints(frame.search(), frame.search().length));
              tensors.put(
                  RECOMMENDATION_PREFIX,
                  Tensor.ints(frame.recommendation(), frame.recommendation().length));
              notes.put(END_TOKEN, Integer.toString(frame.endToken()));
              notes.put(FIRST_CODE, Integer.toString(frame.firstCode()));
            });
    return new Safetensors(tensors, notes);
  }

  static GeneratorVocabulary vocabulary(Safetensors file, CodebookShape shape) {
    if (!file.tensors().containsKey(SEARCH_PREFIX)) {
      return new GeneratorVocabulary(file.tensor("token_ids").ints(), shape);
    }
    PromptFrame frame =
        new PromptFrame(
            file.tensor(SEARCH_PREFIX).ints(),
            file.tensor(RECOMMENDATION_PREFIX).ints(),
            Integer.parseInt(file.note(END_TOKEN)),
            Integer.parseInt(file.note(FIRST_CODE)));
    return GeneratorVocabulary.of(frame, shape);
  }

  /**
   * codes (N, L), vectors (N, D), collaborative (N, C), interactions (N), searches (N); ids as
   * concatenated UTF-8 with offsets: id_offsets (N + 1).
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
            CODES,
            Tensor.ints(codes, rows, levels),
            "vectors",
            Tensor.rows(assignments.vectors(), shapes.vectorDimensions()),
            "collaborative",
            Tensor.rows(assignments.collaborative(), shapes.collaborativeDimensions()),
            "interactions",
            Tensor.floats(assignments.interactions(), rows),
            "searches",
            Tensor.floats(assignments.searches(), rows),
            IDS,
            ids.bytes(),
            ID_OFFSETS,
            ids.offsets()));
  }

  static Assignments assignments(Safetensors file) {
    List<ItemId> items = items(file.tensor(IDS), file.tensor(ID_OFFSETS));
    return new Assignments(
        items,
        codes(file.tensor(CODES), items.size()),
        file.tensor("vectors").rows(),
        file.tensor("collaborative").rows(),
        file.tensor("interactions").floats(),
        file.tensor("searches").floats());
  }

  /** The codes of the assignments, without reading their vectors. */
  static ItemCodes itemCodes(SafetensorsFile file, CodebookShape shape) throws IOException {
    List<ItemId> items = items(file.tensor(IDS), file.tensor(ID_OFFSETS));
    return new ItemCodes(shape, items, codes(file.tensor(CODES), items.size()));
  }

  private static List<ItemId> items(Tensor ids, Tensor offsets) {
    return new StringColumn(ids, offsets).texts().stream().map(ItemId::new).toList();
  }

  private static int[][] codes(Tensor flat, int rows) {
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
    return codes;
  }
}
