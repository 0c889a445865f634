package io.sidestream.schemas.avro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.schemas.UserId;
import io.sidestream.schemas.avro.MalformedRecordException.Reason;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          u1                                             | u1
          1004                                           | 1004
          "u1"                                           | u1
          "a \\"b\\""                                    | a "b"
          {"id": "u1"}                                   | u1
          {"id": 1004, "shop": "de"}                     | 1004
          {"user_id": 5}                                 | 5
          {"schema": {"type": "string"}, "payload": "u1"}| u1
          {"schema": {}, "payload": {"id": 7}}           | 7
          """)
  void of_eachForm_isTheId(String key, String id) throws Exception {
    assertEquals(id, KeyText.of(bytes(key)));
    assertEquals(new UserId(id), KeyedRecords.erasedUser(bytes(key)));
    KeyedRecords.requireKey(bytes(key), id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"u1", "{", "{}", "{\"a\":1,\"b\":2}", "{\"id\":1.5}", "{\"id\":null}"})
  void of_otherJson_isABadKey(String key) {
    assertEquals(Reason.BAD_KEY, refusal(bytes(key)).reason());
  }

  @Test
  void of_noTextOrNone_isABadKey() {
    assertEquals(Reason.BAD_KEY, refusal(null).reason());
    assertEquals(Reason.BAD_KEY, refusal(new byte[] {(byte) 0xFF}).reason());
  }

  /** An id that was taken by its bare text could not be erased by the same key. */
  @ParameterizedTest
  @ValueSource(strings = {"\"u1\"", "\"u1", "{u1}", "u\"1\"", "\u00e9", "1004"})
  void key_ofAnyId_isReadAsThatIdByAll(String id) throws Exception {
    byte[] key = KeyedRecords.key(id);

    KeyedRecords.requireKey(key, id);
    assertEquals(new UserId(id), KeyedRecords.erasedUser(key));
  }

  @Test
  void requireKey_bareTextOfAnIdInQuotationMarks_isABadKey() {
    assertThrows(
        MalformedRecordException.class, () -> KeyedRecords.requireKey(bytes("\"u1\""), "\"u1\""));
  }

  private static MalformedRecordException refusal(byte[] key) {
    return assertThrows(MalformedRecordException.class, () -> KeyText.of(key));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
