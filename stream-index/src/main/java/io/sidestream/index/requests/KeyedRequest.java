package io.sidestream.index.requests;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * A request that travels by user, with the key it came under.
 *
 * @param key the caller's, given back with the prompt; empty when there was none
 * @param request its bytes as they came
 */
record KeyedRequest(Optional<byte[]> key, byte[] request) {
  private static final int NO_KEY = -1;

  /** For the internal topic only: length of the key (4) or -1, key, request. */
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
