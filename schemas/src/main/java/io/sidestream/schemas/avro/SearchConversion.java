package io.sidestream.schemas.avro;

import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserId;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Searches. */
final class SearchConversion implements Conversion<Search> {
  @Override
  public GenericRecord toAvro(Schema schema, Search search) {
    GenericRecord avro = new GenericData.Record(schema);
    avro.put("query", search.query());
    avro.put("clicked", search.clicked().value());
    avro.put("user", AvroValues.optional(search.user()));
    avro.put("at", AvroValues.millis(search.at()));
    EventIds.put(avro, search.id());
    return avro;
  }

  @Override
  public Search toDomain(AvroFields fields) {
    return new Search(
        fields.string("query"),
        fields.item("clicked"),
        fields.optional("user", id -> new UserId(id.toString())),
        fields.instant("at"),
        EventIds.read(fields));
  }
}
