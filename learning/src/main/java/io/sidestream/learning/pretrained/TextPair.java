package io.sidestream.learning.pretrained;

/**
 * Two texts that belong together: a query and the text of an item that was chosen for it, or the
 * texts of two items that co-occur.
 *
 * @param anchor the query or first item
 * @param positive the item; pairs of one batch with the same one are no negatives of each other
 */
public record TextPair(String anchor, String positive) {}
