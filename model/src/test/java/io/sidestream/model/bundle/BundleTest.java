package io.sidestream.model.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.ResidualCodebook;
import io.sidestream.model.fixtures.TinyGeneration;
import io.sidestream.model.generator.Task;
import io.sidestream.model.onnx.OnnxException;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.resources.Hashes;
import io.sidestream.model.terms.ItemTexts;
import io.sidestream.model.terms.QueryClicks;
import io.sidestream.model.terms.QueryLog;
import io.sidestream.model.terms.TermIndex;
import io.sidestream.model.terms.Titles;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
  private static final Generation GENERATION = new Generation(12);
  private static final OnnxSessions SESSIONS = OnnxSessions.cpu(1);
  private static final int ITEMS = 30;

  @TempDir Path root;

  @Test
  void open_published_givesBackWhatWasWritten() throws IOException {
    Path bundle = tiny().publish(root);
    assertEquals(root.resolve("generation-000012"), bundle);
    try (OpenGeneration open = BundleReader.open(bundle, SESSIONS)) {
      assertEquals(GENERATION, open.generation());
      assertEquals(ITEMS, open.assignments().size());
      Set<String> files = new TreeSet<>(BundleFiles.CONTENT);
      files.add(BundleFiles.ITEM_TEXTS);
      files.add(BundleFiles.POPULARITY);
      assertEquals(files, open.manifest().files().keySet());
      assertEquals(3, open.towers().historyItems());
      assertEquals(0.8, open.towers().historyDecay());
      assertEquals(TinyGeneration.CODEBOOK, open.codebook().shape());
      assertEquals(
          open.manifestSha256(),
          Hashes.sha256(Files.readAllBytes(bundle.resolve(BundleFiles.MANIFEST))));
    }
  }

  @Test
  void close_twice_closesOnce() throws IOException {
    OpenGeneration open = BundleReader.open(tiny().publish(root), SESSIONS);
    open.close();
    open.close();
  }

  @Test
  void code_itemsOfTheCorpus_getTheirAssignment() throws IOException {
    try (OpenGeneration open = BundleReader.open(tiny().publish(root), SESSIONS)) {
      List<Item> items = IntStream.range(0, ITEMS).mapToObj(TinyGeneration::item).toList();
      List<CodedItem> together = open.code(items);
      for (int row = 0; row < ITEMS; row++) {
        CodedItem alone = open.code(items.get(row), open.collaborative(items.get(row).id()));
        assertEquals(GENERATION, alone.generation());
        assertArrayEquals(open.assignments().codes()[row], alone.id().codes());
        assertArrayEquals(open.assignments().vectors()[row], alone.vector(), 1e-6f);
        assertEquals(together.get(row).id(), alone.id());
      }
    }
  }

  @Test
  void collaborative_itemWithoutEventsOrUnknown_isEmpty() throws IOException {
    try (OpenGeneration open = BundleReader.open(tiny().publish(root), SESSIONS)) {
      assertTrue(open.collaborative(TinyGeneration.itemId(0)).isEmpty());
      assertTrue(open.collaborative(TinyGeneration.itemId(1)).isPresent());
      assertTrue(open.collaborative(TinyGeneration.itemId(ITEMS)).isEmpty());
    }
  }

  @Test
  void open_published_givesBackTheQueryLog() throws IOException {
    try (OpenGeneration open = BundleReader.open(tiny().publish(root), SESSIONS)) {
      QueryLog log = TinyGeneration.queryLog(ITEMS);
      TermIndex found = open.queryLog().terms();
      TermIndex written = log.terms();
      assertEquals(ITEMS, found.items());
      assertEquals(written.terms(), found.terms());
      assertArrayEquals(written.starts(), found.starts());
      assertArrayEquals(written.rows(), found.rows());
      assertArrayEquals(written.weights(), found.weights());
      assertArrayEquals(written.scores("Film Nr. 7"), found.scores("film nr. 7"));
      assertEquals(log.named().queries(), open.queryLog().named().queries());
      QueryClicks clicks = open.queryLog().clicks();
      assertArrayEquals(log.clicks().queries(), clicks.queries());
      assertArrayEquals(log.clicks().starts(), clicks.starts());
      assertArrayEquals(log.clicks().rows(), clicks.rows());
      assertArrayEquals(log.clicks().counts(), clicks.counts());
      assertEquals(Math.log(3), clicks.matches("film NR. 7").get(7), 1e-12);
    }
  }

  @Test
  void open_published_givesBackTheTexts() throws IOException {
    try (OpenGeneration open = BundleReader.open(tiny().publish(root), SESSIONS)) {
      ItemTexts found = open.itemTexts();
      assertEquals(TinyGeneration.item(7).title(), found.titles().all().get(7));
      assertArrayEquals(new int[] {7}, found.titles().rows(new Titles.Query("Film Number 7")));
      assertTrue(found.terms().scores("comedy")[7] > 0);
      assertEquals(0, found.terms().scores("comedy")[8]);
      assertTrue(found.terms().meanLength() > 3);
    }
  }

  @Test
  void open_published_givesBackThePopularityToExpect() throws IOException {
    try (OpenGeneration open = BundleReader.open(tiny().publish(root), SESSIONS)) {
      for (Task task : Task.values()) {
        for (float[] vector : open.assignments().vectors()) {
          float expected = TinyGeneration.popularity().of(task, vector);
          assertEquals(expected, open.popularity().of(task, vector));
        }
      }
    }
  }

  /** As it was written before items had texts in a bundle, and a popularity to expect. */
  @Test
  void open_bundleWithoutTextsAndPopularity_findsNothingByWords_andPredictsZero()
      throws IOException {
    Path bundle = tiny().publish(root);
    Manifest all = BundleReader.manifest(bundle);
    Map<String, Manifest.FileEntry> files = new TreeMap<>(all.files());
    for (String later : List.of(BundleFiles.ITEM_TEXTS, BundleFiles.POPULARITY)) {
      Files.delete(bundle.resolve(later));
      files.remove(later);
    }
    Manifest without =
        new Manifest(
            all.generation(),
            all.shapes(),
            all.ranking(),
            all.provenance(),
            all.quality(),
            all.probes(),
            files);
    Files.write(bundle.resolve(BundleFiles.MANIFEST), ManifestJson.write(without));
    try (OpenGeneration open = BundleReader.open(bundle, SESSIONS)) {
      assertArrayEquals(new double[ITEMS], open.itemTexts().terms().scores("comedy"));
      assertArrayEquals(new int[0], open.itemTexts().titles().rows(new Titles.Query("")));
      float[] vector = open.assignments().vectors()[0];
      assertEquals(0, open.popularity().of(Task.RECOMMENDATION, vector));
    }
  }

  @Test
  void publish_sameInputsTwice_givesTheSameBytes() throws IOException {
    Path one = tiny().publish(root.resolve("one"));
    Path other = tiny().publish(root.resolve("other"));
    for (String name : names(one)) {
      assertArrayEquals(
          Files.readAllBytes(one.resolve(name)), Files.readAllBytes(other.resolve(name)), name);
    }
  }

  @Test
  void publish_bundle_holdsTheGoldenListOfFiles() throws IOException {
    assertEquals(
        List.of(
            "assignments.safetensors",
            "codebook.safetensors",
            "encoder.onnx",
            "generator-vocabulary.safetensors",
            "generator.onnx",
            "item-texts.safetensors",
            "manifest.json",
            "popularity.safetensors",
            "query-log.safetensors",
            "tokenizer.json",
            "towers.safetensors"),
        names(tiny().publish(root)));
  }

  @Tag("M1")
  @Tag("M2")
  @Test
  void open_oneByteFlippedInAnyFile_isRefused() throws IOException {
    Path bundle = tiny().publish(root);
    String sha256 = Hashes.sha256(Files.readAllBytes(bundle.resolve(BundleFiles.MANIFEST)));
    for (String name : names(bundle)) {
      byte[] whole = Files.readAllBytes(bundle.resolve(name));
      for (int at : new int[] {0, whole.length / 2, whole.length - 1}) {
        byte[] flipped = whole.clone();
        flipped[at] ^= 1;
        Files.write(bundle.resolve(name), flipped);
        BundleException e =
            assertThrows(BundleException.class, () -> BundleReader.open(bundle, sha256, SESSIONS));
        assertTrue(
            e.getMessage().startsWith("generation 12: " + name + " has sha256 "), e.getMessage());
        assertTrue(e.getMessage().contains(", expected "), e.getMessage());
      }
      Files.write(bundle.resolve(name), whole);
    }
    BundleReader.open(bundle, sha256, SESSIONS).close();
  }

  @Test
  void open_anyFileMissing_isRefused() throws IOException {
    Path bundle = tiny().publish(root);
    for (String name : names(bundle)) {
      byte[] whole = Files.readAllBytes(bundle.resolve(name));
      Files.delete(bundle.resolve(name));
      BundleNotFoundException e =
          assertThrows(BundleNotFoundException.class, () -> BundleReader.open(bundle, SESSIONS));
      assertTrue(e.getMessage().startsWith("generation 12: "), e.getMessage());
      assertTrue(e.getMessage().endsWith(name + " is missing"), e.getMessage());
      Files.write(bundle.resolve(name), whole);
    }
  }

  @Tag("M1")
  @Test
  void open_fileCutShort_saysBothLengths() throws IOException {
    Path bundle = tiny().publish(root);
    Path file = bundle.resolve(BundleFiles.CODEBOOK);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 4));
    assertRefused(
        bundle,
        "generation 12: codebook.safetensors has "
            + (whole.length - 4)
            + " bytes, expected "
            + whole.length);
  }

  @Test
  void open_directoryOfAnotherGeneration_isRefused() throws IOException {
    Path moved = Files.move(tiny().publish(root), root.resolve("generation-000013"));
    assertRefused(moved, "generation 13: manifest.json is of generation 12");
  }

  @Test
  void open_unknownFormat_isRefused() throws IOException {
    Path bundle = tiny().publish(root);
    Path manifest = bundle.resolve(BundleFiles.MANIFEST);
    Files.writeString(
        manifest, Files.readString(manifest).replace("\"format\" : 1", "\"format\" : 2"));
    assertRefused(bundle, "generation 12: manifest.json: bundle has format 2, expected 1");
  }

  @Test
  void open_probeWithOtherCodes_isRefused() throws IOException {
    Path bundle =
        published(
            draft ->
                with(
                    draft,
                    draft.shapes(),
                    List.of(new Manifest.Probe("hello world", List.of(7, 7)))));
    BundleException e =
        assertThrows(BundleException.class, () -> BundleReader.open(bundle, SESSIONS));
    assertTrue(
        e.getMessage()
            .matches(
                "generation 12: probe \"hello world\" has codes \\[\\d, \\d], expected \\[7, 7]"),
        e.getMessage());
  }

  @Test
  void open_runThatFails_isRefused() throws IOException {
    Path bundle = failing("node");
    BundleException e =
        assertThrows(BundleException.class, () -> BundleReader.open(bundle, SESSIONS));
    assertTrue(e.getMessage().contains("text encoder failed on 1 texts"), e.getMessage());
  }

  /** The bundle is not to blame; a node has the name that the words are in here. */
  @Test
  void open_runThatFailsByTheGpu_isNoFaultOfTheBundle() throws IOException {
    Path bundle = failing("CUDA failure 700: an illegal memory access was encountered");
    assertThrows(OnnxException.class, () -> BundleReader.open(bundle, SESSIONS));
  }

  /** With an encoder that asks for rows that its table has not. */
  private Path failing(String name) throws IOException {
    try (BundleWriter writer = BundleWriter.stage(root, GENERATION)) {
      Manifest draft = tiny().stage(writer);
      Path encoder = writer.file(BundleFiles.ENCODER);
      ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(encoder)).toBuilder();
      for (NodeProto.Builder node : model.getGraphBuilder().getNodeBuilderList()) {
        switch (node.getOpType()) {
          case "Mod" -> node.setOpType("Add");
          case "Gather" -> node.setName(name);
          default -> {}
        }
      }
      Files.write(encoder, model.build().toByteArray());
      writer.seal(draft);
      return writer.publish();
    }
  }

  @Test
  void probes_textNearlyATie_isLeftOut() throws IOException {
    try (OpenGeneration open = BundleReader.open(tiny().publish(root), SESSIONS)) {
      String text = "hello world";
      float[] vector = open.towers().item(open.encoder().encode(text), Optional.empty());
      assertEquals(
          List.of(text), // its margin is far above the limit
          Probes.of(List.of(text), open.encoder(), open.towers(), open.codebook()).stream()
              .map(Manifest.Probe::text)
              .toList());
      // Two centroids as far from the text's vector as each other, but for a little more than
      // rounding.
      int dimensions = open.codebook().dimensions();
      float[] pair = new float[2 * dimensions];
      for (int d = 0; d < dimensions; d++) {
        pair[d] = -vector[d];
        pair[dimensions + d] = -vector[d] * 1.00001f;
      }
      ResidualCodebook tie =
          new ResidualCodebook(new CodebookShape(1, 2), dimensions, new float[][] {pair});
      assertEquals(List.of(), Probes.of(List.of(text), open.encoder(), open.towers(), tie));
    }
  }

  @Test
  void open_shapesThatDisagree_isRefused() throws IOException {
    Path bundle =
        published(
            draft -> {
              return with(draft, items(draft.shapes(), ITEMS + 1), draft.probes());
            });
    assertRefused(bundle, "generation 12: assignments hold 30 items, manifest says 31");
    BundleException text =
        assertThrows(
            BundleException.class,
            () -> {
              Path other =
                  published(
                      root.resolve("text"),
                      draft -> with(draft, text(draft.shapes(), 9), draft.probes()));
              BundleReader.open(other, SESSIONS).close();
            });
    assertEquals(
        "generation 12: towers take text vectors of 8 dimensions, manifest says 9",
        text.getMessage());
  }

  @Test
  void open_noDirectory_isRefused() {
    Path nowhere = root.resolve("generation-000099");
    BundleNotFoundException e =
        assertThrows(BundleNotFoundException.class, () -> BundleReader.open(nowhere, SESSIONS));
    assertTrue(e.getMessage().startsWith("generation 99: "), e.getMessage());
    assertTrue(e.getMessage().endsWith("manifest.json is missing"), e.getMessage());
  }

  @Test
  void close_unpublished_leavesNothing() throws IOException {
    try (BundleWriter writer = BundleWriter.stage(root, GENERATION)) {
      tiny().stage(writer);
      assertTrue(Files.exists(writer.directory()));
    }
    assertEquals(List.of(), names(root));
  }

  @Test
  void stage_leftByACrash_startsAfresh() throws IOException {
    BundleWriter crashed = BundleWriter.stage(root, GENERATION);
    Files.writeString(crashed.file(BundleFiles.ENCODER), "half a");
    Files.writeString(crashed.directory().resolve("other"), "left over");
    tiny().publish(root);
    assertEquals(List.of("generation-000012"), names(root));
    BundleReader.open(root.resolve("generation-000012"), SESSIONS).close();
  }

  @Test
  void publish_directoryThatCannotBeForced_isTriedAgain() throws IOException {
    try (BundleWriter writer = BundleWriter.stage(root, GENERATION)) {
      writer.seal(tiny().stage(writer));
      assertThrows(
          IOException.class,
          () ->
              writer.publish(
                  path -> {
                    throw new IOException("Input/output error");
                  }));
      assertFalse(Files.exists(root.resolve("generation-000012")));

      writer.publish();
    }
    assertEquals(List.of("generation-000012"), names(root));
  }

  @Test
  void stage_generationThatIsThere_isRefused() throws IOException {
    tiny().publish(root);
    BundleException e =
        assertThrows(BundleException.class, () -> BundleWriter.stage(root, GENERATION).close());
    assertTrue(e.getMessage().endsWith("exists already, expected a new generation"));
  }

  @Test
  void seal_fileMissing_saysWhatThereIs() throws IOException {
    try (BundleWriter writer = BundleWriter.stage(root, GENERATION)) {
      Manifest draft = tiny().stage(writer);
      Files.delete(writer.file(BundleFiles.CODEBOOK));
      BundleException e = assertThrows(BundleException.class, () -> writer.seal(draft));
      assertTrue(e.getMessage().startsWith("generation 12: bundle holds ["), e.getMessage());
      assertFalse(e.getMessage().split("expected")[0].contains("codebook"), e.getMessage());
    }
  }

  @Test
  void file_afterSeal_isRefused() throws IOException {
    try (BundleWriter writer = BundleWriter.stage(root, GENERATION)) {
      assertThrows(IllegalArgumentException.class, writer::manifestSha256);
      writer.seal(tiny().stage(writer));
      assertThrows(IllegalArgumentException.class, () -> writer.file(BundleFiles.ENCODER));
      assertThrows(IllegalArgumentException.class, () -> writer.file("../elsewhere"));
    }
  }

  @Test
  void open_staged_canBeEvaluatedBeforePublication() throws IOException {
    try (BundleWriter writer = BundleWriter.stage(root, GENERATION)) {
      writer.seal(tiny().stage(writer));
      BundleReader.open(writer.directory(), writer.manifestSha256(), SESSIONS).close();
    }
  }

  private static TinyGeneration tiny() {
    return new TinyGeneration(GENERATION, ITEMS, 5);
  }

  private Path published(UnaryOperator<Manifest> change) throws IOException {
    return published(root, change);
  }

  private static Path published(Path root, UnaryOperator<Manifest> change) throws IOException {
    try (BundleWriter writer = BundleWriter.stage(root, GENERATION)) {
      writer.seal(change.apply(tiny().stage(writer)));
      return writer.publish();
    }
  }

  private static Manifest with(
      Manifest draft, Manifest.Shapes shapes, List<Manifest.Probe> probes) {
    return new Manifest(
        draft.generation(),
        shapes,
        draft.ranking(),
        draft.provenance(),
        draft.quality(),
        probes,
        draft.files());
  }

  private static Manifest.Shapes items(Manifest.Shapes shapes, int items) {
    return shapes(shapes, shapes.textDimensions(), items);
  }

  private static Manifest.Shapes text(Manifest.Shapes shapes, int textDimensions) {
    return shapes(shapes, textDimensions, shapes.items());
  }

  private static Manifest.Shapes shapes(Manifest.Shapes shapes, int textDimensions, int items) {
    return new Manifest.Shapes(
        shapes.template(),
        textDimensions,
        shapes.maxTokens(),
        shapes.vectorDimensions(),
        shapes.collaborativeDimensions(),
        shapes.codebook(),
        shapes.generator(),
        items);
  }

  private static void assertRefused(Path bundle, String message) {
    BundleException e =
        assertThrows(BundleException.class, () -> BundleReader.open(bundle, SESSIONS));
    assertEquals(message, e.getMessage());
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> list = Files.list(directory)) {
      return List.copyOf(new TreeSet<>(list.map(p -> p.getFileName().toString()).toList()));
    }
  }
}
