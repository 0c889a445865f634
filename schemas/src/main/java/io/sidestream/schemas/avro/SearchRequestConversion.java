package io.sidestream.schemas.avro;

import io.sidestream.schemas.SearchRequest;
import io.sidestream.schemas.UserId;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Search requests. */
final class SearchRequestConversion implements Conversion<SearchRequest> {
  private static final String USER = "user";

  @Override
  public GenericRecord toAvro(Schema schema, SearchRequest request) {
    GenericRecord avro = new GenericData.Record(schema);
    avro.put("query", request.query());
    avro.put("k", request.k());
    avro.put("excluded", AvroValues.sortedItems(request.excluded()));
    avro.put("deadline", AvroValues.optionalMillis(request.deadline()));
    SelectionFields.put(avro, request.explain());
    SelectionFields.put(avro, request.selection());
    if (schema.getField(USER) != null) {
      avro.put(USER, AvroValues.optional(request.user()));
    }
    return avro;
  }

  @Override
  public SearchRequest toDomain(AvroFields fields) {
    return new SearchRequest(
        fields.string("query"),
        fields.integer("k"),
        fields.itemSet("excluded"),
        fields.optionalInstant("deadline"),
        fields.bool("explain"),
        SelectionFields.read(fields),
        fields.optional(USER, id -> new UserId(id.toString())));
  }
}
