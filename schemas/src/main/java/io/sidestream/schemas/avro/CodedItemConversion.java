package io.sidestream.schemas.avro;

import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemWords;
import io.sidestream.schemas.SemanticId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Coded items. */
final class CodedItemConversion implements Conversion<CodedItem> {
  @Override
  public GenericRecord toAvro(Schema schema, CodedItem coded) {
    GenericRecord avro = new GenericData.Record(schema);
    avro.put("item", coded.item().value());
    avro.put("generation", coded.generation().number());
    avro.put("codes", AvroValues.integers(coded.id().codes()));
    avro.put("vector", boxed(coded.vector()));
    avro.put("title", coded.words().map(ItemWords::title).orElse(null));
    avro.put("text", coded.words().map(ItemWords::text).orElse(null));
    return avro;
  }

  private static List<Float> boxed(float[] vector) {
    List<Float> numbers = new ArrayList<>(vector.length);
    for (float number : vector) {
      numbers.add(number);
    }
    return numbers;
  }

  @Override
  public CodedItem toDomain(AvroFields fields) {
    SemanticId id =
        new SemanticId(new Generation(fields.number("generation")), fields.integers("codes"));
    return new CodedItem(fields.item("item"), id, vector(fields), words(fields));
  }

  private static Optional<ItemWords> words(AvroFields fields) {
    Optional<String> text = fields.optional("text", Object::toString);
    return fields
        .optional("title", Object::toString)
        .map(title -> new ItemWords(title, text.orElse("")));
  }

  private static float[] vector(AvroFields fields) {
    List<?> numbers = (List<?>) fields.avro().get("vector");
    float[] vector = new float[numbers.size()];
    for (int d = 0; d < vector.length; d++) {
      vector[d] = (Float) numbers.get(d);
    }
    return vector;
  }
}
