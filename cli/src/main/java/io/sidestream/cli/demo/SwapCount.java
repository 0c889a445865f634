package io.sidestream.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How requests went while generations were swapped.
 *
 * @param failed without an answer, or answered that nothing can be answered
 * @param mixed answered with IDs of two generations
 */
public record SwapCount(long requests, long failed, long mixed) {
  void writeTo(ObjectNode node) {
    node.put("requests", requests).put("failed", failed).put("mixed", mixed);
  }
}
