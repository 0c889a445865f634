package io.sidestream.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.client.RejectedSummary;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.kafka.RejectedEntry;
import io.sidestream.schemas.kafka.RejectedReplay;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Rejected records as text and as JSON. */
final class RejectedOutput {
  private RejectedOutput() {}

  static String line(RejectedSummary summary) {
    return String.format(
        Locale.ROOT,
        "%-24s %-21s %8d  %s  %s  %s",
        summary.topic().name(),
        summary.reason(),
        summary.count(),
        summary.first(),
        summary.last(),
        place(summary.example()) + ": " + summary.example().message());
  }

  static String line(RejectedEntry entry) {
    return String.format(
        Locale.ROOT,
        "%s  %s  %s  key %s  %s: %s",
        place(entry),
        entry.at(),
        entry.reason(),
        key(entry).orElse("missing"),
        entry.stage(),
        entry.message());
  }

  static String line(Topic topic, RejectedReplay.Outcome outcome) {
    return String.format(
        Locale.ROOT,
        "%s: %d replayed, %d still bad, %d superseded",
        topic.name(),
        outcome.replayed(),
        outcome.stillBad(),
        outcome.superseded());
  }

  static ObjectNode json(Topic topic, RejectedReplay.Outcome outcome) {
    return Json.object()
        .put("topic", topic.name())
        .put("replayed", outcome.replayed())
        .put("still_bad", outcome.stillBad())
        .put("superseded", outcome.superseded());
  }

  static ObjectNode json(RejectedSummary summary) {
    ObjectNode node = Json.object();
    node.put("topic", summary.topic().name());
    node.put("reason", summary.reason());
    node.put("count", summary.count());
    node.put("first", summary.first().toString());
    node.put("last", summary.last().toString());
    node.set("example", json(summary.example()));
    return node;
  }

  static ObjectNode json(RejectedEntry entry) {
    ObjectNode node = Json.object();
    node.put("topic", entry.topic().name());
    entry.partition().ifPresent(partition -> node.put("partition", partition));
    entry.offset().ifPresent(offset -> node.put("offset", offset));
    key(entry).ifPresent(key -> node.put("key", key));
    node.put("reason", entry.reason());
    node.put("message", entry.message());
    node.put("stage", entry.stage());
    node.put("rejected_at", entry.at().toString());
    return node;
  }

  private static String place(RejectedEntry entry) {
    return entry.topic().name()
        + "-"
        + entry.partition().map(String::valueOf).orElse("?")
        + " offset "
        + entry.offset().map(String::valueOf).orElse("?");
  }

  private static Optional<String> key(RejectedEntry entry) {
    return Optional.ofNullable(entry.record().key())
        .map(key -> new String(key, StandardCharsets.UTF_8));
  }
}
