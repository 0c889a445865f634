package io.sidestream.ingest.coding;

import io.sidestream.model.bundle.BundleException;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.store.BundleStore;
import io.sidestream.model.store.BundleStoreConfig;
import io.sidestream.model.store.GenerationOpener;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ReasonText;
import java.io.IOException;

/** Opens bundles of a store as training and serving do. */
record BundleOpener(BundleStoreConfig config, int encoderThreads) implements CoderOpener {
  @Override
  public ItemCoder open(GenerationAnnouncement announced)
      throws BundleRefusedException, IOException {
    try (BundleStore store = BundleStore.of(config)) {
      GenerationOpener opener =
          new GenerationOpener(store, OnnxSessions.cpu(encoderThreads), CodingStatus.FETCHES);
      return new OpenBundle(opener.open(announced.generation(), announced.manifestSha256()));
    } catch (BundleException e) {
      throw new BundleRefusedException(ReasonText.of(e), e);
    }
  }

  /** Codes items by an open bundle; a trained item keeps its collaborative vector. */
  private record OpenBundle(OpenGeneration generation) implements ItemCoder {
    @Override
    public CodedItem code(Item item) {
      return generation.code(item, generation.collaborative(item.id()));
    }

    @Override
    public void close() {
      generation.close();
    }
  }
}
