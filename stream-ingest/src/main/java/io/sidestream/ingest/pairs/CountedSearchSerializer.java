package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.VersionedSerializer;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes a {@link CountedSearch}: pair, owner, fingerprint, time of one with a user. An erasure
 * has the empty text for a pair, which no record key is.
 */
final class CountedSearchSerializer extends VersionedSerializer<CountedSearch> {
  static final CountedSearchSerializer INSTANCE = new CountedSearchSerializer();

  /** No search of a user had a limit. */
  private static final int FIRST_LAYOUT = 1;

  private static final String ERASED = "";

  private CountedSearchSerializer() {
    super(FIRST_LAYOUT + 1);
  }

  @Override
  protected void write(CountedSearch search, DataOutputView out) throws IOException {
    writeText(search.pair().orElse(ERASED), out);
    writeText(search.owner(), out);
    EventFingerprints.writeOptional(search.id(), out);
    out.writeBoolean(search.atMillis().isPresent());
    if (search.atMillis().isPresent()) {
      out.writeLong(search.atMillis().getAsLong());
    }
  }

  @Override
  protected CountedSearch read(DataInputView in) throws IOException {
    return new CountedSearch(
        pair(readText(in)),
        readText(in),
        EventFingerprints.readOptional(in),
        in.readBoolean() ? OptionalLong.of(in.readLong()) : OptionalLong.empty());
  }

  @Override
  protected CountedSearch read(int earlier, DataInputView in) throws IOException {
    return new CountedSearch(
        pair(readText(in)), readText(in), EventFingerprints.readOptional(in), OptionalLong.empty());
  }

  private static Optional<String> pair(String text) {
    return text.equals(ERASED) ? Optional.empty() : Optional.of(text);
  }
}
