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
import io.sidestream.trainer.LossCurve;
import io.sidestream.trainer.TrainingProgress;
import io.sidestream.trainer.examples.PieceVocabulary;
import io.sidestream.trainer.generator.CodeGeometry;
import io.sidestream.trainer.generator.GeneratorTraining;
import io.sidestream.trainer.generator.TrainedGenerator;
import io.sidestream.trainer.huggingface.beams.GroupBeamSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
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
    return trained(
        (trained, prompts) -> {
          Map<String, Ranks> test = exported(trained, generator -> asked(generator, prompts));
          return result(test, trained);
        });
  }

  /** The same generator read out in every way. */
  DecodingResult decodings() throws IOException {
    return trained(
        (trained, prompts) -> {
          Map<String, Map<String, Ranks>> test = new TreeMap<>();
          test.put(Decodings.EXACT, exported(trained, generator -> asked(generator, prompts)));
          for (Map.Entry<String, GroupBeamSearch> search :
              Decodings.searches(ids.shape()).entrySet()) {
            test.put(
                search.getKey(),
                asked(
                    (one, catalogue) ->
                        Decodings.beams(
                            search.getKey(),
                            search.getValue(),
                            new CodeLogits(trained, prompts.asked(one.asked()), catalogue.trie())),
                    false));
          }
          return new DecodingResult(test);
        });
  }

  /** What becomes of a generator once it is trained. */
  @FunctionalInterface
  private interface Use<T> {
    T of(TrainedGenerator trained, TrialPrompts prompts) throws IOException;
  }

  private <T> T trained(Use<T> use) throws IOException {
    TrialPrompts prompts = prompts();
    GeneratorShape shape = shape(prompts.tokens().vocabulary());
    try (TrainedGenerator trained =
        GeneratorTraining.train(
            shape,
            CodeGeometry.unknown(shape),
            allIds(),
            new TrialExamples(prompts, ids).of(material),
            settings.generator().training(),
            seed,
            progress)) {
      return use.of(trained, prompts);
    }
  }

  /** What the generator that serves says, which answers a request in one call. */
  private static <T> T exported(TrainedGenerator trained, Function<CodeGenerator, T> asked)
      throws IOException {
    Path graph = Files.createTempFile("sidestream-trial-", ".onnx");
    try {
      trained.export(graph);
      try (CodeGenerator generator =
          CodeGenerator.open(graph, trained.shape(), OnnxSessions.cpu(1))) {
        return asked.apply(generator);
      }
    } finally {
      Files.delete(graph);
    }
  }

  private TrialPrompts prompts() {
    GeneratorVocabulary vocabulary =
        PieceVocabulary.of(material.pool().queries(), texts.pieces(), ids.shape());
    int most = settings.generator().maxTokens();
    return new TrialPrompts(new PromptTokens(vocabulary, texts.pieces(), most), texts, ids, style);
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
    return asked(
        (one, catalogue) ->
            generator.generate(prompts.asked(one.asked()), catalogue.trie(), settings.beams()),
        true);
  }

  /** Writes the IDs that answer a case, best first. */
  @FunctionalInterface
  private interface Decoder {
    List<Beam> decode(Case one, TaskCatalogue catalogue);
  }

  /** The ranks of all groups' wanted items. */
  private Map<String, Ranks> asked(Decoder decoder, boolean severalAtOnce) {
    Map<Task, TaskCatalogue> catalogues =
        Map.of(
            Task.SEARCH,
            catalogue(Task.SEARCH),
            Task.RECOMMENDATION,
            catalogue(Task.RECOMMENDATION));
    Map<String, Ranks> ranks = new TreeMap<>();
    for (CaseGroup group : material.data().test()) {
      TaskCatalogue catalogue = catalogues.get(group.task());
      Stream<Case> cases = severalAtOnce ? group.cases().parallelStream() : group.cases().stream();
      ranks.put(
          group.name(),
          Ranks.of(
              cases
                  .map(one -> IdRanking.of(decoder.decode(one, catalogue), one, catalogue))
                  .toList()));
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

  private TrialResult result(Map<String, Ranks> test, TrainedGenerator trained) {
    return new TrialResult(
        test,
        trained.losses().points().stream().map(LossCurve.Point::loss).toList(),
        ids.newTokens(),
        ids.residualEnergy(),
        IdReport.of(ids.shape(), ids.search()),
        IdReport.of(ids.shape(), ids.recommendation()));
  }
}
