package io.sidestream.schemas.avro;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.WriterSchemas;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Kafka Connect's own converter makes of a row of a table is read as an event. */
class ConnectConverterTest {
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");
  private static final Schema KEY = SchemaBuilder.struct().field("user_id", Schema.INT64_SCHEMA);
  private static final Schema ROW =
      SchemaBuilder.struct()
          .field("id", Schema.INT64_SCHEMA)
          .field("user", Schema.STRING_SCHEMA)
          .field("item", Schema.STRING_SCHEMA)
          .field("kind", Schema.STRING_SCHEMA)
          .field("weight", Schema.OPTIONAL_FLOAT64_SCHEMA)
          .field("at", Timestamp.SCHEMA);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void interaction_rowByTheConverter_isRead(boolean schemas) throws Exception {
    Struct key = new Struct(KEY).put("user_id", 1004L);
    Struct row =
        new Struct(ROW)
            .put("id", 1L)
            .put("user", "1004")
            .put("item", "heat")
            .put("kind", "view")
            .put("at", Date.from(AT));

    Interaction read =
        KeyedRecords.interaction(
            converter(schemas, true).fromConnectData("interactions", KEY, key),
            converter(schemas, false).fromConnectData("interactions", ROW, row),
            WriterSchemas.none());

    assertEquals(new Interaction(new UserId("1004"), new ItemId("heat"), "view", 1, AT), read);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void erasure_textKeyByTheConverter_isRead(boolean schemas) throws Exception {
    assertEquals(
        new UserId("ann"),
        KeyedRecords.erasedUser(
            converter(schemas, true).fromConnectData("interactions", Schema.STRING_SCHEMA, "ann")));
  }

  private static JsonConverter converter(boolean schemas, boolean ofKeys) {
    JsonConverter converter = new JsonConverter(false);
    converter.configure(Map.of("schemas.enable", schemas), ofKeys);
    return converter;
  }
}
