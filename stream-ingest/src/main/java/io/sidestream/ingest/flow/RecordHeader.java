package io.sidestream.ingest.flow;

import java.util.Optional;

/** One header of a Kafka record; its value may be absent, which is not the same as empty. */
public record RecordHeader(String name, Optional<byte[]> value) {}
