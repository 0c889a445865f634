package io.sidestream.experiments.trials;

import io.sidestream.experiments.data.Case;
import io.sidestream.learning.decoding.GroupBeamSearch;
import io.sidestream.learning.generator.GeneratorWeights;
import io.sidestream.learning.progress.LossCurve;
import io.sidestream.model.generator.Beam;
import io.sidestream.model.generator.CodeGenerator;
import io.sidestream.model.onnx.OnnxSessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A small T5, and its graph as it serves, which answers a request in one call.
 *
 * @param graph the file that the generator was opened from
 */
record FromScratch(
    GeneratorWeights trained, Path graph, CodeGenerator generator, TrialPrompts prompts, int beams)
    implements TrainedTrial {

  /** Takes the generator, and closes it if it cannot be exported. */
  static FromScratch exported(GeneratorWeights trained, TrialPrompts prompts, int beams)
      throws IOException {
    Path graph = Files.createTempFile("sidestream-trial-", ".onnx");
    try {
      trained.export(graph);
      CodeGenerator generator = CodeGenerator.open(graph, trained.shape(), OnnxSessions.cpu(1));
      return new FromScratch(trained, graph, generator, prompts, beams);
    } catch (IOException | RuntimeException e) {
      trained.close();
      Files.delete(graph);
      throw e;
    }
  }

  @Override
  public CaseDecoder usual() {
    return new Served(generator, prompts, beams);
  }

  @Override
  public Map<String, CaseDecoder> decoders() {
    Map<String, CaseDecoder> decoders = new TreeMap<>();
    decoders.put(Decodings.EXACT, usual());
    Decodings.searches(prompts.task().ids().shape())
        .forEach((name, search) -> decoders.put(name, searched(name, search)));
    return decoders;
  }

  private CaseDecoder searched(String name, GroupBeamSearch search) {
    return (one, catalogue) ->
        Decodings.beams(
            name, search, new CodeLogits(trained, prompts.asked(one.asked()), catalogue.trie()));
  }

  @Override
  public List<Double> losses() {
    return trained.losses().points().stream().map(LossCurve.Point::loss).toList();
  }

  @Override
  public void close() throws IOException {
    generator.close();
    trained.close();
    Files.delete(graph);
  }

  /** The likeliest IDs by the graph that serves. */
  private record Served(CodeGenerator generator, TrialPrompts prompts, int beams)
      implements CaseDecoder {
    @Override
    public List<Beam> decode(Case one, TaskCatalogue catalogue) {
      return generator.generate(prompts.asked(one.asked()), catalogue.trie(), beams);
    }

    @Override
    public boolean severalAtOnce() {
      return true;
    }
  }
}
