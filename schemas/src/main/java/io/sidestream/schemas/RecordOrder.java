package io.sidestream.schemas;

/** Which records of a topic must stay in order, and so whether partitions may be added to it. */
public enum RecordOrder {
  /** None: each record means the same wherever it is. */
  NONE(""),
  /** Those of one key. */
  BY_KEY("records of one key would move to another partition and lose their order"),
  /** All of them. */
  TOTAL("its records must stay in one order, which one partition keeps");

  private final String obstacle;

  RecordOrder(String obstacle) {
    this.obstacle = obstacle;
  }

  /** Whether a topic that holds records may get more partitions. */
  public boolean allowsMorePartitions() {
    return this == NONE;
  }

  /** Why a topic that holds records may not get more partitions; empty when it may. */
  public String obstacle() {
    return obstacle;
  }
}
