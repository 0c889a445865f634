package io.sidestream.learning.biencoder;

import io.sidestream.learning.tensor.Parameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names of a BERT encoder's weights, in Hugging Face layout, and their way to and fro. */
final class BertWeights {
  static final String WORDS = "embeddings.word_embeddings.weight"; // (V, E)
  static final String POSITIONS = "embeddings.position_embeddings.weight"; // (S, E)
  static final String TYPES = "embeddings.token_type_embeddings.weight"; // (2, E)
  static final String NORM = "embeddings.LayerNorm";

  private static final List<String> EMBEDDINGS =
      List.of(WORDS, POSITIONS, TYPES, NORM + ".weight", NORM + ".bias");
  private static final List<String> PARTS =
      List.of(
          "attention.self.query",
          "attention.self.key",
          "attention.self.value",
          "attention.output.dense",
          "attention.output.LayerNorm",
          "intermediate.dense",
          "output.dense",
          "output.LayerNorm");

  private BertWeights() {}

  /** What the names of a layer's weights begin with. */
  static String prefix(int layer) {
    return "encoder.layer." + layer + ".";
  }

  /** The names of one layer's weights. */
  static List<String> ofLayer(int layer) {
    List<String> names = new ArrayList<>();
    for (String part : PARTS) {
      names.add(prefix(layer) + part + ".weight");
      names.add(prefix(layer) + part + ".bias");
    }
    return names;
  }

  /** Puts a graph's weights among the parameters. */
  static void add(TextGraph graph, BertShape shape, Parameters parameters) {
    List<String> names = new ArrayList<>(EMBEDDINGS);
    for (int layer = 0; layer < shape.layers(); layer++) {
      names.addAll(ofLayer(layer));
    }
    names.forEach(name -> parameters.add(name, graph.weight(name), graph.shape(name)));
  }

  /** The numbers of the layers from one on, by name. */
  static Map<String, float[]> fromLayer(int first, BertShape shape, Parameters parameters) {
    Map<String, float[]> weights = new LinkedHashMap<>();
    for (int layer = first; layer < shape.layers(); layer++) {
      ofLayer(layer).forEach(name -> weights.put(name, parameters.floats(name)));
    }
    return weights;
  }
}
