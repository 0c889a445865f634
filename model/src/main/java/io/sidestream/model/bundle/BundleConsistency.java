package io.sidestream.model.bundle;

import io.sidestream.model.codes.ResidualCodebook;
import io.sidestream.model.generator.GeneratorVocabulary;
import io.sidestream.model.terms.ItemTexts;
import io.sidestream.model.terms.QueryLog;
import io.sidestream.model.vectors.Towers;
import io.sidestream.schemas.Checks;
import io.sidestream.schemas.ItemId;

/** Verifies the shapes of all parts of a bundle against its manifest. */
final class BundleConsistency {
  private BundleConsistency() {}

  static void check(
      Manifest.Shapes shapes,
      Towers towers,
      ResidualCodebook codebook,
      GeneratorVocabulary vocabulary,
      Assignments assignments,
      QueryLog queryLog,
      ItemTexts itemTexts) {
    equal(
        "towers take text vectors of %d dimensions",
        towers.textDimensions(), shapes.textDimensions());
    equal(
        "towers take collaborative vectors of %d dimensions",
        towers.collaborativeDimensions(), shapes.collaborativeDimensions());
    equal("towers give %d dimensions", towers.dimensions(), shapes.vectorDimensions());
    equal("codebook has %d dimensions", codebook.dimensions(), shapes.vectorDimensions());
    equal("codebook has %d levels", codebook.shape().levels(), shapes.codebook().levels());
    equal("codebook is %d wide", codebook.shape().width(), shapes.codebook().width());
    equal("vocabulary has %d tokens", vocabulary.size(), shapes.generator().vocabulary());
    check(shapes, assignments);
    equal("query log is of %d items", queryLog.items(), shapes.items());
    equal("texts are of %d items", itemTexts.terms().items(), shapes.items());
  }

  private static void check(Manifest.Shapes shapes, Assignments assignments) {
    equal("assignments hold %d items", assignments.size(), shapes.items());
    for (int row = 0; row < assignments.size(); row++) {
      ItemId item = assignments.items().get(row);
      int[] codes = assignments.codes()[row];
      int vector = assignments.vectors()[row].length;
      int collaborative = assignments.collaborative()[row].length;
      equal("vector of item %s has %d dimensions", item, vector, shapes.vectorDimensions());
      equal(
          "collaborative vector of item %s has %d dimensions",
          item, collaborative, shapes.collaborativeDimensions());
      equal("id of item %s has %d codes", item, codes.length, shapes.codebook().levels());
      for (int code : codes) {
        Checks.check(
            code >= 0 && code < shapes.codebook().width(),
            "code of item %s is %d, expected 0 to %d",
            item,
            code,
            shapes.codebook().width() - 1);
      }
    }
  }

  private static void equal(String what, int found, int expected) {
    Checks.check(found == expected, what + ", manifest says %d", found, expected);
  }

  private static void equal(String what, ItemId item, int found, int expected) {
    Checks.check(found == expected, what + ", manifest says %d", item, found, expected);
  }
}
