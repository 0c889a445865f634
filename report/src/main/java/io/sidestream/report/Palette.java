package io.sidestream.report;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The colour and shape of each name, the same in every chart of a report. */
final class Palette {
  /*
   * Colours are those that remain distinct to the colour-blind, less the two that vanish on white:
   * Okabe and Ito 2008. They are classes of the style sheet, which has a set for light and one for
   * dark pages. Names take, in order of appearance, the colour that is rarest among the
   * names with which they share a chart: greedy colouring, so that colours repeat within a chart
   * only where it has more names than there are colours. Those of one colour have other shapes.
   */
  static final int COLOURS = 7;

  private static final int DASHES = 3;

  private final Map<String, Integer> colours = new LinkedHashMap<>();
  private final Map<String, Integer> variants = new LinkedHashMap<>(); // among equal colours

  Palette(List<Findings> findings) {
    Map<String, Set<String>> neighbours = new LinkedHashMap<>();
    for (Findings experiment : findings) {
      for (Chart chart : experiment.charts()) {
        List<String> names = chart.names();
        names.forEach(
            name -> neighbours.computeIfAbsent(name, n -> new LinkedHashSet<>()).addAll(names));
      }
    }
    neighbours.forEach(this::colour);
  }

  private void colour(String name, Set<String> neighbours) {
    int[] uses = new int[COLOURS];
    for (String other : neighbours) {
      if (colours.containsKey(other)) {
        uses[colours.get(other)]++;
      }
    }
    int rarest = 0;
    for (int colour = 1; colour < COLOURS; colour++) {
      rarest = uses[colour] < uses[rarest] ? colour : rarest;
    }
    Set<Integer> taken = new TreeSet<>();
    for (String other : neighbours) {
      if (colours.getOrDefault(other, -1) == rarest) {
        taken.add(variants.get(other));
      }
    }
    int variant = 0;
    while (taken.contains(variant)) {
      variant++;
    }
    colours.put(name, rarest);
    variants.put(name, variant);
  }

  /** The class of the style sheet that sets the colour. */
  String colour(String name) {
    return "c" + colours.get(name);
  }

  /** The class of the style sheet that breaks a line, where one before it has its colour. */
  String dash(String name, List<String> namesOfChart) {
    long before =
        namesOfChart.subList(0, namesOfChart.indexOf(name)).stream()
            .filter(other -> colour(other).equals(colour(name)))
            .count();
    return "d" + before % DASHES;
  }

  /** The shape of the mark of a name. */
  MarkShape shape(String name) {
    MarkShape[] shapes = MarkShape.values();
    return shapes[
        (requireNonNull(colours.get(name)) + 2 * requireNonNull(variants.get(name)))
            % shapes.length];
  }
}
