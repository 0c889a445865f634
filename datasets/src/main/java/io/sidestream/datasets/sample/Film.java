package io.sidestream.datasets.sample;

import io.sidestream.schemas.Item;

/**
 * A film of the sample and its hidden variables.
 *
 * @param appeal general popularity, standard normal
 */
record Film(Item item, Facets facets, double appeal) {}
