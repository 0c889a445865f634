package io.sidestream.model.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.ResidualCodebook;
import io.sidestream.model.fixtures.TinyGenerator;
import io.sidestream.model.generator.GeneratorVocabulary;
import io.sidestream.model.terms.ItemTexts;
import io.sidestream.model.terms.QueryLog;
import io.sidestream.model.terms.TermIndex;
import io.sidestream.model.vectors.Matrix;
import io.sidestream.model.vectors.Towers;
import io.sidestream.schemas.ItemId;
import java.util.List;
import org.junit.jupiter.api.Test;

class BundleConsistencyTest {
  private static final int E = 5;
  private static final int D = 4;
  private static final int C = 3;
  private static final CodebookShape CODEBOOK = new CodebookShape(2, 6);
  private static final GeneratorVocabulary VOCABULARY =
      new GeneratorVocabulary(new int[] {7, 9}, CODEBOOK);
  private static final QueryLog NO_QUERIES = QueryLog.of(1, List.of());
  private static final ItemTexts NO_TEXTS = ItemTexts.none(1);

  @Test
  void check_partsThatFit_passes() {
    BundleConsistency.check(
        shapes(1),
        towers(E, D, C),
        codebook(CODEBOOK, D),
        VOCABULARY,
        assignments(D, C, 0, 5),
        NO_QUERIES,
        NO_TEXTS);
  }

  @Test
  void check_onePartThatDoesNotFit_saysWhichAndBothNumbers() {
    Assignments good = assignments(D, C, 0, 5);
    assertRefused(
        "towers take text vectors of 6 dimensions, manifest says 5", towers(E + 1, D, C), good);
    assertRefused("towers give 5 dimensions, manifest says 4", towers(E, D + 1, C), good);
    assertRefused(
        "towers take collaborative vectors of 2 dimensions, manifest says 3",
        towers(E, D, C - 1),
        good);
    assertRefused("codebook has 3 dimensions, manifest says 4", codebook(CODEBOOK, 3));
    assertRefused("codebook has 3 levels, manifest says 2", codebook(new CodebookShape(3, 6), D));
    assertRefused("codebook is 7 wide, manifest says 6", codebook(new CodebookShape(2, 7), D));
  }

  @Test
  void check_assignmentsThatDoNotFit_namesTheItem() {
    Towers towers = towers(E, D, C);
    assertRefused(
        "vector of item 100% a has 5 dimensions, manifest says 4",
        towers, assignments(D + 1, C, 0, 5));
    assertRefused(
        "collaborative vector of item 100% a has 4 dimensions, manifest says 3",
        towers, assignments(D, C + 1, 0, 5));
    assertRefused("id of item 100% a has 1 codes, manifest says 2", towers, assignments(D, C, 0));
    assertRefused("code of item 100% a is 6, expected 0 to 5", towers, assignments(D, C, 0, 6));
  }

  @Test
  void check_otherCounts_saysBothNumbers() {
    Towers towers = towers(E, D, C);
    ResidualCodebook codebook = codebook(CODEBOOK, D);
    Assignments one = assignments(D, C, 0, 5);
    GeneratorVocabulary shorter = new GeneratorVocabulary(new int[] {7}, CODEBOOK);
    assertMessage(
        "assignments hold 1 items, manifest says 2",
        () ->
            BundleConsistency.check(
                shapes(2), towers, codebook, VOCABULARY, one, NO_QUERIES, NO_TEXTS));
    assertMessage(
        "vocabulary has 16 tokens, manifest says 17",
        () ->
            BundleConsistency.check(
                shapes(1), towers, codebook, shorter, one, NO_QUERIES, NO_TEXTS));
  }

  @Test
  void check_queryLogOrTextsOfOtherItems_sayBothNumbers() {
    QueryLog two = QueryLog.of(2, List.of(new TermIndex.Text("a", 1, 1)));
    assertMessage(
        "query log is of 2 items, manifest says 1",
        () ->
            BundleConsistency.check(
                shapes(1),
                towers(E, D, C),
                codebook(CODEBOOK, D),
                VOCABULARY,
                assignments(D, C, 0, 5),
                two,
                NO_TEXTS));
    assertMessage(
        "texts are of 2 items, manifest says 1",
        () ->
            BundleConsistency.check(
                shapes(1),
                towers(E, D, C),
                codebook(CODEBOOK, D),
                VOCABULARY,
                assignments(D, C, 0, 5),
                NO_QUERIES,
                ItemTexts.none(2)));
  }

  private static void assertRefused(String message, Towers towers, Assignments assignments) {
    assertMessage(
        message,
        () ->
            BundleConsistency.check(
                shapes(1),
                towers,
                codebook(CODEBOOK, D),
                VOCABULARY,
                assignments,
                NO_QUERIES,
                NO_TEXTS));
  }

  private static void assertRefused(String message, ResidualCodebook codebook) {
    assertMessage(
        message,
        () ->
            BundleConsistency.check(
                shapes(1),
                towers(E, D, C),
                codebook,
                VOCABULARY,
                assignments(D, C, 0, 5),
                NO_QUERIES,
                NO_TEXTS));
  }

  private static void assertMessage(String message, Runnable call) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call::run);
    assertEquals(message, e.getMessage());
  }

  private static Manifest.Shapes shapes(int items) {
    return new Manifest.Shapes(
        "v1", E, 16, D, C, CODEBOOK, TinyGenerator.shape(6, D, VOCABULARY.size()), items);
  }

  private static Towers towers(int text, int space, int collaborative) {
    return new Towers(
        zeros(space, text),
        zeros(space, collaborative),
        zeros(space, text),
        zeros(space, space),
        1,
        1);
  }

  private static Matrix zeros(int rows, int columns) {
    return new Matrix(rows, columns, new float[rows * columns]);
  }

  private static ResidualCodebook codebook(CodebookShape shape, int dimensions) {
    return new ResidualCodebook(
        shape, dimensions, new float[shape.levels()][shape.width() * dimensions]);
  }

  private static Assignments assignments(int dimensions, int collaborative, int... codes) {
    return new Assignments(
        List.of(new ItemId("100% a")),
        new int[][] {codes},
        new float[1][dimensions],
        new float[1][collaborative],
        new float[1],
        new float[1]);
  }
}
