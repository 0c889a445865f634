package io.sidestream.learning.codebook;

import io.sidestream.model.codes.ResidualCodebook;

/**
 * A codebook and the codes of the vectors it was fitted to. Codes are not copied: they are as many
 * as the catalogue has items, and are read row by row.
 *
 * @param codes shape [vector][level]; where loads are bounded, not always the nearest centroids
 */
public record FittedCodebook(ResidualCodebook codebook, int[][] codes) {}
