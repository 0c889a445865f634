package io.sidestream.learning.pretrained;

import io.sidestream.learning.tensor.Parameters;
import java.io.IOException;

/**
 * The way of a text encoder's weights into parameters, under their names in Hugging Face layout.
 */
final class TextModelWeights {
  private final HuggingFaceFolder folder;
  private final TextModelShape shape;
  private final Parameters parameters;
  private final String prefix;

  private TextModelWeights(
      HuggingFaceFolder folder, TextModelShape shape, Parameters parameters, String prefix) {
    this.folder = folder;
    this.shape = shape;
    this.parameters = parameters;
    this.prefix = prefix;
  }

  /** Adds all weights; whoever takes them closes them. */
  static Parameters read(HuggingFaceFolder folder, TextModelShape shape) throws IOException {
    String prefix = shape.model().label() + ".";
    Parameters parameters = new Parameters();
    try {
      boolean prefixed = folder.has(prefix + TextModel.WORDS);
      new TextModelWeights(folder, shape, parameters, prefixed ? prefix : "").addAll();
      return parameters;
    } catch (IOException | RuntimeException e) {
      parameters.close();
      throw e;
    }
  }

  private void addAll() throws IOException {
    int dimensions = shape.dimensions();
    add(TextModel.WORDS, shape.vocabulary(), dimensions);
    add(TextModel.POSITIONS, shape.positions(), dimensions);
    if (shape.types() > 0) {
      add(TextModel.TYPES, shape.types(), dimensions);
    }
    if (shape.model() == TextModel.MPNET) {
      add(TextModel.DISTANCES, RelativeBuckets.MPNET.buckets(), shape.heads());
    }
    addNorm(TextModel.FIRST_NORM);
    for (int layer = 0; layer < shape.layers(); layer++) {
      for (int part = 0; part < 4; part++) {
        addLinear(shape.model().projection(layer, part), dimensions, dimensions);
      }
      addNorm(shape.model().attentionNorm(layer));
      addLinear(TextModel.inner(layer), shape.inner(), dimensions);
      addLinear(TextModel.outer(layer), dimensions, shape.inner());
      addNorm(TextModel.outerNorm(layer));
    }
    folder.requireAllRead(this::needless);
  }

  /** Heads of other tasks, and positions counted from 0 that some versions saved. */
  private boolean needless(String name) {
    String bare = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    return bare.startsWith("pooler.")
        || bare.equals("embeddings.position_ids")
        || name.startsWith("lm_head.")
        || name.startsWith("cls.");
  }

  private void addLinear(String name, int out, int in) throws IOException {
    add(name + ".weight", out, in);
    add(name + ".bias", out);
  }

  private void addNorm(String name) throws IOException {
    add(name + ".weight", shape.dimensions());
    add(name + ".bias", shape.dimensions());
  }

  private void add(String name, long... lengths) throws IOException {
    folder.add(parameters, name, prefix + name, lengths);
  }
}
