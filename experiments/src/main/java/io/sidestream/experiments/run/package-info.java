/**
 * One data set with its seeds ({@code ExperimentContext}), one split of one seed ({@code SeedRun}),
 * one generator on one set of IDs ({@code Trial}), and the evaluated systems that come of them.
 */
package io.sidestream.experiments.run;
