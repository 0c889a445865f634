package io.sidestream.experiments.ways;

import io.sidestream.experiments.spaces.Space;
import io.sidestream.experiments.spaces.Spaces;
import io.sidestream.trainer.TrainingProgress;
import io.sidestream.trainer.quantizer.Quantized;
import io.sidestream.trainer.quantizer.Quantizer;
import java.io.IOException;
import java.util.Optional;

/**
 * IDs for both tasks from the vectors of one space.
 *
 * @param leadsIn whether queries and histories lead into the space as well
 */
public record OneSpaceIds(String name, String about, SpaceSource source, boolean leadsIn)
    implements IdWay {
  /** Takes one of the spaces. */
  @FunctionalInterface
  public interface SpaceSource {
    Space in(Spaces spaces) throws IOException;
  }

  /** From a space of queries, histories and items. */
  static OneSpaceIds searchable(String name, String about, SpaceSource source) {
    return new OneSpaceIds(name, about, source, true);
  }

  /** From a space of items alone. */
  static OneSpaceIds ofItems(String name, String about, SpaceSource source) {
    return new OneSpaceIds(name, about, source, false);
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
    return leadsIn ? Optional.of(source.in(spaces)) : Optional.empty();
  }
}
