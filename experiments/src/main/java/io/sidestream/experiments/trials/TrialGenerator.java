package io.sidestream.experiments.trials;

import io.sidestream.experiments.pretrained.GeneratorModel;
import io.sidestream.experiments.store.Store;
import java.io.IOException;
import java.util.Optional;

/** A kind of generator, which learns the IDs of any trial. */
public interface TrialGenerator {
  /** The one of a folder, or small ones from scratch. */
  static TrialGenerator of(Optional<GeneratorModel> model, TrialSettings fromScratch) {
    return model
        .<TrialGenerator>map(PretrainedKind::new)
        .orElseGet(() -> new FromScratchKind(fromScratch));
  }

  /** The part of a store for what generators of this kind answer. */
  Store within(Store store);

  /** A generator that has learned; whoever takes it closes it. */
  TrainedTrial train(TrialTask task) throws IOException;
}
