package io.sidestream.schemas;

/**
 * An item in an answer.
 *
 * @param score higher is better; comparable within one answer only
 * @param id the item's Semantic ID in the generation that answered
 */
public record RankedItem(ItemId item, double score, SemanticId id) {}
