package io.sidestream.datasets.sample;

/**
 * What a film is, by index into {@link FilmWords}, and the circle it belongs to.
 *
 * @param circle whom it is passed around among; shows in who watches it, never in its text
 */
public record Facets(int genre, int place, int lead, int theme, int circle) {}
