package io.sidestream.experiments.trials;

import io.sidestream.experiments.data.Case;
import io.sidestream.learning.pretrained.Decoding;
import io.sidestream.learning.pretrained.GeneratedId;
import io.sidestream.learning.pretrained.PretrainedGenerator;
import io.sidestream.learning.progress.LossCurve;
import io.sidestream.model.generator.Beam;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A language model that has learned IDs, read out by diverse beams as published. */
record PretrainedTrial(PretrainedGenerator generator, TextPrompts prompts) implements TrainedTrial {
  /*
   * Diverse beams are ranked by score / length, all IDs of one length. Items behind IDs are ranked by nats, to which the
   * log share of an item is added, so the score is taken times the length: the log-probability less penalties, as the
   * searches of a small generator have it. Exact decoding's score is the log-probability as it is.
   */
  @Override
  public CaseDecoder usual() {
    return decoder(Decoding.PUBLISHED);
  }

  @Override
  public Map<String, CaseDecoder> decoders() {
    Map<String, CaseDecoder> decoders = new TreeMap<>();
    Decodings.published().forEach((name, decoding) -> decoders.put(name, decoder(decoding)));
    return decoders;
  }

  private CaseDecoder decoder(Decoding decoding) {
    int length = decoding.fold(exact -> 1, groups -> generator.codebook().levels());
    return (one, catalogue) -> beams(one, catalogue, decoding, length);
  }

  private List<Beam> beams(Case one, TaskCatalogue catalogue, Decoding decoding, int length) {
    List<GeneratedId> written =
        generator.generate(prompts.asked(one.asked()), catalogue.trie(), decoding);
    return written.stream()
        .map(id -> new Beam(catalogue.trie().leaf(id.codes()), id.score() * length))
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
