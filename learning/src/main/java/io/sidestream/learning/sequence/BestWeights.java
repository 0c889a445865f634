package io.sidestream.learning.sequence;

import io.sidestream.learning.tensor.Parameters;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.generator.GeneratorVocabulary;
import java.util.LinkedHashMap;
import java.util.Map;

/** Validates a generator while it learns, and keeps the weights that were best. */
final class BestWeights {
  /** How often a training is validated. */
  static final int VALIDATIONS = 24;

  /** Validations without a better one after which a training ends. */
  static final int MAX_WORSE = 6;

  private final SequenceValidation validation;
  private final Parameters parameters;
  private Map<String, float[]> kept = Map.of();
  private double loss = Double.NaN;
  private long step;
  private int worse;

  BestWeights(
      GeneratorShape shape,
      GeneratorVocabulary vocabulary,
      SequenceItems items,
      SequenceExamples examples,
      Parameters parameters) {
    this.validation = new SequenceValidation(shape, vocabulary, items, examples);
    this.parameters = parameters;
  }

  /** Validates after a step where it is time to. */
  void after(long done, long total) {
    boolean due = done == total || done * VALIDATIONS / total > (done - 1) * VALIDATIONS / total;
    if (validation.isEmpty() || !due) {
      return;
    }
    double now = validation.loss(parameters);
    if (Double.isNaN(loss) || now < loss) {
      loss = now;
      step = done;
      worse = 0;
      kept = new LinkedHashMap<>();
      parameters.names().forEach(name -> kept.put(name, parameters.floats(name)));
    } else {
      worse++;
    }
  }

  /** Whether a better validation is not to be expected. */
  boolean isOver(long done, long total) {
    return done < total && worse >= MAX_WORSE;
  }

  /** Puts the best weights in place; without validation the last ones stay. */
  void restore() {
    kept.forEach(parameters::replace);
  }

  /** Negative log p of an item, mean, tasks added up; NaN without validation. */
  double loss() {
    return loss;
  }

  /** The step of the best weights; 0 without validation. */
  long step() {
    return step;
  }
}
