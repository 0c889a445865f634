/** What one gets without the method: popularity, chance, words, vectors, neighbours, EASE. */
package io.sidestream.experiments.baselines;
