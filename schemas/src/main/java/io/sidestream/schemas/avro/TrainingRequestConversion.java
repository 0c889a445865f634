package io.sidestream.schemas.avro;

import io.sidestream.schemas.TrainingRequest;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Training requests. */
final class TrainingRequestConversion implements Conversion<TrainingRequest> {
  @Override
  public GenericRecord toAvro(Schema schema, TrainingRequest request) {
    GenericRecord avro = new GenericData.Record(schema);
    avro.put("catalogue", request.catalogue());
    avro.put("reason", AvroValues.symbol(schema, "reason", request.reason()));
    avro.put("detail", request.detail());
    avro.put(
        CorpusOffsetsConversion.FIELD, CorpusOffsetsConversion.toAvro(schema, request.corpus()));
    avro.put("requestedAt", AvroValues.millis(request.requestedAt()));
    return avro;
  }

  @Override
  public TrainingRequest toDomain(AvroFields fields) {
    return new TrainingRequest(
        fields.string("catalogue"),
        fields.symbol("reason", TrainingRequest.Reason.class),
        fields.string("detail"),
        CorpusOffsetsConversion.toDomain(fields),
        fields.instant("requestedAt"));
  }
}
