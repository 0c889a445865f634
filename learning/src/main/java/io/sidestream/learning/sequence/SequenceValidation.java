package io.sidestream.learning.sequence;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.learning.transformer.Dropout;
import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.generator.GeneratorVocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How well weights rank the items that were chosen, without dropout: the mean of 1 / log2(rank + 2)
 * over the cases of a task, rank 0 the best, among all items but those of the history; tasks added
 * up.
 */
final class SequenceValidation {
  /*
   * By ranks, not by likelihood: after the best likelihood a generator grows too sure of itself,
   * and goes on ranking better. The discount has no depth, so that each case tells something.
   */
  private static final double LN_2 = Math.log(2);

  /** States and prefixes that are computed at once. */
  private static final int MAX_AT_ONCE = 1 << 14;

  /** States and prefixes of a task in all: of more cases, the first are used. */
  static final int MAX_PREFIXES = 1 << 18;

  private final GeneratorShape shape;
  private final GeneratorVocabulary vocabulary;
  private final SequenceItems items;
  private final ItemProbabilities probabilities;
  private final List<SequenceExamples.History> histories;
  private final List<SequenceExamples.Search> searches;

  SequenceValidation(
      GeneratorShape shape,
      GeneratorVocabulary vocabulary,
      SequenceItems items,
      SequenceExamples examples) {
    this.shape = shape;
    this.vocabulary = vocabulary;
    this.items = items;
    this.probabilities = new ItemProbabilities(items);
    this.histories = some(examples.histories());
    this.searches = some(examples.searches());
  }

  private <C> List<C> some(List<C> cases) {
    return cases.subList(0, Math.min(cases.size(), cases(MAX_PREFIXES)));
  }

  private int cases(int prefixes) {
    return Math.max(1, prefixes / probabilities.size());
  }

  boolean isEmpty() {
    return histories.isEmpty() && searches.isEmpty();
  }

  /** From 0 to 1 for each task; see above. */
  double value(Parameters parameters) {
    try (TrainingStep step = TrainingStep.computing(parameters)) {
      NDArray compared = network(step).comparedItems();
      return ofHistories(parameters, compared) + ofSearches(parameters, compared);
    }
  }

  private double ofHistories(Parameters parameters, NDArray compared) {
    double sum = 0;
    for (List<SequenceExamples.History> part : batches(histories)) {
      PromptBatch prompts = histories(part.stream().map(this::latest).toList());
      float[][] log = ofAllItems(parameters, prompts, compared);
      for (int i = 0; i < part.size(); i++) {
        sum += value(log[i], part.get(i).next(), part.get(i).rows());
      }
    }
    return sum / Math.max(1, histories.size());
  }

  private double ofSearches(Parameters parameters, NDArray compared) {
    double sum = 0;
    for (List<SequenceExamples.Search> part : batches(searches)) {
      PromptBatch prompts = searches(part.stream().map(SequenceExamples.Search::prompt).toList());
      float[][] log = ofAllItems(parameters, prompts, compared);
      for (int i = 0; i < part.size(); i++) {
        sum += value(log[i], part.get(i).row(), List.of());
      }
    }
    return sum / Math.max(1, searches.size());
  }

  private <C> List<List<C>> batches(List<C> all) {
    int batch = cases(MAX_AT_ONCE);
    List<List<C>> batches = new ArrayList<>();
    for (int from = 0; from < all.size(); from += batch) {
      batches.add(all.subList(from, Math.min(all.size(), from + batch)));
    }
    return batches;
  }

  private static double value(float[] log, int chosen, List<Integer> excluded) {
    int before = 0;
    for (float one : log) {
      before += one > log[chosen] ? 1 : 0;
    }
    for (int row : Set.copyOf(excluded)) {
      before -= log[row] > log[chosen] ? 1 : 0;
    }
    return LN_2 / Math.log(before + 2.0);
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

  /** log p of every item after each prompt, shape [prompt][row]. */
  float[][] ofAllItems(Parameters parameters, PromptBatch prompts) {
    try (TrainingStep step = TrainingStep.computing(parameters)) {
      return ofAllItems(parameters, prompts, network(step).comparedItems());
    }
  }

  private float[][] ofAllItems(Parameters parameters, PromptBatch prompts, NDArray compared) {
    try (TrainingStep step = TrainingStep.computing(parameters)) {
      SequenceNetwork network = network(step);
      NDArray states = network.at(network.states(prompts.batch()), prompts.last());
      return probabilities.after(network, states, step.own(compared));
    }
  }

  private SequenceNetwork network(TrainingStep step) {
    return new SequenceNetwork(shape, items, step, Dropout.NONE);
  }

  /** log p of an item after each of some states. */
  float[] logProbabilities(Parameters parameters, PromptBatch prompts, long[] places, int[] rows) {
    try (TrainingStep step = TrainingStep.computing(parameters)) {
      SequenceNetwork network = network(step);
      NDArray states = network.at(network.states(prompts.batch()), places);
      return network.logLikelihood(states, rows, PositionBatch.Dropped.NONE).toFloatArray();
    }
  }
}
