package io.sidestream.model.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.model.bundle.Assignments;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.SemanticId;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewItemsTest {
  private static final Generation GENERATION = new Generation(2);
  private static final Catalogue TRAINED =
      Catalogue.of(
          GENERATION,
          new CodebookShape(2, 4),
          new Assignments(
              List.of(new ItemId("a"), new ItemId("b")),
              new int[][] {{0, 0}, {1, 0}},
              new float[][] {{1}, {1}},
              new float[][] {{1}, {1}},
              new float[] {1, 1},
              new float[] {1, 1}));

  @Test
  void of_knownCodes_countsByHand() {
    Catalogue later =
        TRAINED.with(
            List.of(item("c", 0, 0), item("d", 2, 0), item("e", 2, 0), item("f", 3, 1)), List.of());
    NewItems four = NewItems.of(later);

    assertEquals(4, four.items());
    assertEquals(0.75, four.collisionRate(), "c has the ID of a, and d that of e");
    assertEquals(Math.pow(2, 1.5) / 4, four.codeUsage(), 1e-12);
    assertEquals(
        new NewItems(1, 0, 1), NewItems.of(later.with(List.of(), ids("a", "c", "d", "e"))));
  }

  @Test
  void of_theCorpusAlone_isNone() {
    assertEquals(NewItems.NONE, NewItems.of(TRAINED));
    assertEquals(
        NewItems.NONE,
        NewItems.of(TRAINED.with(List.of(item("a", 3, 3)), ids("b"))),
        "a changed, and did not come");
  }

  private static List<ItemId> ids(String... items) {
    return List.of(items).stream().map(ItemId::new).toList();
  }

  private static CodedItem item(String id, int... codes) {
    return new CodedItem(new ItemId(id), new SemanticId(GENERATION, codes), new float[] {1});
  }
}
