/** One generator for each set of IDs, trained and asked alike, so that only the IDs differ. */
package io.sidestream.experiments.trials;
