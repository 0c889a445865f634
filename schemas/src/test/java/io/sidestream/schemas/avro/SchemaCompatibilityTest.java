package io.sidestream.schemas.avro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Reply;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds today's schemas against the copies in {@code released}, which are renewed only when a
 * release is made.
 */
class SchemaCompatibilityTest {
  @Tag("B3")
  @Tag("B4")
  @TestFactory
  Stream<DynamicTest> schema_recordsOfTheLastRelease_areReadable() {
    return each((today, released) -> assertReads(today, released));
  }

  @Tag("B3")
  @Tag("B4")
  @TestFactory
  Stream<DynamicTest> schema_readerOfTheLastRelease_readsTodaysRecords() {
    return each((today, released) -> assertReads(released, today));
  }

  /** A schema that changes on the wire needs its former version among those of its codec. */
  @Tag("B4")
  @TestFactory
  Stream<DynamicTest> codec_schemaOfTheLastRelease_isRead() {
    return Samples.all().stream()
        .map(
            sample ->
                DynamicTest.dynamicTest(
                    sample.name(),
                    () -> assertTrue(singleObject(sample.codec()).reads(released(sample.name())))));
  }

  private static SingleObjectCodec<?> singleObject(Codec<?> codec) {
    if (codec instanceof LeastSchemaCodec<?> least) {
      return singleObject(least.current());
    }
    return codec instanceof InputCodec<?> input ? input.avro() : (SingleObjectCodec<?>) codec;
  }

  /** Status OVERLOADED came later: readers that do not know it read that they may ask again. */
  @Test
  void decode_overloadedReplyByAReaderOfTheReleaseBefore_isNotReady() throws Exception {
    byte[] bytes =
        Codecs.reply()
            .encode(new Reply(Reply.Status.OVERLOADED, "busy", Optional.empty(), List.of()));
    BinaryMessageDecoder<GenericRecord> old =
        new BinaryMessageDecoder<>(GenericData.get(), released("reply"));
    old.addSchema(Codecs.schema("former/reply-2"));
    assertEquals("NOT_READY", old.decode(bytes).get("status").toString());
    assertEquals(Reply.Status.OVERLOADED, Codecs.reply().decode(bytes).status());
  }

  @Tag("B3")
  @Test
  void decode_recordOfAFormerSchema_getsTheNewFieldsDefault() throws Exception {
    Schema former =
        SchemaBuilder.record("Interaction")
            .namespace("io.sidestream.avro")
            .fields()
            .requiredString("user")
            .requiredString("item")
            .requiredString("kind")
            .requiredLong("at")
            .endRecord();
    GenericRecord old = new GenericData.Record(former);
    old.put("user", "u1");
    old.put("item", "i1");
    old.put("kind", "view");
    old.put("at", 0L);
    byte[] bytes =
        new BinaryMessageEncoder<GenericRecord>(GenericData.get(), former).encode(old).array();
    Codec<Interaction> codec =
        new SingleObjectCodec<>(
            Codecs.schema("interaction"), List.of(former), new InteractionConversion());

    assertEquals(1.0, codec.decode(bytes).weight());
    assertThrows(MalformedRecordException.class, () -> Codecs.interaction().decode(bytes));
  }

  /** Announcements named a directory once; topics and checkpoints may hold such ones. */
  @Test
  void decode_announcementWithADirectory_isRead() throws Exception {
    GenericRecord old = new GenericData.Record(Codecs.schema("former/generation-announcement-1"));
    Schema state = old.getSchema().getField("state").schema();
    old.put("generation", 3L);
    old.put("state", new GenericData.EnumSymbol(state, "LIVE"));
    old.put("reason", "passed");
    old.put("bundle", "/data/generations/generation-000003");
    old.put("manifestSha256", "0".repeat(64));
    old.put("corpus", List.of());
    old.put("metrics", Map.of());
    old.put("announcedAt", 0L);
    byte[] bytes =
        new BinaryMessageEncoder<GenericRecord>(GenericData.get(), old.getSchema())
            .encode(old)
            .array();

    assertEquals(3, Codecs.generationAnnouncement().decode(bytes).generation().number());
  }

  private interface Comparison {
    void compare(Schema today, Schema released);
  }

  private static Stream<DynamicTest> each(Comparison comparison) {
    return Samples.all().stream()
        .map(
            sample ->
                DynamicTest.dynamicTest(
                    sample.name(),
                    () ->
                        comparison.compare(Codecs.schema(sample.name()), released(sample.name()))));
  }

  private static Schema released(String name) throws Exception {
    String file = "/released/" + name + ".avsc";
    try (InputStream json = SchemaCompatibilityTest.class.getResourceAsStream(file)) {
      assertNotNull(json, "no " + file);
      return new Schema.Parser().parse(json);
    }
  }

  private static void assertReads(Schema reader, Schema writer) {
    var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
    assertEquals(SchemaCompatibilityType.COMPATIBLE, result.getType(), result.getDescription());
  }
}
