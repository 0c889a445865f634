package io.sidestream.learning.evaluation;

/**
 * What training contains of a case's relevant item.
 *
 * @param newPair a search whose pair of normalized query and item training does not contain
 * @param neverSearched training contains no search for the item
 * @param cold training contains no interaction with the item and no search for it
 */
public record TrainingExposure(
    PopularityBucket bucket, boolean newPair, boolean neverSearched, boolean cold) {}
