package io.sidestream.ingest.requests;

import io.sidestream.ingest.flow.KafkaEdge;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.kafka.CorpusEnds;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** Asks the broker where the corpus ends, over a connection of its own each time: it is rare. */
record BrokerCorpusListing(KafkaEdge kafka) implements CorpusListing {
  @Override
  public CorpusOffsets list() throws Exception {
    try (Admin admin = Admin.create(Map.copyOf(kafka.clients()))) {
      return CorpusEnds.latest(admin, Topics.DEFAULT);
    }
  }
}
