package io.sidestream.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Outcomes of the requests during the swaps.
 *
 * @param failed without a reply, or with status NOT_READY or INVALID
 * @param mixed with IDs of two generations
 */
record SwapCount(long requests, long failed, long mixed) {
  void writeTo(ObjectNode node) {
    node.put("requests", requests).put("failed", failed).put("mixed", mixed);
  }
}
