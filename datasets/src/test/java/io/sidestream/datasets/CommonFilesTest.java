package io.sidestream.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserErrorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders as data frames, spreadsheets and other programs write them: cases 10, 11 and 17. */
class CommonFilesTest {
  private static final String FILMS = "movieId,title,genres\n1,Low Tide,Drama\n2,Ash,Drama\n";
  private static final String HEADER = "userId,movieId,rating,timestamp\n";

  @TempDir Path folder;

  @BeforeEach
  void writeFolder() throws IOException {
    write("movies.csv", FILMS);
    write("ratings.csv", HEADER + "7,1,4.0,1000\n");
  }

  @Tag("case-10")
  @Tag("case-17")
  @ParameterizedTest
  @ValueSource(
      strings = {
        ",movieId,title,genres\n0,1,Low Tide,Drama\n1,2,Ash,Drama\n",
        "movieId,title,genres,\n1,Low Tide,Drama,\n2,Ash,Drama,\n",
        "movieId,title,genres,,\n1,Low Tide,Drama\n2,Ash,Drama, \n",
        "movieId,title,genres\n1,Low Tide,Drama,,\n2,Ash,Drama\n",
        "sep=,\nmovieId,title,genres\n1,Low Tide,Drama\n2,Ash,Drama\n",
        "\uFEFFsep=,\r\nmovieId,title,genres\r\n1,Low Tide,Drama\r\n2,Ash,Drama",
        "movieId, title ,note,genres,note\n1,Low Tide,a,Drama,b\n2,Ash,a,Drama,b\n",
        "movieId,title,genres\r\n1,Low Tide,Drama\r\n2,Ash,Drama\r\n\r\n\r\n",
        "\nmovieId,title,genres\n1,Low Tide,Drama\n\n2,Ash,Drama\n,,\n  \n",
      })
  void case10And17_columnsAndLinesThatHoldNothing_arePassedOver(String films) throws IOException {
    write("movies.csv", films);

    assertEquals(
        List.of("Low Tide", "Ash"),
        MovieLensFolder.read(folder).items().stream().map(Item::title).toList());
  }

  @Tag("case-10")
  @Test
  void case10_indexInFrontOfRatings_isPassedOver() throws IOException {
    write("ratings.csv", ",userId,movieId,rating,timestamp\n0,7,2,4.0,1000\n");

    assertEquals("2", MovieLensFolder.read(folder).interactions().get(0).item().value());
  }

  @Tag("case-10")
  @Test
  void case10_whatCannotBeRead_namesFileAndLine() throws IOException {
    assertRefused("movies.csv", "sep=;\nmovieId;title;genres\n", 1, SEPARATED);
    assertRefused(
        "movies.csv",
        "movieId,title,genres,title\n1,Low Tide,Drama,Ash\n",
        1,
        "there are two columns title");
    assertRefused("movies.csv", FILMS + "3,Up,Drama,x\n", 4, "4 values, expected 3");
    assertRefused("movies.csv", "sep=,\n", 1, "columns are sep=,, expected movieId,title,genres");
  }

  private static final String SEPARATED = "values are separated by \";\", expected commas";

  @Tag("case-17")
  @Test
  void case17_lineAfterBlankOnes_isNamedByItsNumber() throws IOException {
    assertRefused(
        "ratings.csv",
        HEADER + "7,1,4.0,1000\n\n,,,\n7,1,9,1000\n",
        5,
        "rating is \"9\", expected a number from 0.0 to 5.0");
  }

  @Tag("case-11")
  @ParameterizedTest
  @CsvSource({
    "964982703,2000-07-30T18:45:03Z",
    "964982703.0,2000-07-30T18:45:03Z",
    "2000-07-30T18:45:03Z,2000-07-30T18:45:03Z",
    "2000-07-30T20:45:03+02:00,2000-07-30T18:45:03Z",
    "2000-07-30 18:45:03,2000-07-30T18:45:03Z",
    "2000-07-30T18:45:03.250Z,2000-07-30T18:45:03.250Z",
    "2000-07-30 18:45,2000-07-30T18:45:00Z",
    "2000-07-30,2000-07-30T00:00:00Z",
    "0,1970-01-01T00:00:00Z",
    "7258118399,2199-12-31T23:59:59Z",
  })
  void case11_secondsAndIso_areTimes(String written, String expected) throws IOException {
    write("ratings.csv", HEADER + "7,1,4.0," + written + "\n");

    List<Interaction> ratings = MovieLensFolder.read(folder).interactions();

    assertEquals(Instant.parse(expected), ratings.get(0).at());
  }

  @Tag("case-11")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "200007301845",
        "20000730184503",
        "20000730",
        "964982703000",
        "7258118400",
        "-1",
        "1e9",
        "964982703.5",
        "2000-07-32",
        "30/07/2000",
        "2000-07-30T25:00:00Z",
        "2000-07-30Z",
        "315533",
        "7258118",
        "1970-02-01",
        "99999999999999999999",
      })
  void case11_otherTimes_nameFileAndLine(String written) throws IOException {
    String wrong = "timestamp is \"" + written + "\", expected " + TimeText.EXPECTED;

    assertRefused("ratings.csv", HEADER + "7,2,4.0,1000\n7,1,4.0," + written + "\n", 3, wrong);
    assertRefused("tags.csv", "userId,movieId,tag,timestamp\n7,1,sea," + written + "\n", 2, wrong);
  }

  @Tag("case-11")
  @Test
  void case11_timeOutsideOfEvents_namesFileAndLine() throws IOException {
    assertRefused(
        "ratings.csv",
        HEADER + "7,1,4.0,1899-12-31\n",
        2,
        "event time is 1899-12-31T00:00:00Z, expected 1900-01-01T00:00:00Z to 2200-01-01T00:00:00Z");
  }

  @Test
  void queriesAfterTheLastTime_areOfThatTime() throws IOException {
    write("ratings.csv", HEADER + "7,1,4.0,7258118399\n");
    write("queries.csv", "split,query,movieId\nvalidation,sea,1\n");

    List<Search> searches = MovieLensFolder.read(folder).searches();

    assertEquals(Instant.ofEpochSecond(TimeText.MAX_SECOND), searches.get(0).at());
  }

  @Tag("case-13")
  @ParameterizedTest
  @ValueSource(strings = {"\u00A0", "\u200B", "\u00AD", "\u2060\u3000"})
  void cellOfInvisibleCharacters_namesFileAndLine(String invisible) throws IOException {
    assertRefused("movies.csv", FILMS + "3," + invisible + ",Drama\n", 4, "title is empty");
    assertRefused(
        "queries.csv", "split,query,movieId\ntrain," + invisible + ",1\n", 2, "query is empty");
    assertRefused(
        "tags.csv",
        "userId,movieId,tag,timestamp\n7,1," + invisible + ",1000\n",
        2,
        "tag is empty");
  }

  @Test
  void query_longerOnceNormalized_namesFileAndLine() throws IOException {
    String ligatures = "\uFDFA".repeat(Search.MAX_QUERY / 10);

    assertRefused(
        "queries.csv",
        "split,query,movieId\ntrain," + ligatures + ",1\n",
        2,
        "search query has 7200 characters when normalized, expected 1 to " + Search.MAX_QUERY);
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  /** Leaves the folder as it was. */
  private void assertRefused(String file, String text, int line, String message)
      throws IOException {
    write(file, text);
    assertEquals(
        folder.resolve(file) + ", line " + line + ": " + message,
        assertThrows(UserErrorException.class, () -> MovieLensFolder.read(folder)).getMessage());
    Files.delete(folder.resolve(file));
    writeFolder();
  }
}
