package io.sidestream.experiments.run;

import io.sidestream.learning.evaluation.EvaluationQuery;
import io.sidestream.learning.examples.PieceVocabulary;
import io.sidestream.learning.generator.GeneratorExample;
import io.sidestream.learning.generator.GeneratorTraining;
import io.sidestream.learning.generator.GeneratorWeights;
import io.sidestream.learning.progress.LossCurve;
import io.sidestream.learning.settings.GeneratorSettings;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.generator.Beam;
import io.sidestream.model.generator.CodeGenerator;
import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.generator.GeneratorVocabulary;
import io.sidestream.model.generator.PromptTokens;
import io.sidestream.model.onnx.OnnxSessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A small T5 trained from scratch, whose prompts carry a vector. The default decoding runs the ONNX
 * graph that the index serves.
 *
 * @param graph the file of {@code served}
 */
record FromScratchGenerator(
    GeneratorWeights weights, Path graph, CodeGenerator served, TokenPrompts prompts, int beams)
    implements TrialGenerator {
  static FromScratchGenerator train(Trial trial, TrialSettings settings) throws IOException {
    TokenPrompts prompts = prompts(trial, settings.generator().maxTokens());
    GeneratorWeights weights =
        GeneratorTraining.train(
            shape(trial, prompts, settings.generator()),
            CodeInitialization.of(trial),
            trial.allIds(),
            trial.examples().stream()
                .map(
                    one ->
                        new GeneratorExample(
                            prompts.forTraining(one.query()), one.codes(), (float) one.weight()))
                .toList(),
            settings.generator().training(),
            trial.seed(),
            trial.progress());
    return exported(weights, prompts, settings.beams());
  }

  private static TokenPrompts prompts(Trial trial, int maxTokens) {
    GeneratorVocabulary vocabulary =
        PieceVocabulary.of(
            trial.data().pool().queries(), trial.texts().pieces(), trial.ids().shape());
    return new TokenPrompts(
        new PromptTokens(vocabulary, trial.texts().pieces(), maxTokens),
        trial,
        new PromptFeatures(trial.texts().dimensions(), trial.ids().reconstructions()));
  }

  private static GeneratorShape shape(
      Trial trial, TokenPrompts prompts, GeneratorSettings settings) {
    return new GeneratorShape(
        trial.ids().shape(),
        prompts.tokens().vocabulary().size(),
        prompts.features().dimensions(),
        settings.dimensions(),
        settings.layers(),
        settings.heads(),
        settings.feedForward(),
        settings.maxTokens());
  }

  /** Takes the weights, and closes them if they cannot be exported. */
  private static FromScratchGenerator exported(
      GeneratorWeights weights, TokenPrompts prompts, int beams) throws IOException {
    Path graph = Files.createTempFile("sidestream-trial-", ".onnx");
    try {
      weights.export(graph);
      CodeGenerator served = CodeGenerator.open(graph, weights.shape(), OnnxSessions.cpu(1));
      return new FromScratchGenerator(weights, graph, served, prompts, beams);
    } catch (IOException | RuntimeException e) {
      weights.close();
      Files.delete(graph);
      throw e;
    }
  }

  @Override
  public IdDecoding defaultDecoding() {
    return IdDecoding.EXACT;
  }

  @Override
  public boolean isConcurrent(IdDecoding decoding) {
    return decoding == IdDecoding.EXACT;
  }

  @Override
  public List<Beam> decode(IdDecoding decoding, EvaluationQuery query, CodeTrie trie) {
    GeneratorPrompt prompt = prompts.forInference(query);
    return decoding == IdDecoding.EXACT
        ? served.generate(prompt, trie, beams)
        : decoding.search(new CodeLogits(weights, prompt, trie));
  }

  @Override
  public List<Double> losses() {
    return weights.losses().points().stream().map(LossCurve.Point::loss).toList();
  }

  @Override
  public void close() throws IOException {
    served.close();
    weights.close();
    Files.delete(graph);
  }
}
