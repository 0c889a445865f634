package io.sidestream.cli.check;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Outcomes of requests.
 *
 * @param failed without a reply, or with a status that is no answer
 * @param mixed with IDs of two generations
 */
public record RequestCount(long requests, long failed, long mixed) {
  /** Whether every request was answered, by one generation each. */
  public boolean isClean() {
    return failed == 0 && mixed == 0;
  }

  /** Adds the numbers to a JSON object. */
  public void writeTo(ObjectNode node) {
    node.put("requests", requests).put("failed", failed).put("mixed", mixed);
  }

  @Override
  public String toString() {
    return "%,d sent: %d failed, %d of two generations".formatted(requests, failed, mixed);
  }
}
