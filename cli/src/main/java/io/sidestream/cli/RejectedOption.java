package io.sidestream.cli;

import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.kafka.RejectedFilter;
import io.sidestream.schemas.kafka.RejectedRecord;
import io.sidestream.schemas.settings.Durations;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Options that select rejected records. */
final class RejectedOption {
  @Option(
      names = "--topic",
      paramLabel = "T",
      description = "Those rejected from this topic, for example interactions (default: all).")
  @Nullable String topic;

  @Option(
      names = "--reason",
      paramLabel = "R",
      description = "Those with this reason code, for example bad_key (default: all).")
  @Nullable String reason;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Those rejected at this time or later: 2026-01-31T12:00:00Z, or a duration before now,"
              + " for example 2h.")
  @Nullable String since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Those rejected before this time, likewise.")
  @Nullable String until;

  /** The selected topics; one is named with or without prefix and catalogue. */
  List<Topic> topics(CommandSpec spec, Topics topics) {
    String wanted = topic;
    if (wanted == null) {
      return topics.carrying();
    }
    String known =
        topics.carrying().stream().map(Topic::name).sorted().collect(Collectors.joining(", "));
    String qualified = topics.namespace().qualify(wanted);
    return List.of(
        topics.carrying().stream()
            .filter(
                candidate -> candidate.name().equals(wanted) || candidate.name().equals(qualified))
            .findFirst()
            .orElseThrow(
                () -> Usage.error(spec, "--topic is %s, expected one of %s", wanted, known)));
  }

  /** The filter. */
  RejectedFilter filter(CommandSpec spec, Clock clock) {
    String wanted = reason;
    if (wanted != null) {
      List<String> reasons = reasons();
      Usage.check(
          spec,
          reasons.contains(wanted),
          "--reason is %s, expected one of %s",
          wanted,
          String.join(", ", reasons));
    }
    Optional<Instant> from = time(spec, "--since", since, clock);
    Optional<Instant> to = time(spec, "--until", until, clock);
    return Usage.valid(spec, () -> new RejectedFilter(Optional.ofNullable(wanted), from, to));
  }

  private static List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    for (MalformedRecordException.Reason each : MalformedRecordException.Reason.values()) {
      reasons.add(each.code());
    }
    reasons.add(RejectedRecord.FAILED);
    return reasons;
  }

  private static Optional<Instant> time(
      CommandSpec spec, String option, @Nullable String text, Clock clock) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException notATime) {
      try {
        return Optional.of(clock.instant().minus(Durations.parse(text)));
      } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
        throw Usage.error(
            spec,
            "%s is %s, expected a time such as 2026-01-31T12:00:00Z or a duration such as 2h",
            option,
            text);
      }
    }
  }
}
