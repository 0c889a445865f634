package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.VersionedSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes a {@link CountedSearch}: pair, owner, fingerprint. */
final class CountedSearchSerializer extends VersionedSerializer<CountedSearch> {
  static final CountedSearchSerializer INSTANCE = new CountedSearchSerializer();

  @Override
  protected void write(CountedSearch search, DataOutputView out) throws IOException {
    writeText(search.pair(), out);
    writeText(search.owner(), out);
    EventFingerprints.writeOptional(search.id(), out);
  }

  @Override
  protected CountedSearch read(DataInputView in) throws IOException {
    return new CountedSearch(readText(in), readText(in), EventFingerprints.readOptional(in));
  }
}
