package io.sidestream.experiments.report;

import java.time.Instant;
import java.util.Map;

/**
 * Under what circumstances a report came to be, so that it can come to be again.
 *
 * @param command the exact command line
 * @param written when the report was written
 * @param machine facts of the machine, in the order in which they are shown
 */
public record Setup(
    String title,
    String dataSet,
    String profile,
    String seeds,
    String command,
    String version,
    Instant written,
    Map<String, String> machine) {
  public Setup {
    ReportLimits.checkName("title of a report", title);
    ReportLimits.checkSentence("data set", dataSet);
    ReportLimits.checkSentence("profile", profile);
    ReportLimits.checkSentence("seeds", seeds);
    ReportLimits.checkSentence("command", command);
    ReportLimits.checkSentence("version", version);
    machine = ReportLimits.checkedFacts(machine);
  }
}
