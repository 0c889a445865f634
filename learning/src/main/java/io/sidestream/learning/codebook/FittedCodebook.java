package io.sidestream.learning.codebook;

import io.sidestream.model.codes.ResidualCodebook;

/**
 * A codebook and the codes that the vectors it was fitted to have.
 *
 * @param codes shape [vector][level]; where loads are bounded, not always the nearest centroids
 */
public record FittedCodebook(ResidualCodebook codebook, int[][] codes) {}
