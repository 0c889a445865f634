package io.sidestream.learning.biencoder;

import io.sidestream.learning.biencoder.TrainedBiEncoder.TrainedText;
import io.sidestream.learning.progress.LossCurve;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.transformer.TextTransformerShape;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Trains the last layers of the text encoder together with heads that have learned before. */
record LayerTraining(
    PretrainedText pretrained,
    BiEncoderSettings settings,
    SplittableRandom random,
    TrainingProgress progress) {
  private static final TextTransformerShape SHAPE = PretrainedText.SHAPE;

  /** Adds the text encoder's weights to the heads' and moves both. */
  TrainedText run(Parameters parameters, BiEncoderCorpus corpus) throws IOException {
    BiEncoderSettings.Layers layers = settings.layers();
    int frozen = SHAPE.layers() - layers.trained();
    List<String> probes = TextProbes.texts(corpus);
    pretrained.addWeights(parameters);
    try (ExportedText text =
        ExportedText.open(pretrained, Map.of(), layers.maxTokens(), settings.threads())) {
      LossCurve losses = train(parameters, corpus, text, frozen);
      Map<String, float[]> weights = new LinkedHashMap<>();
      trained(frozen).forEach(name -> weights.put(name, parameters.floats(name)));
      return new TrainedText(
          weights,
          losses,
          TextProbes.take(probes, text.pieces(probes), SHAPE, parameters),
          layers.maxTokens(),
          settings.threads());
    }
  }

  /** Codes are fitted to vectors of texts that stay; these do not. */
  private BiEncoderSettings withoutCommitment() {
    return settings.withObjective(settings.objective().withCommitment(Commitment.NONE));
  }

  private LossCurve train(
      Parameters parameters, BiEncoderCorpus corpus, ExportedText text, int frozen) {
    BiEncoderSettings.Layers layers = settings.layers();
    progress.stage("text layers", "the last %d of %d", layers.trained(), SHAPE.layers());
    long room = FrozenStates.MAX_BYTES / 2;
    long[][] items = text.pieces(corpus.texts());
    long[][] queries = text.pieces(corpus.queries());
    TextSource texts =
        new LearningTexts(
            corpus,
            new FrozenStates(parameters, SHAPE, frozen, items, room),
            new FrozenStates(parameters, SHAPE, frozen, queries, room),
            SHAPE,
            frozen);
    LossCurve losses =
        new TowerTraining(
                parameters,
                learning(frozen)::contains,
                texts,
                corpus,
                BiEncoderStart.NONE,
                withoutCommitment(),
                random)
            .run(schedule(layers), progress);
    progress.finished("text layers", "loss %.3f", losses.last());
    return losses;
  }

  private BiEncoderSettings.Heads schedule(BiEncoderSettings.Layers layers) {
    return new BiEncoderSettings.Heads(
        layers.steps(), layers.batch(), layers.learningRate(), settings.heads().weightDecay());
  }

  private static Set<String> learning(int frozen) {
    Set<String> names = new HashSet<>(Heads.NAMES);
    names.addAll(trained(frozen));
    return names;
  }

  /** The names of the weights of the layers that train. */
  private static List<String> trained(int frozen) {
    return IntStream.range(frozen, SHAPE.layers())
        .mapToObj(layer -> SHAPE.layerWeights(layer).keySet())
        .flatMap(Set::stream)
        .toList();
  }
}
