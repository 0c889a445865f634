package io.sidestream.experiments.data;

/**
 * What training knew of a case's item.
 *
 * @param newPair a search whose normalized query and item training does not hold together
 * @param neverAskedFor no search of training wanted the item
 * @param cold training holds no interaction with the item and no search for it
 */
public record TrainingExposure(
    PopularityBucket band, boolean newPair, boolean neverAskedFor, boolean cold) {}
