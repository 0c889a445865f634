package io.sidestream.learning.generation;

import io.sidestream.learning.codebook.CodeMatching;
import io.sidestream.learning.codebook.FittedCodebook;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.bundle.CodeAlignment;
import io.sidestream.model.bundle.ItemCodes;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The codes of the parent generation: where the clusters of a new one begin, and the numbers that
 * its codes take.
 *
 * @param manifestSha256 hash of the parent's manifest
 * @param codes of its items; empty where they cannot be read
 * @param fault why they cannot be read, one sentence; blank where they can
 */
public record ParentCodes(
    Generation generation, String manifestSha256, Optional<ItemCodes> codes, String fault) {
  private static final String STAGE = "alignment";

  public static ParentCodes of(Generation generation, String manifestSha256, ItemCodes codes) {
    return new ParentCodes(generation, manifestSha256, Optional.of(codes), "");
  }

  /** A parent whose codes cannot be read. */
  public static ParentCodes unreadable(Generation generation, String sha256, String fault) {
    return new ParentCodes(generation, sha256, Optional.empty(), fault);
  }

  /**
   * What items have had as codes, shape [row][level]; of length 0 for an item without, and for all
   * where these codes cannot be aligned with.
   *
   * @param shape of the new codebook
   */
  static int[][] former(Optional<ParentCodes> parent, CodebookShape shape, List<ItemId> items) {
    if (parent.isEmpty()) {
      return new int[items.size()][0];
    }
    int[][] former = parent.get().former(items);
    return parent.get().obstacle(shape, shared(former)).isPresent()
        ? new int[items.size()][0]
        : former;
  }

  private int[][] former(List<ItemId> items) {
    return items.stream().map(this::former).toArray(int[][]::new);
  }

  private static int shared(int[][] former) {
    return (int) Arrays.stream(former).filter(id -> id.length > 0).count();
  }

  /** A codebook after alignment, and what became of it. */
  record Aligned(FittedCodebook codebook, CodeAlignment alignment) {}

  /**
   * The codebook with the numbers of the parent's codes, or as it is where that cannot be.
   *
   * @param items of the codebook's codes, by row
   */
  Aligned align(FittedCodebook fitted, List<ItemId> items, TrainingProgress progress) {
    int[][] former = former(items);
    int shared = shared(former);
    progress.stage(STAGE, "%,d items with generation %s", shared, generation);
    Optional<String> obstacle = obstacle(fitted.codebook().shape(), shared);
    if (obstacle.isPresent()) {
      progress.finished(STAGE, "skipped: " + obstacle.get());
      return new Aligned(fitted, CodeAlignment.skipped(generation, manifestSha256, obstacle.get()));
    }
    FittedCodebook aligned = CodeMatching.align(fitted, former);
    int levels = fitted.codebook().shape().levels();
    CodeAlignment.Kept before = CodeAlignment.Kept.of(fitted.codes(), former, levels);
    CodeAlignment.Kept after = CodeAlignment.Kept.of(aligned.codes(), former, levels);
    progress.finished(STAGE, "first codes kept: %s", summary(before, after));
    return new Aligned(
        aligned,
        new CodeAlignment(
            generation,
            manifestSha256,
            Optional.empty(),
            shared,
            Optional.of(before),
            Optional.of(after)));
  }

  /** The codes of an item; none where the parent does not have it. */
  private int[] former(ItemId item) {
    return codes.flatMap(known -> known.of(item)).orElse(new int[0]);
  }

  private Optional<String> obstacle(CodebookShape shape, int shared) {
    if (codes.isEmpty()) {
      return Optional.of(fault);
    }
    CodebookShape former = codes.get().shape();
    if (!former.equals(shape)) {
      return Optional.of(
          "its codebook has %d levels of %d codes, this one %d of %d"
              .formatted(former.levels(), former.width(), shape.levels(), shape.width()));
    }
    if (shape.width() > CodeMatching.MAX_WIDTH) {
      return Optional.of(
          "levels have %d codes, at most %d are matched"
              .formatted(shape.width(), CodeMatching.MAX_WIDTH));
    }
    return shared == 0 ? Optional.of("no item is in both generations") : Optional.empty();
  }

  private static String summary(CodeAlignment.Kept before, CodeAlignment.Kept after) {
    return String.format(
        Locale.ROOT,
        "%.1f %% → %.1f %%, IDs: %.1f %% → %.1f %%",
        100 * before.codes().get(0),
        100 * after.codes().get(0),
        100 * before.ids(),
        100 * after.ids());
  }
}
