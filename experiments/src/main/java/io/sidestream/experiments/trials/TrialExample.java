package io.sidestream.experiments.trials;

import io.sidestream.experiments.data.EvaluationQuery;

/**
 * What is asked, and the ID that answers it.
 *
 * @param codes coarse to fine
 * @param weight above 0; how much it counts beside others, where a generator learns with weights
 */
record TrialExample(EvaluationQuery asked, int[] codes, double weight) {}
