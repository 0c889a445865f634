package io.sidestream.experiments.pretrained;

import io.sidestream.learning.biencoder.PretrainedText;
import io.sidestream.learning.pretrained.HuggingFaceException;
import io.sidestream.learning.pretrained.PretrainedEncoder;
import io.sidestream.learning.pretrained.PretrainedGenerator;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.UserErrorException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The models that replace the bundled ones.
 *
 * @param encoder empty for the bundled one
 * @param generator empty for those trained from scratch
 */
public record PretrainedModels(Optional<EncoderModel> encoder, Optional<GeneratorModel> generator) {
  /** The bundled models. */
  public static final PretrainedModels NONE =
      new PretrainedModels(Optional.empty(), Optional.empty());

  private static final String FROM_SCRATCH = "trained from scratch";

  /** Reads a folder, and throws where it is not supported. */
  @FunctionalInterface
  private interface Reader {
    void read(Path folder) throws IOException;
  }

  /**
   * With the encoder of a folder, which is opened once as a check.
   *
   * @throws UserErrorException when it is not a supported one
   */
  public PretrainedModels withEncoder(
      Path folder, Optional<PretrainedEncoder.Settings> fineTuning) {
    ModelFolder read = read(folder, one -> PretrainedEncoder.open(one).close());
    return new PretrainedModels(Optional.of(new EncoderModel(read, fineTuning)), generator);
  }

  /**
   * With the generator of a folder, which is opened once as a check.
   *
   * @throws UserErrorException when it is not a supported one
   */
  public PretrainedModels withGenerator(Path folder, PretrainedGenerator.Settings settings) {
    ModelFolder read = read(folder, PretrainedGenerator::requireSupported);
    return new PretrainedModels(encoder, Optional.of(new GeneratorModel(read, settings)));
  }

  private static ModelFolder read(Path folder, Reader reader) {
    try {
      reader.read(folder);
      return ModelFolder.of(folder);
    } catch (HuggingFaceException e) {
      throw new UserErrorException(e, ReasonText.of(e));
    } catch (IOException e) {
      throw new UserErrorException(e, "folder " + folder + " cannot be read: " + ReasonText.of(e));
    }
  }

  /** The names of encoder and generator in reports. */
  public Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("encoder", encoder.map(PretrainedModels::name).orElse(PretrainedText.NAME));
    names.put("generator", generator.map(one -> one.folder().label()).orElse(FROM_SCRATCH));
    return names;
  }

  private static String name(EncoderModel encoder) {
    return encoder.folder().label()
        + (encoder.fineTuning().isPresent() ? "; itself fine-tuned" : "; heads on its vectors");
  }
}
