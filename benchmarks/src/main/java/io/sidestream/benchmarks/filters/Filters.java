package io.sidestream.benchmarks.filters;

import io.sidestream.benchmarks.filters.FilteredRequests.Result;

/**
 * Recall and time of filtered answers, and a run of filtered requests to an index while items
 * change.
 */
public final class Filters {
  private Filters() {}

  /** Measures with the options that the arguments give; ends with 1 where a filter did not hold. */
  public static void main(String[] arguments) throws Exception {
    try {
      FilterOptions options = FilterOptions.parse(arguments);
      if (options.parts().contains("recall")) {
        new FilteredRecall(options, System.out).run();
      }
      if (options.parts().contains("catalogue")) {
        new FilteredCatalogue(options, System.out).run();
      }
      boolean held = true;
      if (options.parts().contains("running")) {
        Result result = new FilteredRequests(options).run();
        System.out.println(result.line());
        held = result.held();
      }
      System.exit(held ? 0 : 1);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }
}
