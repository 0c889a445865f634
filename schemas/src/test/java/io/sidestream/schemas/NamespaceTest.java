package io.sidestream.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamespaceTest {
  private static final Path WORK = Path.of("state").toAbsolutePath();

  @Test
  void names_default_arePlain() {
    Namespace plain = Namespace.DEFAULT;

    assertEquals("items", plain.qualify("items"));
    assertEquals("sidestream-ingest-coding", plain.ingestGroup("coding"));
    assertEquals(
        "sidestream-ingest-coding-totals", plain.transactionalIdPrefix("coding", "totals"));
    assertEquals("sidestream-trainer-default", plain.trainerGroup());
    assertEquals("sidestream-index", plain.applicationId("sidestream-index"));
    assertEquals("sidestream-replay-items", plain.replayTransaction(Topics.DEFAULT.items()));
    assertEquals(WORK, plain.directory(WORK));
  }

  @Test
  void names_prefixAndCatalogue_areInEachOfThem() {
    Namespace films = new Namespace("staging.", "films");
    Topics topics = Topics.of(films, TopicPolicy.DEFAULT);

    assertEquals("staging.films.items", topics.items().name());
    assertEquals("staging.films.items.rejected", topics.rejectedOf(topics.items()).name());
    assertEquals("staging.films.sidestream-ingest-coding", films.ingestGroup("coding"));
    assertEquals(
        "staging.films.sidestream-ingest-coding-totals",
        films.transactionalIdPrefix("coding", "totals"));
    assertEquals("staging.films.sidestream-trainer-films", films.trainerGroup());
    assertEquals("staging.films.search", films.applicationId("search"));
    assertEquals("staging.films.sidestream-replay-items", films.replayTransaction(topics.items()));
    assertEquals("items", films.plain(topics.items().name()));
    assertEquals("staging.items", new Namespace("staging.", "default").qualify("items"));
  }

  /** None is inside another one, nor inside what a process keeps in the directory. */
  @Test
  void directory_severalNamespaces_overlapNowhere() {
    List<Namespace> namespaces =
        List.of(
            new Namespace("", "films"),
            new Namespace("", "generation-000001"),
            new Namespace("", "rocksdb"),
            new Namespace("staging.", "default"),
            new Namespace("staging-", "default"),
            new Namespace("staging..", "default"),
            new Namespace("staging.", "films"));
    Set<Path> directories = new HashSet<>();
    namespaces.forEach(one -> directories.add(one.directory(WORK)));

    assertEquals(namespaces.size(), directories.size());
    for (Path directory : directories) {
      assertEquals(WORK.resolve("namespaces"), directory.getParent());
      assertEquals(directory, directory.normalize());
    }
  }

  @Test
  void new_longestQualifier_leavesRoomForEveryName() {
    Namespace longest = new Namespace("p".repeat(Namespace.MAX_QUALIFIER - 1) + ".", "default");

    assertEquals(30, Topics.of(longest, TopicPolicy.DEFAULT).all().size());
    assertEquals(Namespace.MAX_APPLICATION_ID, longest.applicationId("sidestream-index").length());
    String tooLong = "p".repeat(Namespace.MAX_QUALIFIER) + ".";
    assertTrue(
        refusal(() -> new Namespace(tooLong, "default")).contains("at most 200 are allowed"));
  }

  @Test
  void applicationId_tooLongForItsInternalTopics_isRefused() {
    int room = Namespace.MAX_APPLICATION_ID;

    assertEquals(room, Namespace.DEFAULT.applicationId("a".repeat(room)).length());
    assertTrue(
        refusal(() -> Namespace.DEFAULT.applicationId("a".repeat(room + 1)))
            .contains("has 217 characters, at most 216 are allowed"));
    assertTrue(refusal(() -> Namespace.DEFAULT.applicationId("an index")).contains("\"an index\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "-", "staging", "a b.", "a/.", "ä.", ".staging."})
  void new_illegalPrefix_isRefused(String prefix) {
    assertTrue(refusal(() -> new Namespace(prefix, "films")).startsWith("topic prefix is \""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ".", "a.b", "a b", "a/b", "..", "-a", "filmé"})
  void new_illegalCatalogue_isRefused(String catalogue) {
    assertTrue(refusal(() -> new Namespace("", catalogue)).startsWith("catalogue is \""));
  }

  private static String refusal(org.junit.jupiter.api.function.Executable executable) {
    return assertThrows(IllegalArgumentException.class, executable).getMessage();
  }
}
