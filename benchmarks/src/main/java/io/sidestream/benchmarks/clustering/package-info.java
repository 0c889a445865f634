/** k-means of a codebook: CPU time and quantization error. */
package io.sidestream.benchmarks.clustering;
