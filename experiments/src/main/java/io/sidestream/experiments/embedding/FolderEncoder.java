package io.sidestream.experiments.embedding;

import io.sidestream.experiments.pretrained.ModelFolder;
import io.sidestream.learning.pretrained.PretrainedEncoder;
import java.io.IOException;
import java.util.List;

/** The encoder of a folder; texts are cut where the folder says. */
final class FolderEncoder implements OpenedEncoder {
  private final ModelFolder folder;
  private final PretrainedEncoder encoder;

  private FolderEncoder(ModelFolder folder, PretrainedEncoder encoder) {
    this.folder = folder;
    this.encoder = encoder;
  }

  static FolderEncoder open(ModelFolder folder) throws IOException {
    return new FolderEncoder(folder, PretrainedEncoder.open(folder.path()));
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
