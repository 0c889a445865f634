package io.sidestream.experiments.trials;

import java.util.Map;
import java.util.TreeMap;

/**
 * What one generator's IDs are worth by several ways to read them out.
 *
 * @param test by the name of the decoding, ranks by the name of the group
 */
public record DecodingResult(Map<String, Map<String, Ranks>> test) {
  public DecodingResult {
    test = new TreeMap<>(test);
  }
}
