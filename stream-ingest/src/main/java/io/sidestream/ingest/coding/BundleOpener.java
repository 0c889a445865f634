package io.sidestream.ingest.coding;

import io.sidestream.model.bundle.BundleException;
import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ReasonText;
import java.nio.file.Path;

/** Opens bundles as training and serving do. */
record BundleOpener(int encoderThreads) implements CoderOpener {
  @Override
  public ItemCoder open(GenerationAnnouncement generation) throws BundleRefusedException {
    try {
      return new OpenBundle(
          BundleReader.open(
              Path.of(generation.bundle()),
              generation.manifestSha256(),
              OnnxSessions.cpu(encoderThreads)));
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
