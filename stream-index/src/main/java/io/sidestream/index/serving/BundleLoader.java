package io.sidestream.index.serving;

import io.sidestream.index.store.AssignmentStore;
import io.sidestream.index.store.StoreException;
import io.sidestream.model.bundle.BundleException;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.model.ranking.ExpectedAnswers;
import io.sidestream.model.ranking.ItemAttributes;
import io.sidestream.model.ranking.ListSettings;
import io.sidestream.model.ranking.LiveCounts;
import io.sidestream.model.ranking.QueryCache;
import io.sidestream.model.ranking.QueryReading;
import io.sidestream.model.ranking.Retriever;
import io.sidestream.model.store.GenerationOpener;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.ReasonText;
import java.io.IOException;

/** Opens bundles of the store, ingests their items into the index, and warms them up. */
public final class BundleLoader implements GenerationLoader {
  private final GenerationOpener opener;
  private final AssignmentStore store;
  private final LiveCounts live;
  private final ItemAttributes attributes;
  private final ItemAdmission admission;
  private final QueryCache queries;
  private final QueryReading reading;
  private final ListSettings lists;

  /**
   * @param live of all generations
   * @param attributes as they are now, likewise
   * @param admission which items are served
   * @param queries of each generation that are kept encoded
   * @param reading of those queries
   * @param lists how catalogues of many items are looked through
   */
  public BundleLoader(
      GenerationOpener opener,
      AssignmentStore store,
      LiveCounts live,
      ItemAttributes attributes,
      ItemAdmission admission,
      QueryCache queries,
      QueryReading reading,
      ListSettings lists) {
    this.queries = queries;
    this.reading = reading;
    this.lists = lists;
    this.attributes = attributes;
    this.opener = opener;
    this.store = store;
    this.live = live;
    this.admission = admission;
  }

  @Override
  public LoadedGeneration load(GenerationAnnouncement announced) throws IOException {
    OpenGeneration open = opener.open(announced.generation(), announced.manifestSha256());
    try {
      Catalogue bundled = bundled(open);
      store.ingest(open.generation(), open.manifestSha256(), open.assignments());
      Catalogue catalogue =
          admission.apply(
              admission.ofBundle(bundled, open.assignments()), store.changes(open.generation()));
      Retriever answering = new Retriever(open, live, attributes, queries).reading(reading);
      warmUp(open, answering, catalogue);
      return new LoadedGeneration(open.generation(), open.natives(), catalogue, answering::answer);
    } catch (IOException | RuntimeException | Error e) { // also where memory is too little
      open.close();
      throw e;
    }
  }

  /** The items of the bundle, which give the answers that its manifest names. */
  private Catalogue bundled(OpenGeneration open) throws BundleException {
    try {
      Catalogue bundled = Catalogue.of(open, lists);
      ExpectedAnswers.verify(open, bundled.scanned());
      return bundled;
    } catch (RuntimeException e) {
      throw failed(open, "", e);
    }
  }

  private void warmUp(OpenGeneration open, Retriever answering, Catalogue catalogue)
      throws BundleException {
    try {
      WarmUp.of(open.manifest().probes(), catalogue)
          .forEach(prompt -> answering.answer(prompt, catalogue));
    } catch (RuntimeException e) {
      throw failed(open, "warm-up failed: ", e);
    }
  }

  /** What answering throws is the bundle's fault, unless it is of this machine. */
  private BundleException failed(OpenGeneration open, String what, RuntimeException why) {
    if (why instanceof StoreException || opener.sessions().isOfMachine(why)) {
      throw why;
    }
    return new BundleException(open.generation(), what + ReasonText.of(why), why);
  }
}
