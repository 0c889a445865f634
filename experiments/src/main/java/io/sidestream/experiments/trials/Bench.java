package io.sidestream.experiments.trials;

import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.experiments.spaces.LearningMaterial;
import io.sidestream.experiments.spaces.Spaces;
import io.sidestream.experiments.spaces.Texts;
import io.sidestream.experiments.store.Store;
import io.sidestream.experiments.ways.IdWay;
import io.sidestream.experiments.ways.TaskIds;
import io.sidestream.trainer.TrainingProgress;
import io.sidestream.trainer.quantizer.Quantizer;
import java.io.IOException;

/** Where trials of one split and seed are made: each is trained once, and kept. */
public final class Bench {
  private final LearningMaterial material;
  private final Texts texts;
  private final Spaces spaces;
  private final TrialSettings settings;
  private final Store store;
  private final long seed;
  private final TrainingProgress progress;

  /**
   * @param store apart for each split, settings and seed
   */
  public Bench(
      LearningMaterial material,
      Texts texts,
      Spaces spaces,
      TrialSettings settings,
      Store store,
      long seed,
      TrainingProgress progress) {
    this.material = material;
    this.texts = texts;
    this.spaces = spaces;
    this.settings = settings;
    this.store = store;
    this.seed = seed;
    this.progress = progress;
  }

  public ExperimentData data() {
    return material.data();
  }

  public Spaces spaces() {
    return spaces;
  }

  public Texts texts() {
    return texts;
  }

  /** The trial of a way with task markers of their own. */
  public TrialResult trial(IdWay way, Quantizer quantizer) throws IOException {
    return trial(way, quantizer, PromptStyle.OWN);
  }

  /** A generator trained on a way's IDs, and where it puts what was wanted. */
  public TrialResult trial(IdWay way, Quantizer quantizer, PromptStyle style) throws IOException {
    return store.value(
        "trial " + way.name() + " / " + quantizer.name() + " / " + style,
        TrialResult.class,
        () -> run(way, quantizer, style).run());
  }

  /** One generator on a way's IDs, read out in every way. */
  public DecodingResult decodings(IdWay way, Quantizer quantizer) throws IOException {
    return store.value(
        "decodings " + way.name() + " / " + quantizer.name(),
        DecodingResult.class,
        () -> run(way, quantizer, PromptStyle.OWN).decodings());
  }

  /** What ships, trained on this split with this bench's seed. */
  public ShippedResult shipped(TrainingSettings shipped) throws IOException {
    return store.value(
        "shipped",
        ShippedResult.class,
        () ->
            new ShippedRun(
                    material.data(),
                    shipped.withSeed(seed),
                    store.folder().resolve("shipped"),
                    progress)
                .run());
  }

  private TrialRun run(IdWay way, Quantizer quantizer, PromptStyle style) throws IOException {
    TaskIds ids = way.ids(spaces, quantizer, seed);
    return new TrialRun(material, texts, ids, style, settings, seed, progress);
  }
}
