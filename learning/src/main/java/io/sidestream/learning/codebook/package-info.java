/**
 * Residual k-means: from item vectors to the centroids that name them, and what became of the
 * names.
 */
package io.sidestream.learning.codebook;
