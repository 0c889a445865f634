package io.sidestream.schemas.avro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.SearchRequest;
import io.sidestream.schemas.avro.MalformedRecordException.Reason;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class MalformedBytesTest {
  private static final int HEADER = 10;
  private static final int MUTATIONS = 2_000;

  @Tag("B1")
  @Tag("B5")
  @TestFactory
  Stream<DynamicTest> decode_mutatedBytes_throwsNothingButMalformed() {
    long seed = Long.getLong("seed", 20_260_101L);
    return Samples.all().stream()
        .map(
            sample ->
                DynamicTest.dynamicTest(
                    sample.name() + " seed " + seed,
                    () -> fuzz(sample, new SplittableRandom(seed))));
  }

  private static <T> void fuzz(Samples.Sample<T> sample, SplittableRandom random) {
    for (int i = 0; i < MUTATIONS; i++) {
      T value = sample.values().get(random.nextInt(sample.values().size()));
      byte[] bytes = mutate(sample.codec().encode(value), random);
      try {
        sample.codec().decode(bytes);
      } catch (MalformedRecordException expected) {
        assertTrue(!expected.getMessage().isBlank());
      } catch (RuntimeException | Error e) {
        throw new AssertionError("bytes " + HexFormat.of().formatHex(bytes), e);
      }
    }
  }

  private static byte[] mutate(byte[] bytes, SplittableRandom random) {
    byte[] mutated = bytes.clone();
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      mutated[HEADER + random.nextInt(mutated.length - HEADER)] = extreme(random);
    }
    return switch (random.nextInt(4)) {
      case 0 -> Arrays.copyOf(mutated, random.nextInt(mutated.length));
      case 1 -> Arrays.copyOf(mutated, mutated.length + 1 + random.nextInt(16));
      default -> mutated;
    };
  }

  private static byte extreme(SplittableRandom random) {
    return random.nextBoolean() ? (byte) (0xF0 | random.nextInt(16)) : (byte) random.nextInt();
  }

  @Tag("B5")
  @Test
  void decode_hugeLengthInFewBytes_isRefusedWithoutAskingForMemory() {
    byte[] header = Arrays.copyOf(Codecs.item().encode(Samples.item()), HEADER);
    for (String lie :
        new String[] {"f4ffffff0f", "feffffff0f", "feffffffffffffffff01", "ffffffff0f"}) {
      assertUnreadable(header, lie);
      assertUnreadable(header, "0261" + "0261" + lie);
      assertUnreadable(header, "0261" + "0261" + "00" + lie + "0261");
    }
  }

  private static void assertUnreadable(byte[] header, String body) {
    byte[] bytes = HexFormat.of().parseHex(HexFormat.of().formatHex(header) + body);
    assertEquals(Reason.UNREADABLE, refusal(bytes).reason(), body);
  }

  @Tag("B2")
  @Test
  void decode_otherType_isUnreadableAndNamesWhatWasExpected() {
    byte[] search =
        Codecs.searchRequest().encode(new SearchRequest("a", 1, Set.of(), Optional.empty()));

    MalformedRecordException e = refusal(search);

    assertEquals(Reason.UNREADABLE, e.reason());
    assertTrue(e.getMessage().endsWith(" of Item"), e.getMessage());
  }

  @Test
  void decode_null_isAnUnexpectedTombstone() {
    assertEquals(Reason.UNEXPECTED_TOMBSTONE, refusal(null).reason());
  }

  @Test
  void decode_bytesLeftOver_isUnreadable() {
    byte[] bytes = Codecs.item().encode(Samples.item());

    assertEquals(Reason.UNREADABLE, refusal(Arrays.copyOf(bytes, bytes.length + 1)).reason());
  }

  @Test
  void decode_valueBeyondALimit_isOutOfRange() throws Exception {
    MalformedRecordException e =
        assertThrows(
            MalformedRecordException.class,
            () ->
                Codecs.interaction()
                    .decode(
                        written(
                            "interaction",
                            avro -> {
                              avro.put("user", "u1");
                              avro.put("item", "i1");
                              avro.put("kind", "view");
                              avro.put("weight", Double.NaN);
                              avro.put("at", 0L);
                            })));

    assertEquals(Reason.OUT_OF_RANGE, e.reason());
    assertEquals("interaction weight is NaN, expected above 0 and at most 100.0", e.getMessage());
  }

  private static MalformedRecordException refusal(byte[] bytes) {
    return assertThrows(MalformedRecordException.class, () -> Codecs.item().decode(bytes));
  }

  /** A record that a producer without our checks could write. */
  private static byte[] written(String name, Consumer<GenericRecord> fields) throws Exception {
    Schema schema = Codecs.schema(name);
    GenericRecord avro = new GenericData.Record(schema);
    fields.accept(avro);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(schema).write(avro, encoder);
    encoder.flush();
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.write(SingleObjectCodec.headerOf(schema));
    message.write(bytes.toByteArray());
    return message.toByteArray();
  }
}
