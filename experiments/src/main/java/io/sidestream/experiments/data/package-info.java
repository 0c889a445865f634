/** Splits of a data set into training, validation and test, without leaks. */
package io.sidestream.experiments.data;
