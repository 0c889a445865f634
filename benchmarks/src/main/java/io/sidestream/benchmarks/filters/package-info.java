/** Filtered answers: their recall beside an exhaustive ranking, and that they hold nothing else. */
package io.sidestream.benchmarks.filters;
