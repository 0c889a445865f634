package io.sidestream.index.requests;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * A request rekeyed by user, with its original key.
 *
 * @param key the original one, restored for the prompt; empty when there was none
 * @param request its bytes
 */
record KeyedRequest(Optional<byte[]> key, byte[] request) {
  private static final int NO_KEY = -1;

  KeyedRequest {
    key = key.map(byte[]::clone);
    request = request.clone();
  }

  /** Format of the repartition topic: length of the key (4) or -1, key, request. */
  static Serde<KeyedRequest> serde() {
    return Serdes.serdeFrom((topic, keyed) -> keyed.bytes(), (topic, bytes) -> parse(bytes));
  }

  private byte[] bytes() {
    int keyBytes = key.map(bytes -> bytes.length).orElse(0);
    ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES + keyBytes + request.length);
    buffer.putInt(key.isPresent() ? keyBytes : NO_KEY);
    key.ifPresent(buffer::put);
    return buffer.put(request).array();
  }

  private static KeyedRequest parse(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int keyBytes = buffer.getInt();
    Optional<byte[]> key =
        keyBytes == NO_KEY ? Optional.empty() : Optional.of(take(buffer, keyBytes));
    return new KeyedRequest(key, take(buffer, buffer.remaining()));
  }

  private static byte[] take(ByteBuffer buffer, int length) {
    byte[] taken = new byte[length];
    buffer.get(taken);
    return taken;
  }
}
