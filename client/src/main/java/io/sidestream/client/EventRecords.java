package io.sidestream.client;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.NormalizedQuery;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.KeyedRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Items and events as records of their topics, each under the key that its topic requires. */
public record EventRecords(Topics topics) {
  /** The current state of an item. */
  public ProducerRecord<byte[], byte[]> item(Item item) {
    return keyed(topics.items(), item.id().value(), Codecs.item().encode(item));
  }

  /** The removal of an item. */
  public ProducerRecord<byte[], byte[]> removal(ItemId item) {
    return keyed(topics.items(), item.value(), null);
  }

  /** An interaction; those of one user stay in order. */
  public ProducerRecord<byte[], byte[]> interaction(Interaction interaction) {
    return keyed(
        topics.interactions(),
        interaction.user().value(),
        Codecs.interaction().encode(interaction));
  }

  /** A search; those of one user, or else of one query, stay in order. */
  public ProducerRecord<byte[], byte[]> search(Search search) {
    String key = search.user().map(UserId::value).orElse(NormalizedQuery.of(search.query()));
    return keyed(topics.searches(), key, Codecs.search().encode(search));
  }

  private static ProducerRecord<byte[], byte[]> keyed(
      Topic topic, String key, byte @Nullable [] value) {
    return new ProducerRecord<>(topic.name(), KeyedRecords.key(key), value);
  }
}
