package io.sidestream.index.answering;

/**
 * What an answer takes, by those given so far: nothing is known of it before a process is warm.
 * Unit: nanoseconds.
 */
final class AnswerTime {
  /*
   * The first answers of a process take many times what later ones do, as code is loaded and
   * compiled: by them a burst of some hundred would be refused that is answered in a second. So
   * they do not count; the next ones have more weight, as times still fall. A single pause counts
   * as a few answers, not as hundreds; one that lasts is known after a dozen.
   */
  static final int COLD = 8; // answers that do not count
  static final int WARMING = 64; // answers until the mean is of many
  private static final double NEWEST_WARMING = .25; // weight of the newest time in the mean
  private static final double NEWEST = .05;
  private static final int LONGEST = 4; // times the mean

  private int answers;
  private double mean;

  void add(long nanos) {
    answers = Math.min(answers + 1, WARMING);
    if (answers <= COLD) {
      return;
    }
    if (mean == 0) {
      mean = nanos;
      return;
    }
    double weight = answers < WARMING ? NEWEST_WARMING : NEWEST;
    mean += weight * (Math.min(nanos, LONGEST * mean) - mean);
  }

  /** Mean of the latest answers; 0 before {@value #COLD} were given. */
  double mean() {
    return mean;
  }
}
