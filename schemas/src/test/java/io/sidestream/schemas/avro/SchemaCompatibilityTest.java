package io.sidestream.schemas.avro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.InputStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds today's schemas against the copies in {@code released}, which are renewed only when a
 * release is made.
 */
class SchemaCompatibilityTest {
  @TestFactory
  Stream<DynamicTest> schema_recordsOfTheLastRelease_areReadable() {
    return each((today, released) -> assertReads(today, released));
  }

  @TestFactory
  Stream<DynamicTest> schema_readerOfTheLastRelease_readsTodaysRecords() {
    return each((today, released) -> assertReads(released, today));
  }

  /**
   * The single-object codec knows one fingerprint per type. A schema that changes on the wire needs
   * its former version among those that the codec resolves, before this may be renewed.
   */
  @TestFactory
  Stream<DynamicTest> schema_fingerprint_isThatOfTheLastRelease() {
    return each(
        (today, released) ->
            assertEquals(
                SchemaNormalization.parsingFingerprint64(released),
                SchemaNormalization.parsingFingerprint64(today)));
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
