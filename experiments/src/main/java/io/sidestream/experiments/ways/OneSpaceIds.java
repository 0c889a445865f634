package io.sidestream.experiments.ways;

import io.sidestream.experiments.spaces.Space;
import io.sidestream.experiments.spaces.Spaces;
import io.sidestream.trainer.TrainingProgress;
import io.sidestream.trainer.quantizer.Quantized;
import io.sidestream.trainer.quantizer.Quantizer;
import java.io.IOException;
import java.util.Optional;

/** IDs for both tasks from the vectors of one space. */
public record OneSpaceIds(String name, String about, SpaceSource source) implements IdWay {
  /** Takes one of the spaces. */
  @FunctionalInterface
  public interface SpaceSource {
    Space in(Spaces spaces) throws IOException;
  }

  @Override
  public TaskIds ids(Spaces spaces, Quantizer quantizer, long seed) throws IOException {
    float[][] vectors = source.in(spaces).unitItems();
    Quantized fitted = quantizer.fit(vectors, seed, TrainingProgress.NONE);
    return TaskIds.shared(
        fitted.shape(),
        fitted.codes(),
        fitted.shape().levels() * fitted.shape().width(),
        Energy.left(vectors, fitted.reconstruction()),
        fitted.reconstruction());
  }

  @Override
  public Optional<Space> searchable(Spaces spaces) throws IOException {
    Space space = source.in(spaces);
    return space.towers().isPresent() ? Optional.of(space) : Optional.empty();
  }
}
