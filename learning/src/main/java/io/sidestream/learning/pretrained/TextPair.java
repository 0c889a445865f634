package io.sidestream.learning.pretrained;

/**
 * Two texts that belong together: a query and the text of an item that was chosen for it, or the
 * texts of two items that people took together.
 *
 * @param anchor what asks
 * @param positive what should be near; pairs of one batch with the same one are no negatives of
 *     each other
 */
public record TextPair(String anchor, String positive) {}
