package io.sidestream.learning.generation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.sidestream.learning.codebook.FittedCodebook;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.bundle.CodeAlignment;
import io.sidestream.model.bundle.ItemCodes;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.ResidualCodebook;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ParentCodesTest {
  private static final String SHA256 = "ab".repeat(32);
  private static final Generation PARENT = new Generation(3);
  private static final List<ItemId> ITEMS = ids("a", "b", "c", "d");
  private static final FittedCodebook FITTED =
      new FittedCodebook(
          new ResidualCodebook(new CodebookShape(2, 2), 1, new float[][] {{1, 2}, {3, 4}}),
          new int[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});

  @Test
  void align_sharedItems_saysWhatTheyKeepBeforeAndAfter() {
    ItemCodes codes =
        new ItemCodes(
            new CodebookShape(2, 2),
            ids("a", "b", "c", "z"),
            new int[][] {{1, 0}, {1, 1}, {0, 1}, {0, 0}});
    ParentCodes.Aligned aligned =
        ParentCodes.of(PARENT, SHA256, codes).align(FITTED, ITEMS, TrainingProgress.NONE);
    assertEquals(
        new CodeAlignment(
            PARENT,
            SHA256,
            Optional.empty(),
            3,
            Optional.of(new CodeAlignment.Kept(List.of(0.0, 2 / 3.0), 0)),
            Optional.of(new CodeAlignment.Kept(List.of(1.0, 2 / 3.0), 2 / 3.0))),
        aligned.alignment());
    assertEquals(2, aligned.codebook().codebook().centroids(0)[0], "the tables move along");
  }

  @Test
  void align_parentThatDoesNotFit_isSkippedWithTheReason() {
    assertSkipped(
        "no item is in both generations",
        ParentCodes.of(
            PARENT,
            SHA256,
            new ItemCodes(new CodebookShape(2, 2), ids("z"), new int[][] {{0, 0}})));
    assertSkipped(
        "its codebook has 1 levels of 4 codes, this one 2 of 2",
        ParentCodes.of(
            PARENT, SHA256, new ItemCodes(new CodebookShape(1, 4), ids("a"), new int[][] {{3}})));
    assertSkipped("it is gone", ParentCodes.unreadable(PARENT, SHA256, "it is gone"));
  }

  @Test
  void former_itemsOfTheParent_haveItsCodesAndOthersNone() {
    ItemCodes codes =
        new ItemCodes(new CodebookShape(2, 2), ids("b", "z"), new int[][] {{1, 0}, {0, 1}});
    int[][] former =
        ParentCodes.former(
            Optional.of(ParentCodes.of(PARENT, SHA256, codes)), new CodebookShape(2, 2), ITEMS);
    assertArrayEquals(new int[][] {{}, {1, 0}, {}, {}}, former);
    assertArrayEquals(
        new int[4][0], ParentCodes.former(Optional.empty(), new CodebookShape(2, 2), ITEMS));
  }

  private static void assertSkipped(String reason, ParentCodes parent) {
    assertArrayEquals(
        new int[4][0],
        ParentCodes.former(Optional.of(parent), FITTED.codebook().shape(), ITEMS),
        "nothing begins at codes that do not fit");
    ParentCodes.Aligned aligned = parent.align(FITTED, ITEMS, TrainingProgress.NONE);
    assertSame(FITTED, aligned.codebook());
    assertEquals(CodeAlignment.skipped(PARENT, SHA256, reason), aligned.alignment());
  }

  private static List<ItemId> ids(String... ids) {
    return Stream.of(ids).map(ItemId::new).toList();
  }
}
