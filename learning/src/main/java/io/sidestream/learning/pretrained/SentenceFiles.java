package io.sidestream.learning.pretrained;

import static io.sidestream.learning.pretrained.HuggingFaceException.require;

import io.sidestream.learning.transformer.TextTransformerShape;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What sentence-transformers keeps beside a model, where it does. */
final class SentenceFiles {
  private static final String LENGTH = "max_seq_length";
  private static final List<String> OTHER_MODES =
      List.of(
          "cls_token", "max_tokens", "mean_sqrt_len_tokens", "weightedmean_tokens", "lasttoken");

  private SentenceFiles() {}

  /** Refuses a pooling other than the mean over tokens, and what follows it. */
  static void check(HuggingFaceFolder folder) throws IOException {
    Optional<ModelConfig> pooling = folder.further("1_Pooling/config.json");
    if (pooling.isEmpty()) {
      return;
    }
    ModelConfig modes = pooling.get();
    modes.oneOf("pooling_mode", "mean", List.of("mean"));
    require(
        folder.path(),
        modes.flag("pooling_mode_mean_tokens", true),
        "pooling_mode_mean_tokens is false, expected the mean over tokens");
    for (String other : OTHER_MODES) {
      require(
          folder.path(),
          !modes.flag("pooling_mode_" + other, false),
          "pooling_mode_%s is true, expected the mean over tokens alone",
          other);
    }
    require(
        folder.path(),
        folder.further("2_Dense/config.json").isEmpty(),
        "2_Dense follows the pooling, expected nothing but normalization");
  }

  /** Where texts are cut. */
  static int maxTokens(HuggingFaceFolder folder, TextTransformerShape shape) throws IOException {
    Optional<ModelConfig> sentence = folder.further("sentence_bert_config.json");
    return sentence.isPresent()
        ? sentence.get().size(LENGTH, shape.maxTokens())
        : shape.maxTokens();
  }
}
