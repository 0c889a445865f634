package io.sidestream.datasets.sample;

/**
 * Facets of a film, by index into {@link FilmWords}, and its circle of users.
 *
 * @param circle group of users that prefer it; affects interactions, never the text
 */
record Facets(int genre, int place, int lead, int theme, int circle) {}
