package io.sidestream.experiments.ways;

import io.sidestream.experiments.spaces.Space;
import io.sidestream.experiments.spaces.Spaces;
import io.sidestream.trainer.quantizer.Quantizer;
import java.io.IOException;
import java.util.Optional;

/** One way to give items their Semantic IDs. A new way is one class that implements this. */
public interface IdWay {
  /** As published, for example {@code search-tuned}; tells ways apart. */
  String name();

  /** What it is, in half a sentence. */
  String about();

  /** The IDs of all items. Equal spaces, quantizers and seeds give equal IDs. */
  TaskIds ids(Spaces spaces, Quantizer quantizer, long seed) throws IOException;

  /** The space that queries and histories lead into as well, where there is one. */
  default Optional<Space> searchable(Spaces spaces) throws IOException {
    return Optional.empty();
  }
}
