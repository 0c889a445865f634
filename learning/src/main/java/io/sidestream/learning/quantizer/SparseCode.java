package io.sidestream.learning.quantizer;

/**
 * A vector as a sum of few atoms. Arrays are not copied: dictionary learning scales coefficients in
 * place.
 *
 * @param atoms by the size of their coefficients, largest first, all different
 * @param coefficients of the atoms
 */
record SparseCode(int[] atoms, double[] coefficients) {}
