package io.sidestream.schemas.kafka;

import io.sidestream.schemas.Comparison;
import io.sidestream.schemas.UserId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The header of a prompt that says whose it is while generations are compared: 8 bytes of a hash of
 * the user's id. A header, because processes of earlier builds pass over it.
 */
public final class RequestUnit {
  /** Name of the header. */
  public static final String HEADER = "sidestream_unit";

  private RequestUnit() {}

  /** The header's value. */
  public static byte[] value(UserId user) {
    long unit = Comparison.unit(user.value().getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.allocate(Long.BYTES).putLong(unit).array();
  }

  /** The user's unit, or that of the correlation id; empty for a prompt without either. */
  public static OptionalLong of(Headers prompt, RequestHeaders names) {
    Header header = prompt.lastHeader(HEADER);
    if (header != null && header.value() != null && header.value().length == Long.BYTES) {
      return OptionalLong.of(ByteBuffer.wrap(header.value()).getLong());
    }
    return names
        .correlationIdOf(prompt)
        .map(id -> OptionalLong.of(Comparison.unit(id)))
        .orElse(OptionalLong.empty());
  }
}
