package io.sidestream.report;

import java.util.List;

/** A picture of what was found, as values; how it is drawn is decided elsewhere. */
public sealed interface Chart permits Scatter, Space, Lines, Bars, Histogram {
  String title();

  /** A sentence or two on what it shows; may be empty. */
  String caption();

  /** The names in it that have a colour. */
  List<String> names();

  /** Calls the function of this case. */
  <T> T fold(Fold<T> cases);

  /** One function per case. */
  interface Fold<T> {
    T scatter(Scatter chart);

    T space(Space chart);

    T lines(Lines chart);

    T bars(Bars chart);

    T histogram(Histogram chart);
  }
}
