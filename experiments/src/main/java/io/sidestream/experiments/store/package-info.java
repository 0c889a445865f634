/** The cache of results and intermediate results on disk, each computed once. */
package io.sidestream.experiments.store;
