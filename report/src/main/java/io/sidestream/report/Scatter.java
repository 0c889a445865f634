package io.sidestream.report;

import static io.sidestream.report.Checks.check;
import static io.sidestream.report.ReportLimits.MAX_NAMED;

import java.util.List;

/**
 * Named points on two measured scales, such as recall of search against recall of recommendation.
 *
 * @param front whether the Pareto front is drawn; both axes then have a good end
 */
public record Scatter(String title, String caption, Axis x, Axis y, List<Mark> marks, boolean front)
    implements Chart {
  public Scatter {
    ReportLimits.checkName("title of a chart", title);
    ReportLimits.checkText("caption of " + title, caption);
    x.checkLinear();
    y.checkLinear();
    ReportLimits.checkCount("points in " + title, marks.size(), 1, MAX_NAMED);
    ReportLimits.checkDistinct("names in " + title, marks.stream().map(Mark::name).toList());
    check(
        !front || (x.better() != Better.NEITHER && y.better() != Better.NEITHER),
        "%s: a front is asked for, but an axis has no better end",
        title);
    marks = List.copyOf(marks);
  }

  /**
   * One named point.
   *
   * @param xError half the length of its bar along x; 0 for none
   * @param yError half the length of its bar along y; 0 for none
   */
  public record Mark(String name, double x, double y, double xError, double yError) {
    public Mark {
      ReportLimits.checkName("name of a point", name);
      ReportLimits.checkFinite("x of " + name, x);
      ReportLimits.checkFinite("y of " + name, y);
      ReportLimits.checkSpread("error along x of " + name, xError);
      ReportLimits.checkSpread("error along y of " + name, yError);
    }
  }

  @Override
  public List<String> names() {
    return marks.stream().map(Mark::name).toList();
  }

  @Override
  public <T> T fold(Fold<T> cases) {
    return cases.scatter(this);
  }
}
