package io.sidestream.client;

import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.WriterSchemas;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.KeyedRecords;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.kafka.TopicReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Titles of items, read from the topic of items. */
public final class Titles {
  private static final Logger log = LoggerFactory.getLogger(Titles.class);

  private final Predicate<ItemId> wanted;
  private final WriterSchemas schemas;
  private final Map<ItemId, String> titles = new HashMap<>();

  private Titles(Predicate<ItemId> wanted, WriterSchemas schemas) {
    this.schemas = schemas;
    this.wanted = wanted;
  }

  /** The titles of these items; a removed or unknown item has none. */
  public static Map<ItemId, String> read(Connection connection, Set<ItemId> wanted) {
    Titles titles = new Titles(wanted::contains, connection.topics().schemas());
    if (!wanted.isEmpty()) {
      try (TopicReader reader = new TopicReader(connection.kafka())) {
        reader.readAll(connection.topics().items().name(), titles::take);
      }
    }
    return titles.titles;
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    try {
      ItemId id = KeyedRecords.removedItem(record.key());
      if (!wanted.test(id)) {
        return;
      }
      if (record.value() == null) {
        titles.remove(id);
      } else {
        Item item = Codecs.item().decode(record.value(), schemas);
        titles.put(id, item.title());
      }
    } catch (MalformedRecordException e) {
      log.debug("an item without a readable title is skipped", e);
    }
  }
}
