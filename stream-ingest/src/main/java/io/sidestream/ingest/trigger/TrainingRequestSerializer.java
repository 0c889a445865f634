package io.sidestream.ingest.trigger;

import io.sidestream.ingest.flow.CodecSerializer;
import io.sidestream.ingest.flow.ValueType;
import io.sidestream.schemas.TrainingRequest;
import io.sidestream.schemas.avro.Codec;
import io.sidestream.schemas.avro.Codecs;

/** Serializes a {@link TrainingRequest} in its wire form. */
final class TrainingRequestSerializer extends CodecSerializer<TrainingRequest> {
  static final TrainingRequestSerializer INSTANCE = new TrainingRequestSerializer();
  static final ValueType<TrainingRequest> TYPE = new ValueType<>(TrainingRequest.class, INSTANCE);

  @Override
  protected Codec<TrainingRequest> codec() {
    return Codecs.trainingRequest();
  }
}
