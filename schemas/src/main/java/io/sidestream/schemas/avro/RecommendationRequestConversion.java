package io.sidestream.schemas.avro;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.RecommendationRequest;
import io.sidestream.schemas.UserId;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Recommendation requests. */
final class RecommendationRequestConversion implements Conversion<RecommendationRequest> {
  private static final String LIKE = "like";
  private static final String TRENDING = "trending";

  @Override
  public GenericRecord toAvro(Schema schema, RecommendationRequest request) {
    GenericRecord avro = new GenericData.Record(schema);
    avro.put("user", AvroValues.optional(request.user()));
    avro.put("history", AvroValues.items(request.history()));
    avro.put("k", request.k());
    avro.put("excludeSeen", request.excludeSeen());
    avro.put("excluded", AvroValues.sortedItems(request.excluded()));
    avro.put("deadline", AvroValues.optionalMillis(request.deadline()));
    if (schema.getField(LIKE) != null) {
      avro.put(LIKE, AvroValues.optional(request.like()));
      avro.put(TRENDING, request.trending());
    }
    SelectionFields.put(avro, request.explain());
    SelectionFields.put(avro, request.selection());
    return avro;
  }

  @Override
  public RecommendationRequest toDomain(AvroFields fields) {
    return new RecommendationRequest(
        fields.optional("user", id -> new UserId(id.toString())),
        fields.items("history"),
        fields.optional(LIKE, id -> new ItemId(id.toString())),
        fields.bool(TRENDING),
        fields.integer("k"),
        fields.bool("excludeSeen"),
        fields.itemSet("excluded"),
        fields.optionalInstant("deadline"),
        fields.bool("explain"),
        SelectionFields.read(fields));
  }
}
