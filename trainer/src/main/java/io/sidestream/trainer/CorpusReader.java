package io.sidestream.trainer;

import io.sidestream.learning.corpus.Corpus;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.avro.Codec;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.kafka.TopicReader;
import io.sidestream.schemas.pairs.PairCount;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a corpus from its topics, up to the offsets of a request. One thread. */
final class CorpusReader {
  /*
   * Partitions are concatenated, each in its own order, so that a corpus does not depend on how
   * their records were interleaved; a user's interactions share a partition and keep their order.
   * Malformed records are on the rejected topic already, sent by the counting job; here they are
   * counted and skipped.
   */
  private static final Logger LOG = LoggerFactory.getLogger(CorpusReader.class);

  private final Map<String, ?> kafka;
  private final Topics topics;
  private long skipped;

  /**
   * @param kafka client settings, {@code bootstrap.servers} at least
   */
  CorpusReader(Map<String, ?> kafka, Topics topics) {
    this.kafka = kafka;
    this.topics = topics;
  }

  /** The corpus that ends at these offsets: the same offsets give the same corpus. */
  Corpus read(CorpusOffsets ends) {
    skipped = 0;
    try (TopicReader reader = new TopicReader(kafka)) {
      List<Item> items = new ArrayList<>(last(reader, topics.items(), Codecs.item(), ends));
      items.sort(Comparator.comparing(Item::id));
      Collection<PairCount> counts = last(reader, topics.pairCounts(), Codecs.pairCount(), ends);
      List<Interaction> interactions =
          all(reader, topics.interactions(), Codecs.interaction(), ends);
      List<Search> searches = all(reader, topics.searches(), Codecs.search(), ends);
      warn(interactions, counts);
      return new Corpus(items, interactions, searches, List.copyOf(counts));
    }
  }

  /** Number of malformed records skipped in the corpus read last. */
  long skipped() {
    return skipped;
  }

  private void warn(List<Interaction> interactions, Collection<PairCount> counts) {
    if (skipped > 0) {
      LOG.warn("{} malformed records of the corpus are skipped", skipped);
    }
    if (counts.isEmpty() && !interactions.isEmpty()) {
      LOG.warn(
          "{} holds no counts beside {} interactions: is the counting job running?",
          topics.pairCounts().name(),
          interactions.size());
    }
  }

  /** The last value of each key of a compacted topic, in the order of the keys' bytes. */
  private <T> Collection<T> last(
      TopicReader reader, Topic topic, Codec<T> codec, CorpusOffsets ends) {
    Map<ByteBuffer, T> values = new TreeMap<>();
    reader.readUntil(
        topic.name(),
        ends.ends().getOrDefault(topic.name(), Map.of()),
        one -> {
          if (one.key() == null) {
            skip(one, "key is missing");
          } else if (one.value() == null) {
            values.remove(ByteBuffer.wrap(one.key()));
          } else {
            decode(one, codec, value -> values.put(ByteBuffer.wrap(one.key()), value));
          }
        });
    return values.values();
  }

  /** All values of a topic, partition after partition. */
  private <T> List<T> all(TopicReader reader, Topic topic, Codec<T> codec, CorpusOffsets ends) {
    Map<Integer, List<T>> byPartition = new TreeMap<>();
    reader.readUntil(
        topic.name(),
        ends.ends().getOrDefault(topic.name(), Map.of()),
        one -> {
          List<T> values =
              byPartition.computeIfAbsent(one.partition(), partition -> new ArrayList<>());
          if (one.value() == null) {
            skip(one, "value is missing");
          } else {
            decode(one, codec, values::add);
          }
        });
    return byPartition.values().stream().flatMap(List::stream).toList();
  }

  private <T> void decode(ConsumerRecord<byte[], byte[]> one, Codec<T> codec, Consumer<T> taker) {
    try {
      taker.accept(codec.decode(one.value()));
    } catch (MalformedRecordException e) {
      skip(one, ReasonText.of(e));
    }
  }

  private void skip(ConsumerRecord<byte[], byte[]> one, String reason) {
    skipped++;
    LOG.info("{}-{} offset {} is skipped: {}", one.topic(), one.partition(), one.offset(), reason);
  }
}
