package io.sidestream.report;

/** A picture of what was found, as values; how it is drawn is decided elsewhere. */
public sealed interface Chart permits Scatter, Space, Lines, Bars, Histogram {
  String title();

  /** What a reader sees in it, in a sentence or two; may be empty. */
  String caption();

  /** The value of whichever case this is. */
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
