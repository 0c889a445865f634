/** Held-out cases, metrics, baselines, tuning of the ranking weights, and the gate. */
package io.sidestream.learning.evaluation;
