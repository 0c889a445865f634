package io.sidestream.experiments.spaces;

import io.sidestream.experiments.published.ModelFolder;
import io.sidestream.trainer.huggingface.PublishedEncoder;
import java.io.IOException;
import java.util.List;

/** The encoder of a folder; texts are cut where the folder says. */
final class FolderEncoder implements OpenedEncoder {
  private final ModelFolder folder;
  private final PublishedEncoder encoder;

  private FolderEncoder(ModelFolder folder, PublishedEncoder encoder) {
    this.folder = folder;
    this.encoder = encoder;
  }

  static FolderEncoder open(ModelFolder folder) throws IOException {
    return new FolderEncoder(folder, PublishedEncoder.open(folder.path()));
  }

  @Override
  public int dimensions() {
    return encoder.dimensions();
  }

  @Override
  public synchronized float[] encode(String text) {
    return encoder.encode(List.of(text))[0];
  }

  @Override
  public String vectorsFile() {
    return "vectors-" + folder.sha256() + ".bin";
  }

  @Override
  public void close() {
    encoder.close();
  }
}
