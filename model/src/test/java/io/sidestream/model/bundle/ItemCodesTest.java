package io.sidestream.model.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.fixtures.TinyGeneration;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.resources.Hashes;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemCodesTest {
  private static final Generation GENERATION = new Generation(4);
  private static final CodebookShape SHAPE = new CodebookShape(2, 8);

  @TempDir Path directory;

  @Test
  void codes_ofABundle_areThoseOfItsAssignments() throws Exception {
    Path bundle = new TinyGeneration(GENERATION, 12, 5).publish(directory);
    String sha256 = Hashes.sha256(bundle.resolve(BundleFiles.MANIFEST));
    ItemCodes codes = BundleReader.codes(bundle, GENERATION, sha256);
    try (OpenGeneration open = BundleReader.open(bundle, sha256, OnnxSessions.cpu(1))) {
      assertEquals(open.assignments().items(), codes.items());
      assertArrayEquals(open.assignments().codes(), codes.codes());
      assertEquals(open.codebook().shape(), codes.shape());
    }
    assertArrayEquals(codes.codes()[3], codes.of(TinyGeneration.itemId(3)).orElseThrow());
    assertEquals(Optional.empty(), codes.of(TinyGeneration.itemId(12)));
    assertThrows(
        BundleException.class, () -> BundleReader.codes(bundle, GENERATION, "ab".repeat(32)));
    assertThrows(
        BundleException.class, () -> BundleReader.codes(bundle, GENERATION.next(), sha256));
    assertThrows(
        BundleNotFoundException.class,
        () -> BundleReader.codes(directory.resolve("none"), GENERATION, sha256));
  }

  @Test
  void codes_thatAShapeDoesNotHave_areRefused() {
    assertEquals("code is 8, expected 0 to 7", refusal(List.of("a"), new int[][] {{0, 8}}));
    assertEquals("id of 1 codes, expected 2", refusal(List.of("a"), new int[][] {{0}}));
    assertEquals("codes of 1 items, expected 2", refusal(List.of("a", "b"), new int[][] {{0, 1}}));
    assertEquals(
        "item a does not follow the one before it",
        refusal(List.of("b", "a"), new int[][] {{0, 1}, {0, 1}}));
  }

  private static String refusal(List<String> ids, int[][] codes) {
    List<ItemId> items = ids.stream().map(ItemId::new).toList();
    return assertThrows(IllegalArgumentException.class, () -> new ItemCodes(SHAPE, items, codes))
        .getMessage();
  }
}
