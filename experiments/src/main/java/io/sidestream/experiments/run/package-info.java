/** The experiments' common ground: one data set, several seeds, and systems measured on it. */
package io.sidestream.experiments.run;
