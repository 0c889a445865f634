package io.sidestream.experiments.run;

import io.sidestream.learning.generation.CandidateGeneration;
import io.sidestream.learning.generation.LibraryVersions;
import io.sidestream.learning.generation.ParentCodes;
import io.sidestream.model.bundle.BundleFiles;
import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.model.bundle.GenerationWeights;
import io.sidestream.model.bundle.ItemCodes;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.resources.DirectoryTree;
import io.sidestream.model.resources.Hashes;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Generation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Bundles that a later training begins with, in a folder of their own. They say of their origin
 * only what such a training asks for.
 */
record RefreshParents(Path folder) {
  /** What a training begins with. */
  record Parent(Generation generation, String sha256, ItemCodes codes, GenerationWeights weights) {
    ParentCodes aligned() {
      return ParentCodes.of(generation, sha256, codes);
    }
  }

  /** Begins a bundle; one of an interrupted run makes room for it. */
  BundleWriter stage(Generation generation) throws IOException {
    DirectoryTree.delete(directory(generation));
    return BundleWriter.stage(folder, generation);
  }

  /** Finishes the bundle of a training. */
  void publish(CandidateGeneration learned) throws IOException {
    BundleWriter bundle = learned.bundle();
    bundle.assignments(learned.coded().assignments(), learned.shapes());
    bundle.queryLog(learned.queryLog());
    bundle.seal(
        new Manifest(
            learned.generation(),
            learned.shapes(),
            learned.ranking(),
            new Manifest.Provenance(
                "refreshes",
                Optional.empty(),
                new CorpusOffsets(Map.of()),
                0,
                learned.settings().seed(),
                learned.settings().asText(),
                LibraryVersions.current(learned.settings())),
            new Manifest.Quality(Map.of(), Map.of(), true, "an experiment has no gate"),
            List.of(),
            Map.of()));
    bundle.publish();
  }

  /** Reads what the next training begins with. */
  Parent read(Generation generation) throws IOException {
    Path directory = directory(generation);
    String sha256 = Hashes.sha256(directory.resolve(BundleFiles.MANIFEST));
    return new Parent(
        generation,
        sha256,
        BundleReader.codes(directory, generation, sha256),
        BundleReader.weights(directory, generation, sha256).orElseThrow());
  }

  private Path directory(Generation generation) {
    return folder.resolve(generation.directoryName());
  }
}
