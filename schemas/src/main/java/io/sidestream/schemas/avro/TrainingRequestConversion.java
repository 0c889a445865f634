package io.sidestream.schemas.avro;

import io.sidestream.schemas.TrainingRequest;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * Training requests. A reason that readers of earlier versions do not know is written as one that
 * they know, and a field beside it.
 */
final class TrainingRequestConversion implements Conversion<TrainingRequest> {
  private static final String DRIFT = "drift";

  @Override
  public GenericRecord toAvro(Schema schema, TrainingRequest request) {
    GenericRecord avro = new GenericData.Record(schema);
    avro.put("catalogue", request.catalogue());
    boolean drift = request.reason() == TrainingRequest.Reason.DRIFT;
    avro.put(
        "reason",
        AvroValues.symbol(
            schema, "reason", drift ? TrainingRequest.Reason.NEW_EVENTS : request.reason()));
    avro.put("detail", request.detail());
    avro.put(
        CorpusOffsetsConversion.FIELD, CorpusOffsetsConversion.toAvro(schema, request.corpus()));
    avro.put("requestedAt", AvroValues.millis(request.requestedAt()));
    if (schema.getField(DRIFT) != null) { // the former schema is of requests without it
      avro.put(DRIFT, drift);
    }
    return avro;
  }

  @Override
  public TrainingRequest toDomain(AvroFields fields) {
    return new TrainingRequest(
        fields.string("catalogue"),
        fields.bool(DRIFT)
            ? TrainingRequest.Reason.DRIFT
            : fields.symbol("reason", TrainingRequest.Reason.class),
        fields.string("detail"),
        CorpusOffsetsConversion.toDomain(fields),
        fields.instant("requestedAt"));
  }
}
