package io.sidestream.ingest.trigger;

/** How many items the catalogue has, and how many of them no corpus covers as they are now. */
record CatalogueCoverage(long items, long uncoded) {
  static final CatalogueCoverage NONE = new CatalogueCoverage(0, 0);

  CatalogueCoverage with(boolean covered) {
    return new CatalogueCoverage(items + 1, covered ? uncoded : uncoded + 1);
  }

  CatalogueCoverage without(boolean covered) {
    return new CatalogueCoverage(items - 1, covered ? uncoded : uncoded - 1);
  }
}
