package io.sidestream.model.terms;

/** How long a query is, in the terms that are looked up in texts and in the query log. */
public final class QueryLength {
  private QueryLength() {}

  /** Terms of a query, repeated ones included. */
  public static int of(String query) {
    return Terms.places(Terms.normalized(query)).size();
  }
}
