package io.sidestream.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.UserId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovieLensFolderTest {
  private static final String FILMS =
      """
      movieId,title,genres
      1,Up (2009),Animation|Drama
      2,"Good, the Bad and the Ugly, The (1966)",(no genres listed)
      """;
  private static final String RATINGS =
      """
      userId,movieId,rating,timestamp
      7,2,4.0,2000
      7,1,0.0,1000
      """;

  @TempDir Path folder;

  @BeforeEach
  void writeRequiredFiles() throws IOException {
    write("movies.csv", FILMS);
    write("ratings.csv", RATINGS);
  }

  @Test
  void read_filmsAndRatings_becomeItemsAndInteractionsByTime() {
    Dataset dataset = MovieLensFolder.read(folder);

    assertEquals(
        List.of(
            new Item(
                new ItemId("1"),
                "Up (2009)",
                Map.of(),
                Map.of("genre", List.of("Animation", "Drama"))),
            new Item(
                new ItemId("2"), "Good, the Bad and the Ugly, The (1966)", Map.of(), Map.of())),
        dataset.items());
    assertEquals(
        List.of(rated("7", "1", 0.1, 1000), rated("7", "2", 0.8, 2000)), dataset.interactions());
    assertEquals(List.of(), dataset.searches());
  }

  @Test
  void read_overview_becomesText() throws IOException {
    write(
        "overviews.csv",
        "movieId,overview,source,licence\n1,\"A house flies,\nhung on balloons.\",w,c\n");

    Item up = MovieLensFolder.read(folder).items().get(0);

    assertEquals(Map.of("overview", "A house flies,\nhung on balloons."), up.texts());
  }

  @Test
  void read_tag_becomesSearchAndNotText() throws IOException {
    write(
        "tags.csv",
        "userId,movieId,tag,timestamp\n9,1,flying house,1500\n9,1,Flying  House,1600\n");

    Dataset dataset = MovieLensFolder.read(folder);

    assertEquals(
        List.of(
            new Search(
                "Flying  House",
                new ItemId("1"),
                Optional.of(new UserId("9")),
                Instant.ofEpochSecond(1600))),
        dataset.searches());
    assertEquals(Map.of(), dataset.items().get(0).texts());
  }

  @Test
  void read_queries_areSpreadAndValidationComesLast() throws IOException {
    write(
        "queries.csv",
        """
        queryId,split,query,movieId
        a,validation,late,1
        b,train,first,1
        c,train,second,2
        """);

    List<Search> searches = MovieLensFolder.read(folder).searches();

    assertEquals(List.of("first", "second", "late"), searches.stream().map(Search::query).toList());
    assertTrue(searches.get(0).at().isAfter(Instant.ofEpochSecond(1000)));
    assertTrue(searches.get(1).at().isBefore(Instant.ofEpochSecond(2000)));
    assertEquals(Instant.ofEpochSecond(2001), searches.get(2).at());
  }

  @Test
  void readByKind_tagsAndQueries_areSeparateAndMergedTheSame() throws IOException {
    write("tags.csv", "userId,movieId,tag,timestamp\n9,1,flying house,1500\n");
    write(
        "queries.csv",
        """
        queryId,split,query,movieId
        a,validation,late,1
        b,train,first,1
        """);

    DatasetByKind dataset = MovieLensFolder.readByKind(folder);

    assertEquals("tags", dataset.label());
    assertEquals(List.of("flying house"), queries(dataset.userSearches()));
    assertEquals(List.of("first"), queries(dataset.trainQueries()));
    assertEquals(List.of("late"), queries(dataset.testQueries()));
    assertEquals(MovieLensFolder.read(folder), dataset.merged());
  }

  @Test
  void of_dataset_separatesSearchesByUser() throws IOException {
    write("tags.csv", "userId,movieId,tag,timestamp\n9,1,flying house,1500\n");
    write("queries.csv", "queryId,split,query,movieId\na,validation,late,1\n");

    DatasetByKind dataset = DatasetByKind.of(MovieLensFolder.read(folder));

    assertEquals(DatasetByKind.SEARCHES, dataset.label());
    assertEquals(List.of("flying house"), queries(dataset.userSearches()));
    assertEquals(List.of("late"), queries(dataset.trainQueries()));
    assertEquals(MovieLensFolder.read(folder), dataset.merged());
  }

  @Test
  void new_searchWithoutUserAmongUserSearches_isRejected() {
    Search anonymous = new Search("up", new ItemId("1"), Optional.empty(), Instant.EPOCH);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new DatasetByKind(
                List.of(), List.of(), "tags", List.of(anonymous), List.of(), List.of()));
  }

  @Test
  void read_longQuery_isCutToTheLimit() throws IOException {
    write(
        "queries.csv",
        "queryId,split,query,movieId\na,train," + "x".repeat(Search.MAX_QUERY + 1) + ",1\n");

    assertEquals(Search.MAX_QUERY, MovieLensFolder.read(folder).searches().get(0).query().length());
  }

  /** Half of a character became a question mark on the topic. */
  @Test
  void read_longQueryOfPairs_isCutBetweenCharacters() throws IOException {
    String film = "\uD83C\uDFAC";
    write(
        "queries.csv",
        "queryId,split,query,movieId\na,train,x" + film.repeat(Search.MAX_QUERY / 2) + ",1\n");

    assertEquals(
        "x" + film.repeat(Search.MAX_QUERY / 2 - 1),
        MovieLensFolder.read(folder).searches().get(0).query());
  }

  @Test
  void read_overviewThatIsTooLong_namesItsFileAndLine() throws IOException {
    String overview = "x".repeat(Item.MAX_TEXT + 1);
    write("overviews.csv", "movieId,overview\n2,short\n1," + overview + "\n");

    assertRefused(
        folder.resolve("overviews.csv")
            + ", line 3: overview has 100001 characters, at most 100000 are allowed",
        folder);
  }

  @Test
  void read_ratedTwice_latestCounts() throws IOException {
    write("ratings.csv", "userId,movieId,rating,timestamp\n7,1,5,2000\n7,1,1,1000\n");

    assertEquals(List.of(rated("7", "1", 1, 2000)), MovieLensFolder.read(folder).interactions());
  }

  @Test
  void read_eventOfUnknownFilm_isLeftOut() throws IOException {
    write("ratings.csv", RATINGS + "7,99,5,3000\n");

    assertEquals(2, MovieLensFolder.read(folder).interactions().size());
  }

  @Test
  void read_emptyOptionalFiles_areAsIfAbsent() throws IOException {
    write("tags.csv", "");
    write("queries.csv", "queryId,split,query,movieId\n");

    assertEquals(List.of(), MovieLensFolder.read(folder).searches());
  }

  @Test
  void read_byteOrderMark_isSkipped() throws IOException {
    write("movies.csv", "\uFEFF" + FILMS);

    assertEquals(2, MovieLensFolder.read(folder).items().size());
  }

  @Test
  void read_noFolder_isRejected() {
    assertRefused("folder " + folder.resolve("none") + " does not exist", folder.resolve("none"));
  }

  @Test
  void read_noRatings_isRejected() throws IOException {
    Files.delete(folder.resolve("ratings.csv"));

    assertRefused(folder.resolve("ratings.csv") + " does not exist", folder);
  }

  @Test
  void read_brokenRating_namesFileAndLine() throws IOException {
    write("ratings.csv", RATINGS + "7,1,five,3000\n");

    assertRefused(
        folder.resolve("ratings.csv")
            + ", line 4: rating is \"five\", expected a number from 0.0 to 5.0",
        folder);
  }

  @Test
  void read_brokenTimestamp_namesFileAndLine() throws IOException {
    write("ratings.csv", "userId,movieId,rating,timestamp\n7,1,5,yesterday\n");

    assertRefused(
        folder.resolve("ratings.csv")
            + ", line 2: timestamp is \"yesterday\", expected "
            + TimeText.EXPECTED,
        folder);
  }

  @Test
  void read_missingValue_namesFileAndLine() throws IOException {
    write("movies.csv", FILMS + "3,Heat (1995)\n");

    assertRefused(folder.resolve("movies.csv") + ", line 4: 2 values, expected 3", folder);
  }

  @Test
  void read_lineAfterTextOfSeveralLines_isNamedByItsFirstLine() throws IOException {
    write("overviews.csv", "movieId,overview\n1,\"two\nlines\"\n,nothing\n");

    assertRefused(folder.resolve("overviews.csv") + ", line 4: movieId is empty", folder);
  }

  @Test
  void read_openQuote_namesFileAndLine() throws IOException {
    write("movies.csv", FILMS + "3,\"Heat (1995),Crime\n");

    assertRefused(
        folder.resolve("movies.csv")
            + ", line 4: a quote is never closed, or followed by more than a comma",
        folder);
  }

  @Test
  void read_otherColumns_areNamed() throws IOException {
    write("movies.csv", "id,name\n1,Up\n");

    assertRefused(
        folder.resolve("movies.csv")
            + ", line 1: columns are id,name, expected movieId,title,genres",
        folder);
  }

  @Test
  void read_otherEncoding_isRejected() throws IOException {
    Files.write(
        folder.resolve("movies.csv"),
        "movieId,title,genres\n1,Amélie (2001),Comedy\n".getBytes(StandardCharsets.ISO_8859_1));

    assertRefused(folder.resolve("movies.csv") + " is not UTF-8 text", folder);
  }

  @Test
  void read_filmsSmall_holdsAllOfIt() {
    Dataset dataset = MovieLensFolder.read(SharedData.folder("films-small"));

    assertEquals(1_000, dataset.items().size());
    assertEquals(20_485, dataset.interactions().size());
    assertEquals(400, dataset.searches().size());
    assertTrue(dataset.items().stream().allMatch(item -> item.texts().containsKey("overview")));
  }

  @Test
  void read_latestSmall_holdsAllOfIt() {
    Dataset dataset = MovieLensFolder.read(SharedData.folder("ml-latest-small"));

    assertEquals(9_742, dataset.items().size());
    assertEquals(100_836, dataset.interactions().size());
    assertEquals(3_683, dataset.searches().size());
  }

  private static List<String> queries(List<Search> searches) {
    return searches.stream().map(Search::query).toList();
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  private static Interaction rated(String user, String film, double weight, long second) {
    return new Interaction(
        new UserId(user), new ItemId(film), "rating", weight, Instant.ofEpochSecond(second));
  }

  private static void assertRefused(String message, Path folder) {
    assertEquals(
        message,
        assertThrows(UserErrorException.class, () -> MovieLensFolder.read(folder)).getMessage());
  }
}
