package io.sidestream.ingest.requests;

/** How many items the catalogue has, and how many of them no corpus covers as they are now. */
record Coverage(long items, long uncoded) {
  static final Coverage NONE = new Coverage(0, 0);

  Coverage with(boolean covered) {
    return new Coverage(items + 1, covered ? uncoded : uncoded + 1);
  }

  Coverage without(boolean covered) {
    return new Coverage(items - 1, covered ? uncoded : uncoded - 1);
  }
}
