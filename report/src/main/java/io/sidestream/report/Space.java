package io.sidestream.report;

import static io.sidestream.report.ReportLimits.MAX_NAMED;
import static io.sidestream.report.ReportLimits.MAX_SPACE_POINTS;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A projection of a vector space on the plane: points in named groups, without scales. */
public record Space(String title, String caption, List<Group> groups) implements Chart {
  public Space {
    ReportLimits.checkName("title of a chart", title);
    ReportLimits.checkText("caption of " + title, caption);
    ReportLimits.checkCount("groups in " + title, groups.size(), 1, MAX_NAMED);
    ReportLimits.checkDistinct("groups in " + title, groups.stream().map(Group::name).toList());
    int points = groups.stream().mapToInt(group -> group.points().size()).sum();
    ReportLimits.checkCount("points in " + title, points, 1, MAX_SPACE_POINTS);
    groups = List.copyOf(groups);
  }

  /** The points of one colour; may be none. */
  public record Group(String name, List<Point> points) {
    public Group {
      ReportLimits.checkName("name of a group", name);
      points = List.copyOf(points);
    }
  }

  /**
   * Projects vectors onto their first two principal axes: all vectors up to the limit, else a
   * random share of each group, at least one of each that is not empty.
   *
   * @param groups for each group, in the order in which they are shown: vectors[row][dimension]
   * @param most in (number of groups, {@value ReportLimits#MAX_SPACE_POINTS}]
   */
  public static Space ofVectors(
      String title, String caption, Map<String, float[][]> groups, int most, long seed) {
    ReportLimits.checkCount("points", most, groups.size() + 1, MAX_SPACE_POINTS);
    int all = groups.values().stream().mapToInt(vectors -> vectors.length).sum();
    double share = all <= most ? 1 : (double) (most - groups.size()) / all;
    Random random = new Random(seed);
    Map<String, List<float[]>> drawn = new LinkedHashMap<>();
    groups.forEach((name, vectors) -> drawn.put(name, sample(vectors, share, random)));
    PrincipalAxes axes =
        PrincipalAxes.of(drawn.values().stream().flatMap(List::stream).toArray(float[][]::new));
    return new Space(
        title,
        caption,
        drawn.entrySet().stream()
            .map(group -> new Group(group.getKey(), axes.project(group.getValue())))
            .toList());
  }

  private static List<float[]> sample(float[][] vectors, double share, Random random) {
    List<float[]> rows = new ArrayList<>(List.of(vectors));
    if (share == 1) {
      return rows;
    }
    Collections.shuffle(rows, random);
    int kept = Math.max(Math.min(1, rows.size()), (int) (share * rows.size()));
    return rows.subList(0, kept);
  }

  @Override
  public List<String> names() {
    return groups.stream().map(Group::name).toList();
  }

  @Override
  public <T> T fold(Fold<T> cases) {
    return cases.space(this);
  }
}
