package io.sidestream.learning.corpus;

import io.sidestream.schemas.ItemId;

/**
 * A search kept back: whoever typed the query chose the item.
 *
 * @param met whether training holds the same query and item from an earlier search
 */
public record SearchCase(String query, ItemId chosen, boolean met) {}
