package io.sidestream.schemas;

/** Id of a user or session, as the producer assigns it. Order: by UTF-16 unit. */
public record UserId(String value) implements Comparable<UserId> {
  public UserId {
    Checks.checkId("user id", value);
  }

  @Override
  public int compareTo(UserId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
