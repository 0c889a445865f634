package io.sidestream.report;

import static io.sidestream.report.ReportLimits.MAX_EXHIBITS;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one experiment found.
 *
 * @param experiment its name on the command line
 * @param question that it answers
 * @param meaning one sentence that says what the tables mean
 * @param setup what belongs to this experiment alone, in the order in which it is shown
 */
public record Findings(
    String experiment,
    String question,
    String meaning,
    Map<String, String> setup,
    List<Table> tables,
    List<Chart> charts) {
  public Findings {
    ReportLimits.checkName("name of an experiment", experiment);
    ReportLimits.checkSentence("question of " + experiment, question);
    ReportLimits.checkSentence("meaning of " + experiment, meaning);
    setup = ReportLimits.checkedFacts(setup);
    ReportLimits.checkCount("tables in " + experiment, tables.size(), 0, MAX_EXHIBITS);
    ReportLimits.checkCount("charts in " + experiment, charts.size(), 0, MAX_EXHIBITS);
    tables = List.copyOf(tables);
    charts = List.copyOf(charts);
  }

  /** The same with further facts of its set-up, after those it has. */
  public Findings with(Map<String, String> facts) {
    Map<String, String> all = new LinkedHashMap<>(setup);
    all.putAll(facts);
    return new Findings(experiment, question, meaning, all, tables, charts);
  }
}
