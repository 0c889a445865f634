package io.sidestream.model.ranking;

/** What is counted of all events up to now, whichever generation serves. */
public record LiveCounts(Neighbours neighbours, Clicks clicks) {
  /** Of no events. */
  public static final LiveCounts NONE = of(Neighbours.NONE);

  /** Neighbours alone. */
  public static LiveCounts of(Neighbours neighbours) {
    return new LiveCounts(neighbours, Clicks.NONE);
  }
}
