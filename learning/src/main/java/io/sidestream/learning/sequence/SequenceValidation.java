package io.sidestream.learning.sequence;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.learning.transformer.Dropout;
import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.generator.GeneratorVocabulary;
import java.util.List;

/** The exact log-probabilities that weights give to items after prompts, without dropout. */
final class SequenceValidation {
  private static final int BATCH = 64;

  private final GeneratorShape shape;
  private final GeneratorVocabulary vocabulary;
  private final SequenceItems items;
  private final SequenceExamples examples;

  SequenceValidation(
      GeneratorShape shape,
      GeneratorVocabulary vocabulary,
      SequenceItems items,
      SequenceExamples examples) {
    this.shape = shape;
    this.vocabulary = vocabulary;
    this.items = items;
    this.examples = examples;
  }

  boolean isEmpty() {
    return examples.histories().isEmpty() && examples.searches().isEmpty();
  }

  /** Negative log p of the items that were chosen, mean, tasks added up. */
  double loss(Parameters parameters) {
    double loss = 0;
    List<SequenceExamples.History> histories = examples.histories();
    double sum = 0;
    for (int from = 0; from < histories.size(); from += BATCH) {
      List<SequenceExamples.History> part =
          histories.subList(from, Math.min(histories.size(), from + BATCH));
      int[] rows = part.stream().mapToInt(SequenceExamples.History::next).toArray();
      sum -= sum(parameters, histories(part.stream().map(this::latest).toList()), rows);
    }
    loss += histories.isEmpty() ? 0 : sum / histories.size();
    List<SequenceExamples.Search> searches = examples.searches();
    sum = 0;
    for (int from = 0; from < searches.size(); from += BATCH) {
      List<SequenceExamples.Search> part =
          searches.subList(from, Math.min(searches.size(), from + BATCH));
      int[] rows = part.stream().mapToInt(SequenceExamples.Search::row).toArray();
      sum -=
          sum(
              parameters,
              searches(part.stream().map(SequenceExamples.Search::prompt).toList()),
              rows);
    }
    return loss + (searches.isEmpty() ? 0 : sum / searches.size());
  }

  private int[] latest(SequenceExamples.History history) {
    return latest(history.rows(), shape.maxTokens());
  }

  /** The latest of a history's rows, oldest first. */
  static int[] latest(List<Integer> rows, int most) {
    return rows.subList(Math.max(0, rows.size() - most), rows.size()).stream()
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** A batch, and the places, not copied, of the states that answer: it lives for one step. */
  record PromptBatch(PositionBatch batch, long[] last) {}

  PromptBatch histories(List<int[]> sequences) {
    int[] lengths = sequences.stream().mapToInt(rows -> rows.length).toArray();
    PositionBatch batch =
        PositionBatch.histories(sequences, lengths, items, vocabulary, PositionBatch.Dropped.NONE);
    return new PromptBatch(batch, Targets.last(lengths, batch.length()));
  }

  PromptBatch searches(List<GeneratorPrompt> prompts) {
    PositionBatch batch = PositionBatch.searches(prompts, vocabulary, PositionBatch.Dropped.NONE);
    int[] lengths = prompts.stream().mapToInt(GeneratorPrompt::length).toArray();
    return new PromptBatch(batch, Targets.last(lengths, batch.length()));
  }

  private double sum(Parameters parameters, PromptBatch prompts, int[] rows) {
    double sum = 0;
    for (float one : logProbabilities(parameters, prompts, prompts.last(), rows)) {
      sum += one;
    }
    return sum;
  }

  /** log p of an item after each of some states. */
  float[] logProbabilities(Parameters parameters, PromptBatch prompts, long[] places, int[] rows) {
    try (TrainingStep step = TrainingStep.computing(parameters)) {
      SequenceNetwork network = new SequenceNetwork(shape, items, step, Dropout.NONE);
      NDArray states = network.at(network.states(prompts.batch()), places);
      return network.logLikelihood(states, rows, PositionBatch.Dropped.NONE).toFloatArray();
    }
  }
}
