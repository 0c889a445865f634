package io.sidestream.ingest.trigger;

import io.sidestream.ingest.flow.CodecSerializer;
import io.sidestream.ingest.flow.ValueType;
import io.sidestream.schemas.TrainingRequest;
import io.sidestream.schemas.avro.Codec;
import io.sidestream.schemas.avro.Codecs;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Writes a {@link TrainingRequest} in its wire form. */
public final class TrainingRequestSerializer extends CodecSerializer<TrainingRequest> {
  static final TrainingRequestSerializer INSTANCE = new TrainingRequestSerializer();
  static final ValueType<TrainingRequest> TYPE = new ValueType<>(TrainingRequest.class, INSTANCE);

  @Override
  protected Codec<TrainingRequest> codec() {
    return Codecs.trainingRequest();
  }

  @Override
  public TypeSerializerSnapshot<TrainingRequest> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names this serializer in a checkpoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<TrainingRequest> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
