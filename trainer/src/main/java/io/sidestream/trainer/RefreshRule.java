package io.sidestream.trainer;

import io.sidestream.learning.generation.ParentCodes;
import io.sidestream.learning.generation.TrainingStart;
import io.sidestream.learning.settings.RefreshSettings;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.bundle.CodeAlignment;
import io.sidestream.model.bundle.GenerationWeights;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.bundle.WarmStart;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.Item;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Decides whether a training begins with the weights of the live generation, and says why. */
record RefreshRule(TrainingSettings settings, ParentBundle parents) {
  /*
   * A training is full unless nothing speaks against a refresh; the first reason is stated. A
   * refresh moves what was learned, it does not find what a beginning at random would: so there is
   * a bound on how many follow each other, and a candidate that the gate rejected is followed by a
   * full training. What only the training itself can see is decided there: TrainingStart.
   */

  /** What settings are called, or begin with, that say which events are held out. */
  private static final List<String> HELD_OUT_BY =
      List.of("trainer.seed", "trainer.test.", "trainer.validation.");

  /** What a training for this job begins with. */
  TrainingStart start(TrainingJob job, List<Item> items) {
    if (job.live().isEmpty()) {
      return TrainingStart.full(Optional.empty(), "no generation is live");
    }
    GenerationAnnouncement live = job.live().get();
    Optional<ParentCodes> codes =
        settings.alignCodes() ? Optional.of(parents.codes(live)) : Optional.empty();
    if (settings.refresh().most() == 0) {
      return TrainingStart.full(codes, "trainer.refresh.most is 0");
    }
    if (codes.isEmpty()) {
      return TrainingStart.full(codes, "trainer.codebook.align is false");
    }
    if (codes.get().codes().isEmpty()) {
      return TrainingStart.full(codes, codes.get().fault());
    }
    if (job.refusedSince().isPresent()) {
      return TrainingStart.full(
          codes,
          "generation %s after it was rejected or rolled back".formatted(job.refusedSince().get()));
    }
    Optional<ParentBundle.Parent> parent = parents.parent(live);
    Optional<GenerationWeights> weights = parent.flatMap(ParentBundle.Parent::weights);
    if (weights.isEmpty()) {
      String fault = parent.isEmpty() ? "could not be read" : "keeps no weights to begin with";
      return TrainingStart.full(codes, "its bundle " + fault);
    }
    Manifest manifest = parent.get().manifest();
    double unknown = unknown(weights.get(), items);
    Optional<String> obstacle = obstacle(manifest, unknown, job);
    return obstacle.isPresent()
        ? TrainingStart.full(codes, obstacle.get())
        : TrainingStart.refresh(
            codes, weights.get(), refreshes(manifest) + 1, reason(manifest, unknown));
  }

  /** Share of the items that the weights do not have. */
  private static double unknown(GenerationWeights weights, List<Item> items) {
    int[] rows = weights.rows(items.stream().map(Item::id).toList());
    return (double) Arrays.stream(rows).filter(row -> row < 0).count() / rows.length;
  }

  /** Why a refresh of this generation would not do, where it would not. */
  Optional<String> obstacle(Manifest manifest, double unknown, TrainingJob job) {
    RefreshSettings refresh = settings.refresh();
    String catalogue = manifest.provenance().catalogue();
    int before = refreshes(manifest);
    double kept = kept(manifest);
    if (!catalogue.equals(job.catalogue())) {
      return Optional.of("it is of catalogue " + catalogue);
    }
    if (job.erasedSince() > 0) {
      return Optional.of("users erased since, whose events it may know: " + job.erasedSince());
    }
    Optional<String> other = otherHeldOut(manifest.provenance().settings());
    if (other.isPresent()) {
      return Optional.of("it held out by another %s".formatted(other.get()));
    }
    if (before >= refresh.most()) {
      return Optional.of("refreshes in a row: %d, as many as allowed".formatted(before));
    }
    if (before > 0 && kept < refresh.minKeptCodes()) {
      return Optional.of(
          "it kept %s of the first codes, fewer than %s"
              .formatted(percent(kept), percent(refresh.minKeptCodes())));
    }
    return unknown > refresh.maxNewItems()
        ? Optional.of(
            "%s of the items are new, more than %s"
                .formatted(percent(unknown), percent(refresh.maxNewItems())))
        : Optional.empty();
  }

  /** A setting by which it held out other events: it may have learned from what would be tests. */
  private Optional<String> otherHeldOut(Map<String, String> before) {
    Map<String, String> now = settings.asText();
    return before.keySet().stream()
        .filter(key -> HELD_OUT_BY.stream().anyMatch(key::startsWith))
        .filter(key -> now.containsKey(key) && !now.get(key).equals(before.get(key)))
        .sorted()
        .findFirst();
  }

  private String reason(Manifest manifest, double unknown) {
    return "%d of at most %d in a row, %s of the items are new"
        .formatted(refreshes(manifest) + 1, settings.refresh().most(), percent(unknown));
  }

  /** Share of the first codes that a generation kept of its parent's. */
  private static double kept(Manifest manifest) {
    return manifest
        .alignment()
        .flatMap(CodeAlignment::after)
        .map(kept -> kept.codes().get(0))
        .orElse(1.0);
  }

  private static int refreshes(Manifest manifest) {
    return manifest.warmStart().map(WarmStart::refreshes).orElse(0);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
