/** Evaluation of systems on groups of cases, and significance of differences. */
package io.sidestream.experiments.evaluation;
