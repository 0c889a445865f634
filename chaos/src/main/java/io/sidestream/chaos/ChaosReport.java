package io.sidestream.chaos;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.chaos.check.Outages;
import io.sidestream.chaos.check.PairRecount;
import io.sidestream.chaos.check.Verdict;
import io.sidestream.chaos.check.Verdict.Violation;
import io.sidestream.chaos.schedule.Schedule;
import io.sidestream.chaos.schedule.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What became of a run.
 *
 * @param answeredMillis when answers arrived, ascending
 * @param ends of processes, unexpected ones
 * @param digests of the indexes, at the end
 * @param unsettled what did not come to hold in time after the last fault
 */
public record ChaosReport(
    Schedule schedule,
    List<FaultOutcome> outcomes,
    Verdict verdict,
    List<Long> answeredMillis,
    List<Supervisor.End> ends,
    PairRecount.Outcome counts,
    List<AssignmentDigest> digests,
    List<String> unsettled) {
  private static final int SHOWN = 5;

  public ChaosReport {
    outcomes = List.copyOf(outcomes);
    answeredMillis = List.copyOf(answeredMillis);
    ends = List.copyOf(ends);
    digests = List.copyOf(digests);
    unsettled = List.copyOf(unsettled);
  }

  /** Whether everything held. */
  public boolean isClean() {
    return problems().isEmpty();
  }

  /** Each thing that did not hold, in a sentence. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>(unsettled);
    verdict.violations().forEach((kind, who) -> problems.add(sentence(kind, who)));
    ends.forEach(end -> problems.add(end.target().label() + " " + end.how()));
    outcomes.stream()
        .filter(outcome -> outcome.leftOut().isEmpty() && !survived(outcome))
        .map(outcome -> "not survived: " + outcome.step().toString().strip())
        .forEach(problems::add);
    if (tried() == 0) {
      problems.add("no fault was tried, so that nothing is known");
    }
    if (!counts.isExact()) {
      problems.add(counts.toString());
    }
    return problems;
  }

  private static String sentence(Violation kind, List<String> who) {
    return who.size()
        + " "
        + kind.description()
        + ": "
        + String.join(", ", who.subList(0, Math.min(SHOWN, who.size())));
  }

  /** An answer came soon after it, and its process did not end by itself until the next fault. */
  private boolean survived(FaultOutcome outcome) {
    Target target = outcome.step().target();
    long next =
        outcomes.stream()
            .filter(other -> other.step().target() == target)
            .mapToLong(FaultOutcome::startedMillis)
            .filter(started -> started > outcome.startedMillis())
            .min()
            .orElse(Long.MAX_VALUE);
    boolean ended =
        ends.stream()
            .anyMatch(
                end ->
                    end.target() == target
                        && end.atMillis() >= outcome.startedMillis()
                        && end.atMillis() < next);
    long over = outcome.endedMillis();
    return !ended
        && new Outages(answeredMillis).anyWithin(over, over + RunLimits.RECOVERY_LIMIT.toMillis());
  }

  private long tried() {
    return outcomes.stream().filter(outcome -> outcome.leftOut().isEmpty()).count();
  }

  private long survived() {
    return outcomes.stream()
        .filter(outcome -> outcome.leftOut().isEmpty() && survived(outcome))
        .count();
  }

  /** Of each fault that was tried, the longest time without an answer while it lasted. */
  private List<Duration> outages() {
    Outages outages = new Outages(answeredMillis);
    return outcomes.stream()
        .filter(outcome -> outcome.leftOut().isEmpty())
        .map(outcome -> outages.longest(outcome.startedMillis(), outcome.endedMillis()))
        .toList();
  }

  /** For users. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("seed " + schedule.seed() + ", " + schedule.length().toSeconds() + " s of faults");
    outcomes.forEach(
        outcome ->
            lines.add(
                outcome.step()
                    + outcome
                        .leftOut()
                        .map(why -> ": left out, " + why)
                        .orElse(survived(outcome) ? "" : ": not survived")));
    lines.add(
        format(
            "faults survived: %d of %d tried, %d left out",
            survived(), tried(), outcomes.size() - tried()));
    lines.add(
        format(
            "requests: %,d sent, %,d taken by the broker; lost %d, expired %d, mixed %d, illegal"
                + " %d, late %d",
            verdict.requests(),
            verdict.acked(),
            verdict.count(Violation.LOST),
            verdict.expired(),
            verdict.count(Violation.MIXED),
            verdict.count(Violation.ILLEGAL_ITEM),
            verdict.count(Violation.LATE)));
    lines.add(
        format(
            "replies: %,d; doubled %d before dropping repeats, %d after; by status %s",
            verdict.replies(),
            verdict.repeats(),
            verdict.count(Violation.DOUBLED),
            new java.util.TreeMap<>(verdict.statuses())));
    lines.add(
        format(
            "events: %,d taken by the broker; lost %d, doubled %d",
            verdict.events(),
            verdict.count(Violation.LOST_EVENT),
            verdict.count(Violation.DOUBLED_EVENT)));
    lines.add("counts: " + counts);
    lines.add(
        format(
            "outage of a fault: median %.1f s, most %.1f s",
            seconds(Outages.median(outages())), seconds(Outages.most(outages()))));
    digests.forEach(
        digest -> lines.add(format("index: %,d items, %s", digest.items(), digest.sha256())));
    problems().forEach(problem -> lines.add("VIOLATED: " + problem));
    lines.add(isClean() ? "everything held" : "not everything held");
    return lines;
  }

  private static String format(String text, Object... arguments) {
    return String.format(Locale.ROOT, text, arguments);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  /** For programs. */
  public ObjectNode json() {
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    report.put("seed", schedule.seed());
    report.put("seconds", schedule.length().toSeconds());
    ObjectNode faults = report.putObject("faults");
    faults.put("tried", tried());
    faults.put("survived", survived());
    faults.put("left_out", outcomes.size() - tried());
    report.put("requests", verdict.requests());
    report.put("acknowledged", verdict.acked());
    report.put("replies", verdict.replies());
    report.put("repeats", verdict.repeats());
    report.put("expired", verdict.expired());
    report.put("events", verdict.events());
    for (Violation violation : Violation.values()) {
      report.put(violation.name().toLowerCase(Locale.ROOT), verdict.count(violation));
    }
    ObjectNode statuses = report.putObject("statuses");
    verdict.statuses().forEach(statuses::put);
    ObjectNode outage = report.putObject("outage_seconds");
    outage.put("median", seconds(Outages.median(outages())));
    outage.put("most", seconds(Outages.most(outages())));
    report.put("counts_exact", counts.isExact());
    var digest = report.putArray("assignments");
    digests.forEach(one -> digest.add(one.sha256()));
    var steps = report.putArray("schedule");
    outcomes.forEach(outcome -> steps.add(step(outcome)));
    var problems = report.putArray("problems");
    problems().forEach(problems::add);
    return report;
  }

  private ObjectNode step(FaultOutcome outcome) {
    ObjectNode step = JsonNodeFactory.instance.objectNode();
    step.put("at_seconds", seconds(outcome.step().at()));
    step.put("fault", outcome.step().fault().name().toLowerCase(Locale.ROOT));
    step.put("target", outcome.step().target().label());
    step.put("held_seconds", seconds(outcome.step().held()));
    outcome.leftOut().ifPresent(why -> step.put("left_out", why));
    if (outcome.leftOut().isEmpty()) {
      step.put("survived", survived(outcome));
    }
    return step;
  }
}
