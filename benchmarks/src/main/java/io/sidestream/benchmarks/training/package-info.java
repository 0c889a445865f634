/** How fast parts are, one JSON line per measurement. */
package io.sidestream.benchmarks.training;
