package io.sidestream.experiments.embedding;

import io.sidestream.experiments.pretrained.EncoderModel;
import io.sidestream.learning.biencoder.BiEncoderCorpus;
import io.sidestream.learning.biencoder.BiEncoderSettings;
import io.sidestream.learning.pretrained.PretrainedEncoder;
import io.sidestream.learning.pretrained.TextPair;
import io.sidestream.learning.progress.TrainingProgress;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The space of an encoder that was itself tuned on what a recipe learns from, as published: arXiv
 * 2508.10478.
 *
 * @param queries of all cases
 * @param pooling of histories
 */
record FineTuning(EncoderModel model, List<String> queries, BiEncoderSettings pooling) {
  /*
   * A pair counts once, however often it was seen: the published losses know no weights. So the
   * recipe says which kinds of pairs there are, and nothing of their ratio.
   */
  EmbeddingSpace learn(
      BiEncoderCorpus corpus, BiEncoderRecipe recipe, long seed, TrainingProgress progress)
      throws IOException {
    try (PretrainedEncoder encoder =
        PretrainedEncoder.fineTuned(
            model.folder().path(),
            recipe.weights().queryItem() > 0 ? chosen(corpus) : List.of(),
            recipe.weights().itemItem() > 0 ? together(corpus) : List.of(),
            model.fineTuning().orElseThrow(),
            seed,
            progress)) {
      Map<String, float[]> vectorsByQuery = new HashMap<>();
      float[][] vectors = encoder.encode(queries);
      for (int query = 0; query < vectors.length; query++) {
        vectorsByQuery.put(queries.get(query), vectors[query]);
      }
      return EmbeddingSpace.ofTexts(encoder.encode(corpus.texts()), pooling)
          .withQueries(vectorsByQuery);
    }
  }

  private static List<TextPair> chosen(BiEncoderCorpus corpus) {
    return corpus.queryItems().stream()
        .map(one -> new TextPair(corpus.queries().get(one.query()), corpus.texts().get(one.row())))
        .toList();
  }

  private static List<TextPair> together(BiEncoderCorpus corpus) {
    return corpus.itemItems().stream()
        .map(one -> new TextPair(corpus.texts().get(one.row()), corpus.texts().get(one.other())))
        .toList();
  }
}
