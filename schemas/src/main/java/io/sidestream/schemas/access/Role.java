package io.sidestream.schemas.access;

import java.util.Locale;

/** Who connects to a cluster: each role can be a principal of its own, with the least it needs. */
public enum Role {
  PRODUCER("sends items, interactions and searches"),
  INGEST("the Flink jobs"),
  TRAINER("the trainer"),
  INDEX("the index"),
  CLIENT("sends requests, and reads the replies and the titles of their items"),
  GATEWAY("the HTTP gateway; to roll back, also what an operator writes to generations"),
  OPERATOR("creates topics, requests trainings, rolls back, replays rejected records");

  private final String meaning;

  Role(String meaning) {
    this.meaning = meaning;
  }

  /** What it does, in a few words. */
  public String meaning() {
    return meaning;
  }

  /** The name in lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
