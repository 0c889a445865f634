package io.sidestream.model.generator;

/**
 * A generated ID.
 *
 * @param leaf its place in the trie that constrained it
 * @param logProbability natural logarithm of the probability of its codes, at most 0
 */
public record Beam(int leaf, double logProbability) {}
