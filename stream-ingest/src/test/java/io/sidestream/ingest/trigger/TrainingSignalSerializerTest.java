package io.sidestream.ingest.trigger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.TrainingRequest;
import io.sidestream.schemas.TrainingRequest.Reason;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class TrainingSignalSerializerTest {
  private static final CorpusOffsets CORPUS = new CorpusOffsets(Map.of("items", Map.of(0, 5L)));

  @Test
  void deserialize_ofEveryCase_isWhatWasSerialized() throws IOException {
    assertSame(new EventsSeen("interactions", 3, 17, 4));
    assertSame(new ItemSeen("a", new ItemPosition(1, 9), true));
    assertSame(
        new TrainingSignal.Requested(
            new TrainingRequest("main", Reason.BY_HAND, "asked", CORPUS, Instant.EPOCH)));
  }

  @Test
  void deserialize_unknownCase_throws() {
    assertThrows(
        IOException.class,
        () ->
            TrainingSignalSerializer.INSTANCE.deserialize(
                new DataInputDeserializer(new byte[] {9})));
  }

  private static void assertSame(TrainingSignal signal) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TrainingSignalSerializer.INSTANCE.serialize(signal, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    assertEquals(signal, TrainingSignalSerializer.INSTANCE.deserialize(in));
    assertEquals(0, in.available());
  }
}
