package io.sidestream.report;

import static io.sidestream.report.Checks.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The report of a run: one page that needs nothing but itself, without scripts, for light and dark
 * screens, narrow ones, and paper. The same findings give the same bytes.
 */
public final class ReportHtml {
  /** Most experiments in one report. */
  public static final int MAX_EXPERIMENTS = 64;

  private static final String STYLE = resource("report.css");

  private final Palette palette;
  private final StringBuilder out = new StringBuilder();
  private int tables;
  private int figures;

  private ReportHtml(List<Findings> findings) {
    this.palette = new Palette(findings);
  }

  /** The report. */
  public static String page(Setup setup, List<Findings> findings) {
    check(
        findings.size() <= MAX_EXPERIMENTS,
        "%d experiments, expected at most %d",
        findings.size(),
        MAX_EXPERIMENTS);
    return new ReportHtml(findings).html(setup, findings);
  }

  private String html(Setup setup, List<Findings> findings) {
    String title = Html.escape(setup.title());
    out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.append("<meta name=\"color-scheme\" content=\"light dark\">\n<title>").append(title);
    out.append("</title>\n<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n");
    out.append("<header>\n<h1>").append(title).append("</h1>\n");
    facts(facts(setup));
    out.append("</header>\n");
    contents(findings);
    out.append("<main>\n");
    for (int i = 0; i < findings.size(); i++) {
      section(findings.get(i), i + 1);
    }
    out.append("</main>\n</body>\n</html>\n");
    return out.toString();
  }

  private static Map<String, String> facts(Setup setup) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Data set", setup.dataSet());
    facts.put("Profile", setup.profile());
    facts.put("Seeds", setup.seeds());
    facts.putAll(setup.models());
    facts.put("Command", setup.command());
    facts.put("Version", setup.version());
    facts.put("Written", setup.written().truncatedTo(ChronoUnit.SECONDS).toString());
    setup
        .machine()
        .forEach((name, fact) -> facts.merge(name, fact, (one, other) -> one + "; " + other));
    return facts;
  }

  private void facts(Map<String, String> facts) {
    if (facts.isEmpty()) {
      return;
    }
    out.append("<dl>\n");
    facts.forEach(
        (name, fact) -> {
          String kind = name.equals("Command") ? "<dd><code>%s</code></dd>" : "<dd>%s</dd>";
          out.append("<div><dt>").append(Html.escape(name)).append("</dt>");
          out.append(kind.replace("%s", Html.escape(fact))).append("</div>\n");
        });
    out.append("</dl>\n");
  }

  private void contents(List<Findings> findings) {
    out.append("<nav aria-label=\"Contents\">\n<h2>Contents</h2>\n<ol>\n");
    for (int i = 0; i < findings.size(); i++) {
      out.append("<li><a href=\"#e").append(i + 1).append("\">");
      out.append(Html.escape(findings.get(i).experiment())).append("</a> <span>");
      out.append(Html.escape(findings.get(i).meaning())).append("</span></li>\n");
    }
    out.append("</ol>\n</nav>\n");
  }

  private void section(Findings findings, int number) {
    out.append("<section id=\"e").append(number).append("\">\n<h2>");
    out.append(number).append(" ").append(Html.escape(findings.experiment())).append("</h2>\n");
    paragraph("question", findings.question());
    paragraph("meaning", findings.meaning());
    for (Table table : findings.tables()) {
      tables++;
      out.append(TableHtml.of(table, "Table " + tables));
    }
    if (!findings.charts().isEmpty()) {
      out.append("<div class=\"figures\">\n");
      for (Chart chart : findings.charts()) {
        figures++;
        out.append(FigureHtml.of(chart, palette, "Figure " + figures));
      }
      out.append("</div>\n");
    }
    facts(findings.setup());
    out.append("</section>\n");
  }

  private void paragraph(String kind, String text) {
    out.append("<p class=\"").append(kind).append("\">").append(Html.escape(text));
    out.append("</p>\n");
  }

  private static String resource(String name) {
    try (InputStream in = ReportHtml.class.getResourceAsStream(name)) {
      check(in != null, "%s is missing beside the classes", name);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
