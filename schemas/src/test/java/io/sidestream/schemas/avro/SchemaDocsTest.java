package io.sidestream.schemas.avro;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class SchemaDocsTest {
  @TestFactory
  Stream<DynamicTest> schema_everyRecordAndField_isDocumented() {
    return Samples.all().stream()
        .map(
            sample ->
                DynamicTest.dynamicTest(
                    sample.name(), () -> assertDocumented(Codecs.schema(sample.name()))));
  }

  private static void assertDocumented(Schema schema) {
    switch (schema.getType()) {
      case RECORD -> assertRecordDocumented(schema);
      case ENUM -> assertSentence(schema.getFullName(), schema.getDoc());
      case ARRAY -> assertDocumented(schema.getElementType());
      case MAP -> assertDocumented(schema.getValueType());
      case UNION -> schema.getTypes().forEach(SchemaDocsTest::assertDocumented);
      default -> assertNotNull(schema.getName());
    }
  }

  private static void assertRecordDocumented(Schema schema) {
    assertSentence(schema.getFullName(), schema.getDoc());
    for (Schema.Field field : schema.getFields()) {
      String name = schema.getFullName() + "." + field.name();
      assertSentence(name, field.doc());
      if (isNumberOrTime(field.schema())) {
        assertTrue(field.doc().matches("(?s).*([0-9]|unit).*"), name + " names no unit or range");
      }
      assertDocumented(field.schema());
    }
  }

  private static boolean isNumberOrTime(Schema schema) {
    return switch (schema.getType()) {
      case INT, LONG, FLOAT, DOUBLE -> true;
      case UNION -> schema.getTypes().stream().anyMatch(SchemaDocsTest::isNumberOrTime);
      default -> false;
    };
  }

  private static void assertSentence(String name, String doc) {
    assertNotNull(doc, name + " has no doc");
    assertFalse(doc.isBlank(), name + " has a blank doc");
    assertTrue(doc.endsWith("."), name + " has a doc that is no sentence: " + doc);
  }
}
