package io.sidestream.experiments.trials;

import io.sidestream.experiments.data.Case;
import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.experiments.spaces.LearningMaterial;
import io.sidestream.experiments.spaces.Texts;
import io.sidestream.experiments.ways.TaskIds;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.generator.Beam;
import io.sidestream.model.generator.CodeGenerator;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.generator.GeneratorVocabulary;
import io.sidestream.model.generator.PromptTokens;
import io.sidestream.model.generator.Task;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.trainer.GeneratorSettings;
import io.sidestream.trainer.TrainingProgress;
import io.sidestream.trainer.examples.PieceVocabulary;
import io.sidestream.trainer.generator.CodeGeometry;
import io.sidestream.trainer.generator.GeneratorTraining;
import io.sidestream.trainer.generator.TrainedGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Trains one generator on one set of IDs, and asks it for every test case. */
record TrialRun(
    LearningMaterial material,
    Texts texts,
    TaskIds ids,
    PromptStyle style,
    TrialSettings settings,
    long seed,
    TrainingProgress progress) {

  TrialResult run() throws IOException {
    TrialPrompts prompts = prompts();
    GeneratorShape shape = shape(prompts.tokens().vocabulary());
    Path graph = Files.createTempFile("sidestream-trial-", ".onnx");
    try (TrainedGenerator trained =
        GeneratorTraining.train(
            shape,
            CodeGeometry.unknown(shape),
            allIds(),
            new TrialExamples(prompts, ids).of(material),
            settings.generator().training(),
            seed,
            progress)) {
      trained.export(graph);
      try (CodeGenerator generator = CodeGenerator.open(graph, shape, OnnxSessions.cpu(1))) {
        return result(asked(generator, prompts), trained);
      }
    } finally {
      Files.delete(graph);
    }
  }

  private TrialPrompts prompts() {
    GeneratorVocabulary vocabulary =
        PieceVocabulary.of(material.pool().queries(), texts.pieces(), ids.shape());
    int most = settings.generator().maxTokens();
    return new TrialPrompts(
        new PromptTokens(vocabulary, texts.pieces(), most), texts, ids, style);
  }

  private GeneratorShape shape(GeneratorVocabulary vocabulary) {
    GeneratorSettings sizes = settings.generator();
    return new GeneratorShape(
        ids.shape(),
        vocabulary.size(),
        texts.dimensions(),
        sizes.dimensions(),
        sizes.layers(),
        sizes.heads(),
        sizes.feedForward(),
        sizes.maxTokens());
  }

  /** The IDs of both tasks: what the generator learns to choose among. */
  private CodeTrie allIds() {
    return CodeTrie.of(
        ids.shape(), Stream.of(ids.search(), ids.recommendation()).flatMap(Stream::of).toList());
  }

  private Map<String, Ranks> asked(CodeGenerator generator, TrialPrompts prompts) {
    Map<Task, TaskCatalogue> catalogues =
        Map.of(
            Task.SEARCH, catalogue(Task.SEARCH), Task.RECOMMENDATION, catalogue(Task.RECOMMENDATION));
    Map<String, Ranks> ranks = new TreeMap<>();
    for (CaseGroup group : material.data().test()) {
      TaskCatalogue catalogue = catalogues.get(group.task());
      List<IdRanking> rankings =
          group.cases().parallelStream()
              .map(one -> ranking(generator, prompts, one, catalogue))
              .toList();
      ranks.put(
          group.name(),
          new Ranks(
              rankings.stream().mapToInt(IdRanking::item).toArray(),
              rankings.stream().mapToInt(IdRanking::id).toArray()));
    }
    return ranks;
  }

  private TaskCatalogue catalogue(Task task) {
    var training = material.data().training();
    var rows = material.data().rows();
    float[] counts =
        task == Task.SEARCH
            ? rows.searches(training.searches())
            : rows.interactions(training.interactions());
    return TaskCatalogue.of(ids.shape(), ids.of(task), counts);
  }

  private IdRanking ranking(
      CodeGenerator generator, TrialPrompts prompts, Case one, TaskCatalogue catalogue) {
    List<Beam> beams =
        generator.generate(prompts.asked(one.asked()), catalogue.trie(), settings.beams());
    return IdRanking.of(beams, one, catalogue);
  }

  private TrialResult result(Map<String, Ranks> test, TrainedGenerator trained) {
    return new TrialResult(
        test,
        trained.losses().parts(LOSS_PARTS),
        ids.newTokens(),
        ids.residualEnergy(),
        IdReport.of(ids.shape(), ids.search()),
        IdReport.of(ids.shape(), ids.recommendation()));
  }
}
