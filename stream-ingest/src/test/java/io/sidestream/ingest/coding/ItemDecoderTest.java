package io.sidestream.ingest.coding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.ingest.flow.InboundRecord;
import io.sidestream.ingest.flow.RecordHeader;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.WriterSchemas;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.KeyedRecords;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ItemDecoderTest {
  private static final byte[] FRAME = {0, 0, 0, 0, 7}; // names the schema with id 7

  /** A restarted job has the events, and may have no registry. */
  @Test
  void decode_valueOfARegisteredSchema_isKeptSoThatNoRegistryIsNeeded() throws Exception {
    ItemEvent event = decode("\"heat\"", "{\"id\": \"heat\", \"title\": \"Heat\"}");

    Item item = Codecs.item().decode(event.value().orElseThrow(), WriterSchemas.none());
    assertEquals(new ItemId("heat"), event.item());
    assertEquals("Heat", item.title());
  }

  @Test
  void toRecord_idThatLooksLikeJson_hasAKeyThatIsReadAsTheId() throws Exception {
    ItemEvent event = decode("\"{a}\"", "{\"id\": \"{a}\", \"title\": \"A\"}");

    InboundRecord record = event.toRecord("items");
    assertEquals(new ItemId("{a}"), KeyedRecords.removedItem(record.key().orElseThrow()));
  }

  /** Brokers measure a compressed record; codes with such a header would be too large for them. */
  @Test
  void decode_headersOfTraces_keepsTheOneThatCanBe() throws Exception {
    List<RecordHeader> headers = List.of(trace(Topics.MAX_DERIVED_BYTES), trace(55), trace(55));
    InboundRecord record =
        new InboundRecord(
            "items",
            0,
            9,
            Optional.of("heat".getBytes(StandardCharsets.UTF_8)),
            Optional.empty(),
            headers);
    List<RecordHeader> kept =
        new ItemDecoder(WriterSchemas.none()).decode(record).orElseThrow().trace();
    assertEquals(1, kept.size());
    assertEquals(55, kept.get(0).value().orElseThrow().length);
  }

  private static RecordHeader trace(int bytes) {
    return new RecordHeader(TracedItem.HEADER, Optional.of(new byte[bytes]));
  }

  private static ItemEvent decode(String key, String json) throws Exception {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.writeBytes(FRAME);
    value.writeBytes(json.getBytes(StandardCharsets.UTF_8));
    InboundRecord record =
        new InboundRecord(
            "items",
            0,
            9,
            Optional.of(key.getBytes(StandardCharsets.UTF_8)),
            Optional.of(value.toByteArray()),
            List.of());
    return new ItemDecoder(new JsonSchemas()).decode(record).orElseThrow().event();
  }

  /** All are of JSON. */
  private static final class JsonSchemas implements WriterSchemas {
    private static final long serialVersionUID = 1;

    @Override
    public String source() {
      return "a registry";
    }

    @Override
    public Optional<Registered> find(int id) {
      return Optional.of(new Registered(Language.JSON, "{}"));
    }
  }
}
