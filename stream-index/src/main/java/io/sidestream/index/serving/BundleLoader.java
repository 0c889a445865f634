package io.sidestream.index.serving;

import io.sidestream.index.store.AssignmentStore;
import io.sidestream.model.bundle.BundleException;
import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.model.ranking.Retriever;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.ReasonText;
import java.io.IOException;
import java.nio.file.Path;

/** Opens bundles of a directory, ingests their items into the index, and warms them up. */
public final class BundleLoader implements GenerationLoader {
  private final Path generations;
  private final OnnxSessions sessions;
  private final AssignmentStore store;

  /**
   * @param generations directory of bundles, each in {@code generation-NNNNNN}
   */
  public BundleLoader(Path generations, OnnxSessions sessions, AssignmentStore store) {
    this.generations = generations;
    this.sessions = sessions;
    this.store = store;
  }

  @Override
  public LoadedGeneration load(GenerationAnnouncement announced) throws IOException {
    Path directory = generations.resolve(announced.generation().directoryName());
    OpenGeneration open = BundleReader.open(directory, announced.manifestSha256(), sessions);
    try {
      store.ingest(open.generation(), open.manifestSha256(), open.assignments());
      Catalogue catalogue =
          IndexedItems.reconcile(Catalogue.of(open), store.items(open.generation()));
      Retriever answering = new Retriever(open);
      warmUp(open, answering, catalogue);
      return new LoadedGeneration(open.generation(), open, catalogue, answering::answer);
    } catch (IOException | RuntimeException e) {
      open.close();
      throw e;
    }
  }

  private static void warmUp(OpenGeneration open, Retriever answering, Catalogue catalogue)
      throws BundleException {
    try {
      WarmUp.of(open.manifest().probes(), catalogue)
          .forEach(prompt -> answering.answer(prompt, catalogue));
    } catch (RuntimeException e) {
      throw new BundleException(open.generation(), "warm-up failed: " + ReasonText.of(e), e);
    }
  }
}
