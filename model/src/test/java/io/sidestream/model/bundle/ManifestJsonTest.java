package io.sidestream.model.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.CodeGenerator;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Generation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManifestJsonTest {
  private static final Manifest MANIFEST = manifest(Optional.of(new Generation(11)), 0.125);

  @Test
  void read_whatWasWritten_isEqual() throws IOException {
    assertEquals(MANIFEST, ManifestJson.read(ManifestJson.write(MANIFEST)));
    Manifest first = manifest(Optional.empty(), 0);
    assertEquals(first, ManifestJson.read(ManifestJson.write(first)));
  }

  @Test
  void write_readBack_givesTheSameBytes() throws IOException {
    byte[] once = ManifestJson.write(MANIFEST);
    assertArrayEquals(once, ManifestJson.write(ManifestJson.read(once)));
  }

  @Test
  void write_manifest_isTheGoldenText() {
    assertEquals(
        """
        {
          "format" : 1,
          "generation" : 12,
          "shapes" : {
            "template" : "v1",
            "text_dimensions" : 384,
            "max_tokens" : 64,
            "vector_dimensions" : 256,
            "collaborative_dimensions" : 128,
            "levels" : 2,
            "width" : 256,
            "items" : 3,
            "generator" : {
              "vocabulary" : 1000,
              "model_dimensions" : 128,
              "layers" : 2,
              "heads" : 4,
              "feed_forward_dimensions" : 256,
              "max_tokens" : 32
            }
          },
          "ranking" : {
            "search" : {
              "generator" : 1.0,
              "dense" : 10.0,
              "popularity" : 0.1,
              "temperature" : 0.05,
              "query_log" : 0.0
            },
            "recommendation" : {
              "generator" : 0.5,
              "dense" : 4.0,
              "popularity" : 0.0,
              "temperature" : 0.1,
              "query_log" : 0.0
            },
            "beams" : 60,
            "candidates" : 200,
            "history_items" : 8
          },
          "provenance" : {
            "catalogue" : "default",
            "parent" : 11,
            "requested_at_millis" : 1700000000000,
            "seed" : -5,
            "corpus" : {
              "items" : {
                "0" : 7,
                "2" : 9,
                "10" : 1
              }
            },
            "settings" : {
              "a" : "1",
              "b" : "\\"é\\""
            },
            "versions" : { }
          },
          "quality" : {
            "accepted" : false,
            "verdict" : "task collapse: search",
            "metrics" : {
              "search.recall@30" : 0.125
            },
            "parity" : {
              "generator" : 1.0E-6
            }
          },
          "probes" : [ {
            "text" : "a film",
            "codes" : [ 3, 4 ]
          } ],
          "files" : {
            "encoder.onnx" : {
              "sha256" : "00ff",
              "bytes" : 12345678901
            }
          }
        }
        """,
        new String(ManifestJson.write(MANIFEST), StandardCharsets.UTF_8));
  }

  @Test
  void read_expectedAnswers_areAsWritten() throws IOException {
    Manifest.ExpectedItem item = new Manifest.ExpectedItem("a", List.of(3, 4), -1.25);
    Manifest expecting =
        new Manifest(
            MANIFEST.generation(),
            MANIFEST.shapes(),
            MANIFEST.ranking(),
            MANIFEST.provenance(),
            MANIFEST.quality(),
            MANIFEST.probes(),
            Optional.of(
                new Manifest.Expected(
                    0.1,
                    List.of(
                        new Manifest.ExpectedAnswer(Optional.of("sea"), List.of(), List.of(item)),
                        new Manifest.ExpectedAnswer(
                            Optional.empty(), List.of("a", "b"), List.of(item))))),
            Optional.empty(),
            Optional.empty(),
            MANIFEST.files());
    assertEquals(expecting, ManifestJson.read(ManifestJson.write(expecting)));
  }

  @Test
  void read_alignment_isAsWritten() throws IOException {
    Generation parent = new Generation(11);
    String sha256 = "ab".repeat(32);
    Manifest aligned =
        aligned(
            new CodeAlignment(
                parent,
                sha256,
                Optional.empty(),
                2,
                Optional.of(new CodeAlignment.Kept(List.of(0.0, 0.5), 0)),
                Optional.of(new CodeAlignment.Kept(List.of(1.0, 0.5), 0.5))));
    Manifest skipped = aligned(CodeAlignment.skipped(parent, sha256, "its bundle is gone"));
    for (Manifest manifest : List.of(aligned, skipped)) {
      assertEquals(manifest, ManifestJson.read(ManifestJson.write(manifest)));
    }
    String json = new String(ManifestJson.write(aligned), StandardCharsets.UTF_8);
    assertTrue(
        json.contains(
            """
              "alignment" : {
                "parent" : 11,
                "parent_sha256" : "%s",
                "skipped" : null,
                "shared_items" : 2,
                "before" : {
                  "codes" : [ 0.0, 0.5 ],
                  "ids" : 0.0
                },
            """
                .formatted(sha256)),
        json);
    assertTrue(
        json.contains(
            """
              "warm_start" : {
                "refreshes" : 2,
                "reason" : "2 of 5 refreshes"
              },
            """),
        json);
  }

  @Test
  void warmStart_withoutReasonOrOfTooManyRefreshes_isRefused() {
    assertEquals("full: no generation serves", WarmStart.full("no generation serves").summary());
    assertThrows(IllegalArgumentException.class, () -> WarmStart.full(" "));
    assertThrows(
        IllegalArgumentException.class, () -> new WarmStart(WarmStart.MAX_REFRESHES + 1, "one"));
  }

  @Test
  void alignment_thatIsSkippedAndSaysWhatIsKept_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new CodeAlignment(
                new Generation(11),
                "ab".repeat(32),
                Optional.of("gone"),
                2,
                Optional.of(new CodeAlignment.Kept(List.of(1.0), 1)),
                Optional.of(new CodeAlignment.Kept(List.of(1.0), 1))));
    assertThrows(IllegalArgumentException.class, () -> new CodeAlignment.Kept(List.of(1.5), 1));
  }

  private static Manifest aligned(CodeAlignment alignment) {
    return new Manifest(
        MANIFEST.generation(),
        MANIFEST.shapes(),
        MANIFEST.ranking(),
        MANIFEST.provenance(),
        MANIFEST.quality(),
        MANIFEST.probes(),
        Optional.empty(),
        Optional.of(alignment),
        Optional.of(new WarmStart(2, "2 of 5 refreshes")),
        MANIFEST.files());
  }

  @Test
  void expectedAnswer_withoutItems_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Manifest.ExpectedAnswer(Optional.of("sea"), List.of(), List.of()));
  }

  @Test
  void read_anotherFormat_saysBothVersions() {
    assertMessage(
        "manifest.json: bundle has format 2, expected 1", "\"format\" : 1", "\"format\" : 2");
  }

  @Test
  void read_missingField_namesIt() {
    assertMessage("manifest.json: ranking.beams is missing", "\"beams\" : 60,", "");
    assertMessage("manifest.json: shapes.generator.heads is missing", "\"heads\" : 4,", "");
    assertMessage("manifest.json: probes.[].text is missing", "\"text\" : \"a film\",", "");
    assertMessage("manifest.json: provenance.parent is missing", "\"parent\" : 11,", "");
  }

  @Test
  void read_unknownField_namesIt() {
    assertMessage(
        "manifest.json: ranking.beans is not a field of a manifest",
        "\"beams\" : 60,",
        "\"beams\" : 60, \"beans\" : 1,");
  }

  @Test
  void read_fieldTwice_isRefused() {
    assertMessage("manifest.json: ", "\"beams\" : 60,", "\"beams\" : 60, \"beams\" : 61,");
  }

  @Test
  void read_valueOfAnotherType_namesIt() {
    assertMessage("manifest.json: ranking.beams", "\"beams\" : 60", "\"beams\" : \"60\"");
    assertMessage("manifest.json: ranking.beams", ": 60", ": 60.5");
    assertMessage("manifest.json: ranking.beams", ": 60", ": 6000000000");
    assertMessage("manifest.json: ranking.beams", ": 60", ": null");
    assertMessage("manifest.json: quality.accepted", ": false", ": \"false\"");
    assertMessage("manifest.json: quality.verdict", ": \"task collapse: search\"", ": 7");
    assertMessage("manifest.json: provenance.settings.a", "\"a\" : \"1\"", "\"a\" : 1");
    assertMessage("manifest.json: provenance.settings.a", "\"a\" : \"1\"", "\"a\" : null");
    assertMessage("manifest.json: probes.[].codes.[]", "[ 3, 4 ]", "[ 3, null ]");
    assertMessage("manifest.json: ranking.search.dense", ": 10.0", ": \"10\"");
    assertMessage("manifest.json: files", "\"files\" : {", "\"files\" : 1, \"f\" : {");
  }

  @Test
  void read_numberThatIsNotFinite_isRefused() {
    assertMessage("manifest.json: ", "0.125", "NaN");
    assertMessage("manifest.json: ", "0.125", "\"NaN\"");
    assertMessage("manifest.json: ", "\"popularity\" : 0.1", "\"popularity\" : \"NaN\"");
    assertMessage("manifest.json: ", "0.125", "1e999");
  }

  @Test
  void read_valueOutsideItsLimits_isRefused() {
    assertMessage(
        "manifest.json: codebook has 9 levels, expected 1 to 8",
        "\"levels\" : 2",
        "\"levels\" : 9");
  }

  @Test
  void read_weightOfTheQueryLog_isAsWritten() throws IOException {
    String json = new String(ManifestJson.write(MANIFEST), StandardCharsets.UTF_8);
    byte[] more =
        json.replaceFirst("\"query_log\" : 0.0", "\"query_log\" : 5.0")
            .getBytes(StandardCharsets.UTF_8);
    Manifest read = ManifestJson.read(more);
    assertEquals(RankingWeights.DEFAULT.with(RankingFeature.QUERY_LOG, 5), read.ranking().search());
    assertEquals(read, ManifestJson.read(ManifestJson.write(read)));
  }

  @Test
  void read_longQueries_areAsWritten_andAbsentInEarlierBundles() throws IOException {
    Manifest.Ranking all = MANIFEST.ranking();
    RankingWeights others = RankingWeights.DEFAULT.with(RankingFeature.WORDS, 3);
    Manifest.Ranking some =
        new Manifest.Ranking(
            all.search(),
            Optional.of(new Manifest.LongQueries(3, others)),
            all.recommendation(),
            all.beams(),
            all.candidates(),
            all.historyItems());
    Manifest written =
        new Manifest(
            MANIFEST.generation(),
            MANIFEST.shapes(),
            some,
            MANIFEST.provenance(),
            MANIFEST.quality(),
            MANIFEST.probes(),
            MANIFEST.files());
    assertEquals(written, ManifestJson.read(ManifestJson.write(written)));
    assertEquals(all.search(), some.search("two words"));
    assertEquals(others, some.search("three words, now"));
    assertFalse(
        new String(ManifestJson.write(MANIFEST), StandardCharsets.UTF_8).contains("long_queries"));
    assertThrows(IllegalArgumentException.class, () -> new Manifest.LongQueries(0, others));
    RankingWeights ofHistories = others.with(RankingFeature.TRANSITIONS, 1);
    assertThrows(IllegalArgumentException.class, () -> new Manifest.LongQueries(3, ofHistories));
  }

  @Test
  void read_weights_ofAFeatureThatIsNone_orWithoutOneOfTheFirst_areRefused() {
    assertMessage("manifest.json: dense has no weight", "\"dense\"", "\"densest\"");
    assertMessage(
        "manifest.json: luck is no ranking feature, expected [generator, dense, ",
        "\"dense\"",
        "\"luck\" : 1.0, \"dense\"");
  }

  @Test
  void ranking_queryLogForRecommendation_isRefused() {
    RankingWeights weights = RankingWeights.DEFAULT.with(RankingFeature.QUERY_LOG, 5);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> new Manifest.Ranking(weights, weights, 1, 1, 1));
    assertEquals("query_log has weight 5.0 for recommendation, expected 0", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> weights.with(RankingFeature.QUERY_LOG, -1));
  }

  @Test
  void read_boostOfCosines_ofAnEarlierVersion_isInTheUnitOfTheScore() throws IOException {
    String json = new String(ManifestJson.write(MANIFEST), StandardCharsets.UTF_8);
    String earlier =
        json.replace(
            "\"temperature\" : 0.05", "\"temperature\" : 0.05, \"cold_item_boost\" : 0.06");
    RankingWeights search =
        ManifestJson.read(earlier.getBytes(StandardCharsets.UTF_8)).ranking().search();
    assertEquals(MANIFEST.ranking().search().with(RankingFeature.COLD, 10 * 0.06), search);
  }

  @Test
  void ranking_beyondItsLimits_isRefused() {
    RankingWeights weights = RankingWeights.DEFAULT;
    for (int[] numbers :
        new int[][] {
          {0, 1, 1},
          {CodeGenerator.MAX_BEAMS + 1, 1, 1},
          {1, -1, 1},
          {1, Manifest.Ranking.MAX_CANDIDATES + 1, 1},
          {1, 1, 0}
        }) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new Manifest.Ranking(weights, weights, numbers[0], numbers[1], numbers[2]));
    }
  }

  @Test
  void read_noJson_isRefused() {
    assertThrows(IOException.class, () -> ManifestJson.read(new byte[0]));
    assertThrows(IOException.class, () -> ManifestJson.read("[]".getBytes(StandardCharsets.UTF_8)));
    assertThrows(
        IOException.class, () -> ManifestJson.read("{\"for".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void write_metricThatIsNoNumber_isRefused() {
    Manifest broken = manifest(Optional.empty(), Double.NaN);
    assertThrows(IllegalArgumentException.class, () -> ManifestJson.write(broken));
  }

  private static void assertMessage(String message, String found, String replacement) {
    String json = new String(ManifestJson.write(MANIFEST), StandardCharsets.UTF_8);
    byte[] changed = json.replace(found, replacement).getBytes(StandardCharsets.UTF_8);
    IOException e = assertThrows(IOException.class, () -> ManifestJson.read(changed));
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
    assertFalse(e.getMessage().contains("\n"), e.getMessage());
  }

  private static Manifest manifest(Optional<Generation> parent, double recall) {
    CodebookShape codebook = new CodebookShape(2, 256);
    return new Manifest(
        new Generation(12),
        new Manifest.Shapes(
            "v1",
            384,
            64,
            256,
            128,
            codebook,
            new GeneratorShape(codebook, 1000, 256, 128, 2, 4, 256, 32),
            3),
        new Manifest.Ranking(
            RankingWeights.DEFAULT.with(RankingFeature.COLD, recall == 0 ? -0.6 : 0),
            new RankingWeights(0.5, 4, 0, 0.1),
            60,
            200,
            8),
        new Manifest.Provenance(
            "default",
            parent,
            new CorpusOffsets(Map.of("items", Map.of(2, 9L, 10, 1L, 0, 7L))),
            1_700_000_000_000L,
            -5,
            Map.of("b", "\"é\"", "a", "1"),
            Map.of()),
        new Manifest.Quality(
            Map.of("search.recall@30", recall),
            Map.of("generator", 1e-6),
            false,
            "task collapse: search"),
        List.of(new Manifest.Probe("a film", List.of(3, 4))),
        Map.of("encoder.onnx", new Manifest.FileEntry("00ff", 12_345_678_901L)));
  }
}
