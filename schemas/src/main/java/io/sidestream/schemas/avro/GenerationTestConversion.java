package io.sidestream.schemas.avro;

import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationTest;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Tests of generations. */
final class GenerationTestConversion implements Conversion<GenerationTest> {
  @Override
  public GenericRecord toAvro(Schema schema, GenerationTest test) {
    GenericRecord avro = new GenericData.Record(schema);
    avro.put("task", AvroValues.symbol(schema, "task", test.task()));
    avro.put("at", AvroValues.millis(test.at()));
    Schema element = AvroValues.elementOf(schema, "answers");
    avro.put("answers", test.answers().stream().map(one -> tested(element, one)).toList());
    return avro;
  }

  private static GenericRecord tested(Schema schema, GenerationTest.GivenAnswer tested) {
    GenericRecord avro = new GenericData.Record(schema);
    avro.put("generation", tested.generation().number());
    avro.put("outcome", AvroValues.symbol(schema, "outcome", tested.outcome()));
    avro.put("micros", tested.micros());
    avro.put("items", AvroValues.items(tested.items()));
    return avro;
  }

  @Override
  public GenerationTest toDomain(AvroFields fields) {
    return new GenerationTest(
        fields.symbol("task", GenerationTest.Task.class),
        fields.instant("at"),
        fields.records("answers").stream().map(GenerationTestConversion::tested).toList());
  }

  private static GenerationTest.GivenAnswer tested(AvroFields fields) {
    return new GenerationTest.GivenAnswer(
        new Generation(fields.number("generation")),
        fields.symbol("outcome", GenerationTest.Outcome.class),
        fields.number("micros"),
        fields.items("items"));
  }
}
