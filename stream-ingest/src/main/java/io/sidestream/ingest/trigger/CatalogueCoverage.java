package io.sidestream.ingest.trigger;

/** Number of the catalogue's items, and of those that no corpus covers in their current form. */
record CatalogueCoverage(long items, long uncoded) {
  static final CatalogueCoverage NONE = new CatalogueCoverage(0, 0);

  CatalogueCoverage with(boolean covered) {
    return new CatalogueCoverage(items + 1, covered ? uncoded : uncoded + 1);
  }

  CatalogueCoverage without(boolean covered) {
    return new CatalogueCoverage(items - 1, covered ? uncoded : uncoded - 1);
  }
}
