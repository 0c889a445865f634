package io.sidestream.model.bundle;

import com.fasterxml.jackson.databind.util.StdConverter;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.GeneratorShape;

/** {@link Manifest.Shapes} as JSON, where no number is written twice. */
record ShapesJson(
    String template,
    int textDimensions,
    int maxTokens,
    int vectorDimensions,
    int collaborativeDimensions,
    int levels,
    int width,
    int items,
    Generator generator) {

  record Generator(
      int vocabulary,
      int modelDimensions,
      int layers,
      int heads,
      int feedForwardDimensions,
      int maxTokens) {}

  static final class FromShapes extends StdConverter<Manifest.Shapes, ShapesJson> {
    @Override
    public ShapesJson convert(Manifest.Shapes shapes) {
      GeneratorShape generator = shapes.generator();
      return new ShapesJson(
          shapes.template(),
          shapes.textDimensions(),
          shapes.maxTokens(),
          shapes.vectorDimensions(),
          shapes.collaborativeDimensions(),
          shapes.codebook().levels(),
          shapes.codebook().width(),
          shapes.items(),
          new Generator(
              generator.vocabulary(),
              generator.modelDimensions(),
              generator.layers(),
              generator.heads(),
              generator.feedForwardDimensions(),
              generator.maxTokens()));
    }
  }

  static final class ToShapes extends StdConverter<ShapesJson, Manifest.Shapes> {
    @Override
    public Manifest.Shapes convert(ShapesJson json) {
      CodebookShape codebook = new CodebookShape(json.levels, json.width);
      Generator sizes = json.generator;
      GeneratorShape generator =
          new GeneratorShape(
              codebook,
              sizes.vocabulary,
              json.vectorDimensions,
              sizes.modelDimensions,
              sizes.layers,
              sizes.heads,
              sizes.feedForwardDimensions,
              sizes.maxTokens);
      return new Manifest.Shapes(
          json.template,
          json.textDimensions,
          json.maxTokens,
          json.vectorDimensions,
          json.collaborativeDimensions,
          codebook,
          generator,
          json.items);
    }
  }
}
