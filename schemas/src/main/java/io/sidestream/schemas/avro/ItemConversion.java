package io.sidestream.schemas.avro;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.Item;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Items. Maps become lists of records, because Avro's maps keep no order. */
final class ItemConversion implements Conversion<Item> {
  @Override
  public GenericRecord toAvro(Schema schema, Item item) {
    GenericRecord avro = new GenericData.Record(schema);
    avro.put("id", item.id().value());
    avro.put("title", item.title());
    avro.put("texts", named(schema, "texts", "text", item.texts()));
    avro.put("attributes", named(schema, "attributes", "values", item.attributes()));
    return avro;
  }

  private static List<GenericRecord> named(
      Schema schema, String field, String content, Map<String, ?> values) {
    Schema element = AvroValues.elementOf(schema, field);
    return values.entrySet().stream()
        .map(
            entry -> {
              GenericRecord avro = new GenericData.Record(element);
              avro.put("name", entry.getKey());
              avro.put(content, entry.getValue());
              return avro;
            })
        .toList();
  }

  @Override
  public Item toDomain(AvroFields fields) {
    return new Item(
        fields.item("id"),
        fields.string("title"),
        byName(fields.records("texts"), text -> text.string("text")),
        byName(
            fields.records("attributes"), attribute -> attribute.list("values", Object::toString)));
  }

  private static <T> Map<String, T> byName(
      List<AvroFields> records, Function<AvroFields, T> content) {
    Map<String, T> values = new LinkedHashMap<>();
    for (AvroFields one : records) {
      String name = one.string("name");
      check(values.put(name, content.apply(one)) == null, "item names field %s twice", name);
    }
    return values;
  }
}
