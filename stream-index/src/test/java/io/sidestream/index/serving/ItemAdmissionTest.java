package io.sidestream.index.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sidestream.model.bundle.Assignments;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.SemanticId;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ItemAdmissionTest {
  private static final int WIDTH = 256;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final TinyGeneration tiny = new TinyGeneration(1, "a", "b", "c");
  private final Catalogue catalogue = tiny.load().catalogue();

  @Test
  void apply_moreItemsThanRoom_takesTheFirstAndCountsTheRest() {
    ItemAdmission admission = new ItemAdmission(4, registry);
    Catalogue next =
        admission.apply(
            catalogue,
            List.of(tiny.coded("d", 7), tiny.coded("a", 8), tiny.coded("e", 9)),
            List.of());
    assertEquals(4, next.size());
    assertTrue(next.contains(new ItemId("d")));
    assertFalse(next.contains(new ItemId("e")));
    assertEquals(tiny.coded("a", 8).id(), next.id(next.row(new ItemId("a")).getAsInt()));
    assertEquals(1, refused(ItemAdmission.Reason.FULL));
    assertSame(next, admission.apply(next, List.of(tiny.coded("e", 9)), List.of()));
    assertEquals(2, refused(ItemAdmission.Reason.FULL));
  }

  @Test
  void apply_itemRemovedFromAFullCatalogue_makesRoom() {
    ItemAdmission admission = new ItemAdmission(3, registry);
    Catalogue next =
        admission.apply(
            catalogue,
            List.of(tiny.coded("d", 7)),
            List.of(new ItemId("b"), new ItemId("unknown")));
    assertEquals(3, next.size());
    assertTrue(next.contains(new ItemId("d")));
    assertEquals(0, refused(ItemAdmission.Reason.FULL));
  }

  @Test
  void apply_idWithoutRoomInTheTrie_isRefusedAlone() {
    ItemAdmission admission = new ItemAdmission(100, 4L * WIDTH, registry);
    Catalogue next =
        admission.apply(
            catalogue,
            List.of(tiny.coded("d", 7), tiny.coded("e", 8), tiny.coded("f", 2)),
            List.of());
    assertTrue(next.contains(new ItemId("d")), "a fourth row of the second table");
    assertFalse(next.contains(new ItemId("e")));
    assertTrue(next.contains(new ItemId("f")), "beside an ID that is there");
    assertEquals(1, refused(ItemAdmission.Reason.NO_ROOM_FOR_ID));
  }

  /** An item whose vector has another length than those of the catalogue. */
  private static CodedItem misfit(String item) {
    SemanticId id = new SemanticId(new Generation(1), new int[] {0, 1});
    return new CodedItem(new ItemId(item), id, new float[3]);
  }

  @Test
  void apply_itemThatDoesNotFit_isRefusedAndRemoved() {
    ItemAdmission admission = new ItemAdmission(100, registry);
    Catalogue next =
        admission.apply(catalogue, List.of(misfit("a"), tiny.coded("d", 7)), List.of());
    assertFalse(next.contains(new ItemId("a")));
    assertTrue(next.contains(new ItemId("d")));
    assertEquals(1, refused(ItemAdmission.Reason.DOES_NOT_FIT));
  }

  @Test
  void apply_itemOfAFullCatalogueDoesNotFitAnyMore_makesRoom() {
    ItemAdmission admission = new ItemAdmission(3, registry);
    Catalogue next =
        admission.apply(catalogue, List.of(misfit("a"), tiny.coded("d", 7)), List.of());
    assertEquals(3, next.size());
    assertTrue(next.contains(new ItemId("d")));
    assertEquals(0, refused(ItemAdmission.Reason.FULL));
  }

  @Test
  void apply_itemOfAFullCatalogueHasNoRoomForItsId_makesRoom() {
    ItemAdmission admission = new ItemAdmission(3, 4L * WIDTH, registry);
    Catalogue next =
        admission.apply(
            catalogue,
            List.of(tiny.coded("b", 7), tiny.coded("a", 8), tiny.coded("d", 2)),
            List.of());
    assertFalse(next.contains(new ItemId("a")));
    assertTrue(next.contains(new ItemId("d")), "beside an ID that is there");
    assertEquals(3, next.size());
    assertEquals(0, refused(ItemAdmission.Reason.FULL));
  }

  @Test
  void ofBundle_moreItemsThanRoom_leavesThoseOfFewestEventsOut() {
    Assignments known = tiny.assignments();
    Assignments counted =
        new Assignments(
            known.items(),
            known.codes(),
            known.vectors(),
            known.collaborative(),
            new float[] {3, 0, 0},
            new float[] {0, 1, 0});
    Catalogue fewer = new ItemAdmission(2, registry).ofBundle(catalogue, counted);
    assertEquals(2, fewer.size());
    assertFalse(fewer.contains(new ItemId("c")));
    assertEquals(1, refused(ItemAdmission.Reason.FULL));
    assertSame(catalogue, new ItemAdmission(3, registry).ofBundle(catalogue, counted));
  }

  private double refused(ItemAdmission.Reason reason) {
    return registry
        .get("sidestream.items.refused")
        .tag("reason", reason.name().toLowerCase(Locale.ROOT))
        .counter()
        .count();
  }
}
