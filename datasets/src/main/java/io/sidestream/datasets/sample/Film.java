package io.sidestream.datasets.sample;

import io.sidestream.schemas.Item;

/**
 * A film of the sample and the truth about it.
 *
 * @param appeal how much anyone likes it, standard normal
 */
public record Film(Item item, Facets facets, double appeal) {}
