/** A data set taken apart without leaks: what may be learned from, and the cases to judge by. */
package io.sidestream.experiments.data;
