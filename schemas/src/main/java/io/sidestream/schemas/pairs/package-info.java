/**
 * What pair counts mean: which events make a pair, shared by whoever counts and whoever reads
 * counts.
 */
package io.sidestream.schemas.pairs;
