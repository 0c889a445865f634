package io.sidestream.experiments.run;

import io.sidestream.experiments.pretrained.GeneratorModel;
import io.sidestream.learning.evaluation.EvaluationQuery;
import io.sidestream.learning.pretrained.PretrainedGenerator;
import io.sidestream.learning.pretrained.TextExample;
import io.sidestream.learning.progress.LossCurve;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.generator.Beam;
import java.io.IOException;
import java.util.List;

/**
 * A pretrained language model fine-tuned on a trial's IDs, decoded by diverse beam search as
 * published: arXiv 2508.10478.
 */
record PretrainedTrialGenerator(PretrainedGenerator generator, TextPrompts prompts)
    implements TrialGenerator {
  /*
   * The examples are those of small generators, so that two rows of a table differ in IDs alone;
   * an example counts once, because the published loss has no weights.
   *
   * Diverse beams are ranked by score / length, all IDs of one length. Items behind IDs are
   * ranked by nats, to which the log share of an item is added, so the score is multiplied by the
   * length: the log-probability less penalties, as the searches of a small generator have it. The
   * score of exact decoding is the log-probability itself.
   */
  static PretrainedTrialGenerator train(Trial trial, GeneratorModel model) throws IOException {
    TextPrompts prompts = new TextPrompts(trial.ids(), trial.style());
    List<TextExample> examples =
        trial.examples().stream()
            .map(one -> new TextExample(prompts.forTraining(one.query()), one.codes()))
            .toList();
    return new PretrainedTrialGenerator(
        PretrainedGenerator.train(
            model.folder().path(),
            trial.ids().shape(),
            examples,
            model.settings(),
            trial.seed(),
            trial.progress()),
        prompts);
  }

  @Override
  public IdDecoding defaultDecoding() {
    return IdDecoding.DIVERSE;
  }

  @Override
  public boolean isConcurrent(IdDecoding decoding) {
    return false;
  }

  @Override
  public List<Beam> decode(IdDecoding decoding, EvaluationQuery query, CodeTrie trie) {
    int length = decoding == IdDecoding.EXACT ? 1 : generator.codebook().levels();
    return generator.generate(prompts.forInference(query), trie, decoding.ofText()).stream()
        .map(id -> new Beam(trie.leaf(id.codes()), id.score() * length))
        .toList();
  }

  @Override
  public List<Double> losses() {
    int tokens = generator.codebook().levels() + 1; // and the end
    return generator.losses().points().stream()
        .map(LossCurve.Point::loss)
        .map(mean -> mean * tokens)
        .toList();
  }

  @Override
  public void close() {
    generator.close();
  }
}
