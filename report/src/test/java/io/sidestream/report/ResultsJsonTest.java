package io.sidestream.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultsJsonTest {
  private static final Findings SMALL =
      new Findings(
          "cold",
          "question?",
          "meaning.",
          MadeUpFindings.facts("z", "1", "a", "2"),
          List.of(
              new Table(
                  "table",
                  "",
                  "way",
                  List.of(Column.higher("rec")),
                  List.of(Row.of("all", Cell.of(.1)), Row.of("none", Cell.ABSENT)))),
          List.of(
              new Space("space", "", List.of(new Space.Group("g", List.of(new Point(1, .5)))))));

  @Test
  void write_smallFindings_givesTheseBytes() {
    assertEquals(
        """
        {
          "schema" : 1,
          "experiment" : "cold",
          "question" : "question?",
          "meaning" : "meaning.",
          "setup" : {
            "z" : "1",
            "a" : "2"
          },
          "tables" : [ {
            "title" : "table",
            "note" : "",
            "rowTitle" : "way",
            "columns" : [ {
              "name" : "rec",
              "better" : "HIGHER",
              "decimals" : 3
            } ],
            "rows" : [ {
              "name" : "all",
              "cells" : [ {
                "kind" : "measured",
                "value" : 0.1,
                "spread" : {
                  "kind" : "NONE",
                  "size" : 0.0
                },
                "mark" : ""
              } ]
            }, {
              "name" : "none",
              "cells" : [ {
                "kind" : "absent"
              } ]
            } ]
          } ],
          "charts" : [ {
            "kind" : "space",
            "title" : "space",
            "caption" : "",
            "groups" : [ {
              "name" : "g",
              "points" : [ [ 1.0, 0.5 ] ]
            } ]
          } ]
        }
        """,
        new String(ResultsJson.write(SMALL), UTF_8));
  }

  @Test
  void read_written_isEqualAndInTheSameOrder() throws IOException {
    for (Findings findings : MadeUpFindings.all()) {
      byte[] json = ResultsJson.write(findings);

      Findings read = ResultsJson.read(json);

      assertEquals(findings, read);
      assertArrayEquals(json, ResultsJson.write(read));
    }
  }

  @Test
  void read_otherSchemaVersion_isRefusedWithBothVersions() {
    assertRefused(
        small().replace("\"schema\" : 1", "\"schema\" : 2"),
        "results have schema version 2, expected 1");
    assertRefused(small().replace("\"schema\" : 1,", ""), "results lack schema, expected 1");
  }

  @Test
  void read_brokenFields_areRefused() {
    Map.of(
            "\"mark\" : \"\"", "\"mark\" : null",
            "\"value\" : 0.1", "\"value\" : \"NaN\"",
            "\"size\" : 0.0", "\"size\" : -1",
            "\"decimals\" : 3", "\"decimals\" : 3, \"other\" : 1",
            "\"kind\" : \"absent\"", "\"kind\" : \"unknown\"",
            "\"meaning\" : \"meaning.\",", "",
            "\"better\" : \"HIGHER\"", "\"better\" : 0",
            "\"kind\" : \"space\"", "\"kind\" : \"lines\"")
        .forEach((right, wrong) -> assertRefused(small().replace(right, wrong), "results"));
    assertRefused("[]", "results are not a JSON object");
    assertRefused("", "results are not a JSON object");
    assertRefused("{", "results cannot be read");
    assertRefused(small() + "{}", "results cannot be read");
  }

  private static String small() {
    return new String(ResultsJson.write(SMALL), UTF_8);
  }

  private static void assertRefused(String json, String message) {
    IOException refused =
        assertThrows(IOException.class, () -> ResultsJson.read(json.getBytes(UTF_8)), json);
    assertTrue(refused.getMessage().startsWith(message), refused.getMessage());
  }
}
