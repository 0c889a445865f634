package io.sidestream.index.serving;

import io.sidestream.index.store.AssignmentStore;
import io.sidestream.model.bundle.BundleException;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.model.ranking.ExpectedAnswers;
import io.sidestream.model.ranking.Neighbours;
import io.sidestream.model.ranking.Retriever;
import io.sidestream.model.store.GenerationOpener;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.ReasonText;
import java.io.IOException;

/** Opens bundles of the store, ingests their items into the index, and warms them up. */
public final class BundleLoader implements GenerationLoader {
  private final GenerationOpener opener;
  private final AssignmentStore store;
  private final Neighbours neighbours;

  /**
   * @param neighbours as counted up to now, of all generations
   */
  public BundleLoader(GenerationOpener opener, AssignmentStore store, Neighbours neighbours) {
    this.opener = opener;
    this.store = store;
    this.neighbours = neighbours;
  }

  @Override
  public LoadedGeneration load(GenerationAnnouncement announced) throws IOException {
    OpenGeneration open = opener.open(announced.generation(), announced.manifestSha256());
    try {
      Catalogue bundled = Catalogue.of(open);
      requireExpectedAnswers(open, bundled);
      store.ingest(open.generation(), open.manifestSha256(), open.assignments());
      Catalogue catalogue = IndexedItems.reconcile(bundled, store.items(open.generation()));
      Retriever answering = new Retriever(open, neighbours);
      warmUp(open, answering, catalogue);
      return new LoadedGeneration(open.generation(), open, catalogue, answering::answer);
    } catch (IOException | RuntimeException e) {
      open.close();
      throw e;
    }
  }

  private static void requireExpectedAnswers(OpenGeneration open, Catalogue bundled)
      throws BundleException {
    try {
      ExpectedAnswers.verify(open, bundled);
    } catch (RuntimeException e) {
      throw new BundleException(open.generation(), ReasonText.of(e), e);
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
