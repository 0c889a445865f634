/** The speed of counting pairs, beside loops that do the same. */
package io.sidestream.benchmarks.pairs;
