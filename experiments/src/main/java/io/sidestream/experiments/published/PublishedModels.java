package io.sidestream.experiments.published;

import io.sidestream.schemas.Refusal;
import io.sidestream.trainer.encoder.PretrainedText;
import io.sidestream.trainer.huggingface.HuggingFaceException;
import io.sidestream.trainer.huggingface.PublishedEncoder;
import io.sidestream.trainer.huggingface.PublishedGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The models that experiments take from folders.
 *
 * @param encoder empty for the bundled one
 * @param generator empty for small ones trained from scratch
 */
public record PublishedModels(Optional<EncoderModel> encoder, Optional<GeneratorModel> generator) {
  /** What is bundled, and nothing else. */
  public static final PublishedModels NONE =
      new PublishedModels(Optional.empty(), Optional.empty());

  private static final String FROM_SCRATCH = "small T5, trained from scratch";

  /** Something that reads a folder and throws where it holds what is not supported. */
  @FunctionalInterface
  private interface Reader {
    void read(Path folder) throws IOException;
  }

  /**
   * The encoder of a folder, which is read once to see whether it is one.
   *
   * @throws Refusal when it is none that is supported
   */
  public PublishedModels withEncoder(Path folder, Optional<PublishedEncoder.Settings> fineTuning) {
    ModelFolder read = read(folder, one -> PublishedEncoder.open(one).close());
    return new PublishedModels(Optional.of(new EncoderModel(read, fineTuning)), generator);
  }

  /**
   * The generator of a folder, which is read once to see whether it is one.
   *
   * @throws Refusal when it is none that is supported
   */
  public PublishedModels withGenerator(Path folder, PublishedGenerator.Settings settings) {
    ModelFolder read = read(folder, PublishedGenerator::requireSupported);
    return new PublishedModels(encoder, Optional.of(new GeneratorModel(read, settings)));
  }

  private static ModelFolder read(Path folder, Reader reader) {
    try {
      reader.read(folder);
      return ModelFolder.of(folder);
    } catch (HuggingFaceException e) {
      throw new Refusal(e, e.getMessage());
    } catch (IOException e) {
      throw new Refusal(e, "folder " + folder + " cannot be read: " + e.getMessage());
    }
  }

  /** What encodes texts and what writes IDs, for people. */
  public Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("encoder", encoder.map(PublishedModels::name).orElse(PretrainedText.NAME));
    names.put("generator", generator.map(one -> one.folder().label()).orElse(FROM_SCRATCH));
    return names;
  }

  private static String name(EncoderModel encoder) {
    return encoder.folder().label()
        + (encoder.fineTuning().isPresent() ? "; itself fine-tuned" : "; heads on its vectors");
  }
}
