package io.sidestream.experiments.trials;

import io.sidestream.experiments.data.Case;
import io.sidestream.model.generator.Beam;
import java.util.List;

/** Writes the IDs that answer a case, best first. */
@FunctionalInterface
interface CaseDecoder {
  /** Beams on the trie of the catalogue, none twice. */
  List<Beam> decode(Case one, TaskCatalogue catalogue);

  /** Whether several threads may ask at once. */
  default boolean severalAtOnce() {
    return false;
  }
}
