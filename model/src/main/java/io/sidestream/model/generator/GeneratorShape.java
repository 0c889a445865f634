package io.sidestream.model.generator;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.codes.CodebookShape;

/**
 * The sizes of a generator.
 *
 * @param codebook what it writes
 * @param vocabulary how many input tokens it reads
 * @param vectorDimensions D, length of the prompt's vector
 * @param modelDimensions width of its layers
 * @param layers encoder layers, and as many decoder layers unless it is pretrained
 * @param heads attention heads; divides {@code modelDimensions} unless it is pretrained
 * @param feedForwardDimensions width of the feed-forward layers
 * @param maxTokens longest prompt in tokens; longer ones are cut
 */
public record GeneratorShape(
    CodebookShape codebook,
    int vocabulary,
    int vectorDimensions,
    int modelDimensions,
    int layers,
    int heads,
    int feedForwardDimensions,
    int maxTokens) {
  public GeneratorShape {
    check(
        modelDimensions > 0 && heads > 0, "%d model dimensions, %d heads", modelDimensions, heads);
    check(layers > 0 && maxTokens > 1, "generator of %d layers, %d tokens", layers, maxTokens);
  }

  /** Dimensions of one attention head. */
  public int headDimensions() {
    check(
        modelDimensions % heads == 0,
        "%d model dimensions do not divide among %d heads",
        modelDimensions,
        heads);
    return modelDimensions / heads;
  }
}
