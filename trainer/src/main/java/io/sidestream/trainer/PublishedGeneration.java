package io.sidestream.trainer;

import io.sidestream.learning.evaluation.Metrics;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationState;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * A generation whose bundle is published in the store.
 *
 * @param manifestSha256 the bundle's hash, 64 hexadecimal digits
 */
record PublishedGeneration(Manifest manifest, String manifestSha256) {
  /** Its announcement in a state. */
  GenerationAnnouncement announcement(GenerationState state, String reason, Instant at) {
    return new GenerationAnnouncement(
        manifest.generation(),
        state,
        reason,
        manifestSha256,
        manifest.provenance().parent(),
        manifest.provenance().corpus(),
        shares(manifest.quality().metrics()),
        at);
  }

  /** The metrics of an announcement: shares, without numbers of events. */
  private static Map<String, Double> shares(Map<String, Double> metrics) {
    Map<String, Double> shares = new TreeMap<>(metrics);
    shares.keySet().removeIf(name -> name.endsWith("." + Metrics.CASES));
    return shares;
  }
}
