/** Baselines: BM25, item neighbours and EASE. */
package io.sidestream.experiments.baselines;
