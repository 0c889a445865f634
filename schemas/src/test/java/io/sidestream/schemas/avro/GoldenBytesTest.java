package io.sidestream.schemas.avro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** What lies on topics today must be readable tomorrow, byte for byte, by any Avro library. */
class GoldenBytesTest {
  @Tag("B3")
  @TestFactory
  Stream<DynamicTest> encode_samples_giveTheBytesOnRecord() throws Exception {
    Properties golden = golden();
    return Samples.all().stream()
        .map(sample -> DynamicTest.dynamicTest(sample.name(), () -> compare(sample, golden)));
  }

  private static <T> void compare(Samples.Sample<T> sample, Properties golden) throws Exception {
    for (int i = 0; i < sample.values().size(); i++) {
      String name = sample.name() + "." + i;
      String bytes = HexFormat.of().formatHex(sample.codec().encode(sample.values().get(i)));
      assertEquals(golden.getProperty(name), bytes, name);
      assertEquals(
          sample.values().get(i), sample.codec().decode(HexFormat.of().parseHex(bytes)), name);
    }
  }

  @Tag("B3")
  @TestFactory
  Stream<DynamicTest> encode_samples_areReadByAvrosOwnDecoder() {
    return Samples.all().stream()
        .map(sample -> DynamicTest.dynamicTest(sample.name(), () -> readByAvro(sample)));
  }

  private static <T> void readByAvro(Samples.Sample<T> sample) throws Exception {
    BinaryMessageDecoder<GenericRecord> avro =
        new BinaryMessageDecoder<>(GenericData.get(), Codecs.schema(sample.name()));
    if (List.of(
            "interaction",
            "search",
            "training-request",
            "search-request",
            "recommendation-request",
            "prompt",
            "reply")
        .contains(sample.name())) {
      avro.addSchema(Codecs.schema("former/" + sample.name() + "-1"));
    }
    if (sample.name().equals("reply")) {
      avro.addSchema(Codecs.schema("former/reply-2"));
      avro.addSchema(Codecs.schema("former/reply-3"));
    }
    if (sample.name().equals("generation-announcement")) {
      avro.addSchema(Codecs.schema("former/generation-announcement-2"));
    }
    for (T value : sample.values()) {
      byte[] bytes = sample.codec().encode(value);
      assertTrue(bytes[0] == (byte) 0xC3 && bytes[1] == 1);
      assertNotNull(avro.decode(bytes));
    }
  }

  private static Properties golden() throws Exception {
    Properties golden = new Properties();
    try (InputStream file = GoldenBytesTest.class.getResourceAsStream("/golden-bytes.properties")) {
      golden.load(file);
    }
    return golden;
  }
}
