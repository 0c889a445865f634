package io.sidestream.model.generator;

/**
 * What the generator reads: a task marker and tokens, and the vector of the query or history, which
 * takes the place of one more token at the front.
 *
 * @param tokens of {@link GeneratorVocabulary}; the first is a task marker
 * @param vector unit vector, length D
 */
public record GeneratorPrompt(int[] tokens, float[] vector) {
  public GeneratorPrompt {
    tokens = tokens.clone();
    vector = vector.clone();
  }

  /** How many tokens there are. */
  public int length() {
    return tokens.length;
  }

  @Override
  public int[] tokens() {
    return tokens.clone();
  }

  @Override
  public float[] vector() {
    return vector.clone();
  }
}
