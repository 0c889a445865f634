package io.sidestream.learning.sequence;

import io.sidestream.learning.tensor.Parameters;
import java.util.LinkedHashMap;
import java.util.Map;

/** Validates a generator while it learns, and keeps the weights that were best. */
final class BestWeights {
  /** How often a training is validated at most. */
  static final int VALIDATIONS = 24;

  /** Validations without a better one after which a training ends. */
  static final int MAX_WORSE = 8;

  private final SequenceValidation validation;
  private final Parameters parameters;
  private final int validations;
  private Map<String, float[]> kept = Map.of();
  private double value = Double.NaN;
  private long step;
  private int worse;

  /**
   * @param validations how often a training is validated
   */
  BestWeights(SequenceValidation validation, Parameters parameters, int validations) {
    this.validation = validation;
    this.parameters = parameters;
    this.validations = Math.min(validations, VALIDATIONS);
  }

  /** Validates after a step where it is time to. */
  void after(long done, long total) {
    boolean due = done == total || done * validations / total > (done - 1) * validations / total;
    if (due) {
      validate(done);
    }
  }

  /** Validates the weights as they are. */
  void validate(long done) {
    if (validation.isEmpty()) {
      return;
    }
    double now = validation.value(parameters);
    if (Double.isNaN(value) || now > value) {
      value = now;
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

  /** How well the best weights rank, see {@link SequenceValidation}; NaN without validation. */
  double value() {
    return value;
  }

  /** The step of the best weights; 0 without validation. */
  long step() {
    return step;
  }
}
