package io.sidestream.report;

import java.time.Instant;
import java.util.Map;

/**
 * The set-up of the run behind a report, to reproduce it.
 *
 * @param models encoder and generator, in the order in which they are shown
 * @param command the exact command line
 * @param written when the report was written
 * @param machine facts of the machine, in the order in which they are shown
 */
public record Setup(
    String title,
    String dataSet,
    String profile,
    String seeds,
    Map<String, String> models,
    String command,
    String version,
    Instant written,
    Map<String, String> machine) {
  public Setup {
    ReportLimits.checkName("title of a report", title);
    ReportLimits.checkSentence("data set", dataSet);
    ReportLimits.checkSentence("profile", profile);
    ReportLimits.checkSentence("seeds", seeds);
    models = ReportLimits.checkedFacts(models);
    ReportLimits.checkSentence("command", command);
    ReportLimits.checkSentence("version", version);
    machine = ReportLimits.checkedFacts(machine);
  }
}
