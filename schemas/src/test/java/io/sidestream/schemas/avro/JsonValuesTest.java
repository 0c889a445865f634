package io.sidestream.schemas.avro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.Generation;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.RecommendationRequest;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.SearchRequest;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.avro.MalformedRecordException.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonValuesTest {
  private static final String VIEW = "{\"user\":\"u\",\"item\":\"i\",\"kind\":\"view\",\"at\":%s}";

  @Test
  void decode_jsonAfterWhiteSpace_isTheSameValueAsInAvro() throws Exception {
    String json =
        """
         {"id": "tt1", "title": "Heat", "texts": [{"name": "plot", "text": "A heist."}],
          "attributes": [{"name": "genre", "values": ["Crime", "Drama"]}], "price": {"eur": 3}}
        """;

    Item item = Codecs.item().decode(bytes(json));

    assertEquals(
        new Item(
            new ItemId("tt1"),
            "Heat",
            Map.of("plot", "A heist."),
            Map.of("genre", List.of("Crime", "Drama"))),
        item);
    assertEquals(item, Codecs.item().decode(Codecs.item().encode(item)));
  }

  @Test
  void decode_namesAsAnObject_takesSingleValuesAndNumbersAsWritten() throws Exception {
    String json =
        """
        {"id": "tt1", "title": "Heat", "texts": {"plot": "A heist."},
         "attributes": {"genre": ["Crime"], "year": 1995, "price": 7.50, "new": false, "tag": null}}
        """;

    assertEquals(
        Map.of(
            "genre", List.of("Crime"),
            "year", List.of("1995"),
            "price", List.of("7.50"),
            "new", List.of("false"),
            "tag", List.of()),
        Codecs.item().decode(bytes(json)).attributes());
  }

  /** As rows of tables are: whole numbers for ids, and texts for columns of JSON. */
  @Test
  void decode_rowOfATable_isTheItem() throws Exception {
    String json =
        """
        {"id": 1004, "title": "Heat", "texts": "{\\"plot\\": \\"A heist.\\"}",
         "attributes": "[{\\"name\\": \\"year\\", \\"values\\": [1995]}]"}
        """;

    assertEquals(
        new Item(
            new ItemId("1004"),
            "Heat",
            Map.of("plot", "A heist."),
            Map.of("year", List.of("1995"))),
        Codecs.item().decode(bytes(json)));
  }

  @Test
  void decode_absentOrNullDefaults_areTheSchemas() throws Exception {
    SearchRequest least = Codecs.searchRequest().decode(bytes("{\"query\": \"heat\"}"));
    RecommendationRequest request =
        Codecs.recommendationRequest()
            .decode(bytes("{\"user\": \"u\", \"k\": null, \"excluded\": [\"a\"]}"));

    assertEquals(new SearchRequest("heat", 10, Set.of(), Optional.empty()), least);
    assertEquals(
        new RecommendationRequest(
            Optional.of(new UserId("u")),
            List.of(),
            10,
            true,
            Set.of(new ItemId("a")),
            Optional.empty()),
        request);
  }

  @Test
  void decode_byteOrderMark_isPassedOver() throws Exception {
    byte[] request = bytes("\uFEFF {\"query\": \"heat\"}");

    assertEquals("heat", Codecs.searchRequest().decode(request).query());
    assertTrue(Codecs.isJson(request));
    assertEquals(1, Codecs.document(bytes("\uFEFF{\"a\": 1}"), "body").size());
  }

  @Test
  void decode_list_isNamedAsOne() {
    byte[] list = bytes("[{\"query\": \"heat\"}]");

    MalformedRecordException error =
        assertThrows(MalformedRecordException.class, () -> Codecs.searchRequest().decode(list));
    assertEquals("value is a list, expected an object of SearchRequest", error.getMessage());
    assertTrue(Codecs.isJson(list));
  }

  /** Taken as milliseconds they are so far in the future that nothing is ever dropped. */
  @Test
  void decode_deadlineInMicrosOrNanos_isNamed() {
    for (String deadline : List.of("1782000000000000", "1782000000000000000")) {
      String json = "{\"query\": \"heat\", \"deadline\": %s}".formatted(deadline);

      MalformedRecordException error =
          assertThrows(
              MalformedRecordException.class, () -> Codecs.searchRequest().decode(bytes(json)));
      assertTrue(
          error.getMessage().startsWith("deadline is " + deadline + ", which looks like micro"),
          error.getMessage());
    }
  }

  @Test
  void decode_timeAsTextWithItsZone_isThatTime() throws Exception {
    Interaction view =
        Codecs.interaction().decode(bytes(VIEW.formatted("\"2026-03-01T13:00+01:00\"")));

    assertEquals(Instant.parse("2026-03-01T12:00:00Z"), view.at());
    assertEquals(1, view.weight());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1.5               | field "at" is the number 1.5, expected whole milliseconds
          true              | field "at" is true, expected whole milliseconds
          "2026-03-01"      | field "at" is "2026-03-01", expected whole milliseconds
          1e12              | field "at" is the number 1E+12, expected whole milliseconds
          1772366400        | at is 1772366400, which looks like seconds since 1970, expected milliseconds
          null              | field "at" is null, expected whole milliseconds
          1,"at":2          | Duplicate field 'at'
          1,"weight":"2"    | field "weight" is a text, expected a number
          1,"weight":[1]    | field "weight" is a list, expected a number
          1,"weight":1e999  | interaction weight is Infinity
          """)
  void decode_wrongType_isRefusedWithTheFieldsName(String at, String message) {
    String refusal = refusal(Codecs.interaction(), VIEW.formatted(at)).getMessage();
    assertTrue(refusal.contains(message), refusal);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"title":"Heat"}                                    | field "id" is missing
          {"id":7.5,"title":"Heat"}                           | field "id" is the number 7.5, expected a text
          {"id":true,"title":"Heat"}                          | field "id" is true, expected a text
          {"id":"a","title":"Heat","attributes":{"g":{}}}     | field "attributes.g" is an object
          {"id":"a","title":"Heat","attributes":[{"name":[]}]} | field "attributes[0].name" is a list
          {"id":"a","title":"Heat","texts":"a heist"}         | field "texts" is not readable JSON
          {"id":"a","title":"Heat","texts":"\\"{}\\""}        | field "texts" is a text, expected a list or an object
          {"id":"a","title":"Heat","texts":"7"}               | field "texts" is the number 7, expected a list or an object
          {"id":"a\\ud800","title":"Heat"}                     | field "id" holds half of a character
          {"id":"a","title":"Heat"} x                         | value is not readable JSON at line 1
          {"id":"a",}                                         | value is not readable JSON at line 1
          """)
  void decode_wrongItem_isRefusedWithTheFieldsName(String json, String message) {
    MalformedRecordException refusal = refusal(Codecs.item(), json);
    assertEquals(Reason.UNREADABLE, refusal.reason());
    assertTrue(refusal.getMessage().startsWith(message), refusal.getMessage());
  }

  @Test
  void decode_kOfAFraction_isRefused() {
    assertEquals(
        "field \"k\" is the number 3.0, expected a whole number",
        refusal(Codecs.searchRequest(), "{\"query\":\"q\",\"k\":3.0}").getMessage());
  }

  @Test
  void decode_deadlineInSeconds_isRefusedInBothFormats() {
    SearchRequest request =
        new SearchRequest("q", 1, Set.of(), Optional.of(Instant.ofEpochMilli(1_772_366_400L)));
    byte[] avro = Codecs.searchRequest().encode(request);

    MalformedRecordException refusal =
        assertThrows(MalformedRecordException.class, () -> Codecs.searchRequest().decode(avro));

    assertEquals(Reason.OUT_OF_RANGE, refusal.reason());
    assertTrue(refusal.getMessage().startsWith("deadline is 1772366400, which looks like seconds"));
  }

  @Test
  void decode_tooDeepOrTooLong_isRefused() {
    String deep = "[".repeat(JsonText.MAX_DEPTH) + "]".repeat(JsonText.MAX_DEPTH);
    String long_ = "\"" + "x".repeat(Topics.MAX_RECORD_BYTES) + "\"";
    String number = "1".repeat(JsonText.MAX_NUMBER + 1);
    for (String beyond : List.of(deep, long_, number)) {
      MalformedRecordException refusal =
          refusal(Codecs.item(), "{\"id\":\"a\",\"title\":\"t\",\"more\":" + beyond + "}");
      assertTrue(refusal.getMessage().startsWith("value is not readable JSON"));
    }
  }

  @Test
  void decode_connectsEnvelope_isItsPayload() throws Exception {
    String json = "{\"schema\": {\"type\": \"struct\"}, \"payload\": {\"query\": \"heat\"}}";

    assertEquals("heat", Codecs.searchRequest().decode(bytes(json)).query());
  }

  @Test
  void decode_otherFirstByte_isUnreadable() {
    assertEquals(Reason.UNREADABLE, refusal(Codecs.item(), "[]").reason());
    assertEquals(Reason.UNREADABLE, refusal(Codecs.item(), "").reason());
  }

  @Test
  void decode_mutatedJson_throwsNothingButMalformed() {
    long seed = Long.getLong("seed", 20_260_101L);
    SplittableRandom random = new SplittableRandom(seed);
    byte[] json = bytes(VIEW.formatted("1772366400000") + " ");
    for (int i = 0; i < 5_000; i++) {
      byte[] mutated = json.clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        mutated[random.nextInt(json.length)] = (byte) random.nextInt();
      }
      try {
        Codecs.interaction().decode(mutated);
      } catch (MalformedRecordException expected) {
        assertTrue(!expected.getMessage().isBlank(), "seed " + seed);
      }
    }
  }

  @Test
  void jsonReply_ofAReply_isReadAgain() throws Exception {
    for (Reply reply : replies()) {
      byte[] json = Codecs.jsonReply().encode(reply);
      assertEquals('{', json[0]);
      assertEquals(reply, Codecs.jsonReply().decode(json));
    }
    assertEquals(
        "{\"status\":\"NOT_READY\",\"detail\":\"later\",\"generation\":null,\"items\":[],"
            + "\"explanation\":null,\"overloaded\":false,\"arm\":null,\"queryTruncated\":false}",
        new String(
            Codecs.jsonReply()
                .encode(new Reply(Reply.Status.NOT_READY, "later", Optional.empty(), List.of())),
            StandardCharsets.UTF_8));
  }

  private static List<Reply> replies() {
    List<Reply> replies = new ArrayList<>();
    for (Samples.Sample<?> sample : Samples.all()) {
      if (sample.name().equals("reply")) {
        sample.values().forEach(reply -> replies.add((Reply) reply));
      }
    }
    assertTrue(
        replies.stream().anyMatch(it -> it.generation().equals(Optional.of(new Generation(12)))));
    return replies;
  }

  private static MalformedRecordException refusal(Codec<?> codec, String json) {
    return assertThrows(MalformedRecordException.class, () -> codec.decode(bytes(json)));
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
