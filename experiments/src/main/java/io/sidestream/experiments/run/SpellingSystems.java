package io.sidestream.experiments.run;

/** The rows of the experiment with typing errors. */
public final class SpellingSystems {
  /** Queries as users typed them, searched as they stand. */
  public static final String RIGHT = "as typed by users";

  /** The same, words that nothing is known by read as the known ones that are meant. */
  public static final String RIGHT_READ = "as typed by users, read as meant";

  /** Queries with one error each, searched as they stand. */
  public static final String MISTYPED = "one error each";

  /** The same, read likewise. */
  public static final String MISTYPED_READ = "one error each, read as meant";

  private SpellingSystems() {}
}
