package io.sidestream.trainer;

import static java.lang.Math.max;

import io.sidestream.learning.corpus.Corpus;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.KeyedRecords;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.kafka.TopicReader;
import io.sidestream.schemas.pairs.CountingRule;
import io.sidestream.schemas.pairs.PairCount;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a corpus from its topics, up to the offsets of a request. One thread. */
final class CorpusReader {
  /*
   * Partitions are concatenated, each in its own order, so that a corpus does not depend on how
   * their records were interleaved; a user's interactions share a partition and keep their order.
   * Malformed records are on the rejected topic already, sent by the jobs; here they are counted
   * and skipped. An erasure of a user covers the user's events before it, also when it lies behind
   * the corpus' end: no training that begins after it may use them.
   */
  private static final Logger LOG = LoggerFactory.getLogger(CorpusReader.class);

  private final Map<String, ?> kafka;
  private final Topics topics;
  private final CountingRule counting;
  private long skipped;
  private int erasedSince;

  /** Decodes a record's value, and checks its key. */
  private interface KeyDecoder<K> {
    K decode(byte[] key) throws MalformedRecordException;
  }

  private interface Decoder<T> {
    T decode(byte @Nullable [] key, byte[] value) throws MalformedRecordException;
  }

  /**
   * @param kafka client settings, {@code bootstrap.servers} at least
   * @param counting rule, which the counting job has too
   */
  CorpusReader(Map<String, ?> kafka, Topics topics, CountingRule counting) {
    this.kafka = kafka;
    this.topics = topics;
    this.counting = counting;
  }

  /**
   * The corpus that ends at these offsets: the same offsets give the same corpus, less the events
   * of users who were erased meanwhile.
   */
  Corpus read(CorpusOffsets ends) {
    return read(ends, ends);
  }

  /**
   * The same, and who was erased since an earlier training.
   *
   * @param parent where the corpus of that ended
   */
  Corpus read(CorpusOffsets ends, CorpusOffsets parent) {
    skipped = 0;
    try (TopicReader reader = new TopicReader(kafka)) {
      List<Item> items =
          new ArrayList<>(
              last(
                  reader,
                  topics.items(),
                  KeyedRecords::removedItem,
                  (key, value) -> KeyedRecords.item(key, value, topics.schemas()),
                  ends));
      items.sort(Comparator.comparing(Item::id));
      Collection<PairCount> counts =
          last(
              reader,
              topics.pairCounts(),
              ByteBuffer::wrap,
              (key, value) -> Codecs.pairCount().decode(value),
              ends);
      EventLog<Interaction> interactions = CountedEvents.interactions(counting);
      read(
          reader,
          topics.interactions(),
          (key, value) -> KeyedRecords.interaction(key, value, topics.schemas()),
          ends,
          parent,
          interactions);
      EventLog<Search> searches = CountedEvents.searches(counting);
      read(
          reader,
          topics.searches(),
          (key, value) -> Codecs.search().decode(value, topics.schemas()),
          ends,
          parent,
          searches);
      Set<UserId> late = new HashSet<>(interactions.erasedLate());
      late.addAll(searches.erasedLate());
      erasedSince = late.size();
      Corpus corpus =
          new Corpus(
              items,
              interactions.kept(),
              searches.kept(),
              ErasedCounts.correct(counts, interactions, searches, counting),
              counting.weights());
      warn(corpus);
      return corpus;
    }
  }

  /** Number of malformed records skipped in the corpus read last. */
  long skipped() {
    return skipped;
  }

  /** Number of users whose events an erasure covers that the parent's corpus does not hold. */
  int erasedSince() {
    return erasedSince;
  }

  private void warn(Corpus corpus) {
    if (skipped > 0) {
      LOG.warn("{} malformed records of the corpus are skipped", skipped);
    }
    if (corpus.counts().isEmpty() && !corpus.interactions().isEmpty()) {
      LOG.warn(
          "{} holds no counts beside {} interactions: is the counting job running?",
          topics.pairCounts().name(),
          corpus.interactions().size());
    }
  }

  /** The last value of each key of a compacted topic, in the order of the keys. */
  private <K extends Comparable<K>, T> Collection<T> last(
      TopicReader reader, Topic topic, KeyDecoder<K> keys, Decoder<T> decoder, CorpusOffsets ends) {
    Map<K, T> values = new TreeMap<>();
    reader.readUntil(
        topic.name(),
        ends.ends().getOrDefault(topic.name(), Map.of()),
        one -> {
          try {
            if (one.key() == null) {
              skip(one, "key is missing");
            } else if (one.value() == null) {
              values.remove(keys.decode(one.key()));
            } else {
              values.put(keys.decode(one.key()), decoder.decode(one.key(), one.value()));
            }
          } catch (MalformedRecordException e) {
            skip(one, ReasonText.of(e));
          }
        });
    return values.values();
  }

  /** Reads the events of a topic up to the ends, and the erasures up to now. */
  private <T> void read(
      TopicReader reader,
      Topic topic,
      Decoder<T> decoder,
      CorpusOffsets ends,
      CorpusOffsets parent,
      EventLog<T> log) {
    Map<Integer, Long> until = new TreeMap<>(ends.ends().getOrDefault(topic.name(), Map.of()));
    reader
        .ends(topic.name())
        .forEach((partition, now) -> until.computeIfPresent(partition, (p, end) -> max(end, now)));
    reader.readUntil(
        topic.name(),
        until,
        one -> {
          if (one.value() == null) {
            erase(one, parent, log);
          } else if (ends.covers(topic.name(), one.partition(), one.offset())) {
            decode(one, decoder, value -> log.add(one.partition(), value));
          }
        });
  }

  private <T> void erase(
      ConsumerRecord<byte[], byte[]> one, CorpusOffsets parent, EventLog<T> log) {
    try {
      boolean isLate = !parent.covers(one.topic(), one.partition(), one.offset());
      log.erase(one.partition(), KeyedRecords.erasedUser(one.key()), isLate);
    } catch (MalformedRecordException e) {
      skip(one, ReasonText.of(e));
    }
  }

  private <T> void decode(
      ConsumerRecord<byte[], byte[]> one, Decoder<T> decoder, Consumer<T> taker) {
    try {
      taker.accept(decoder.decode(one.key(), one.value()));
    } catch (MalformedRecordException e) {
      skip(one, ReasonText.of(e));
    }
  }

  private void skip(ConsumerRecord<byte[], byte[]> one, String reason) {
    skipped++;
    LOG.info("{}-{} offset {} is skipped: {}", one.topic(), one.partition(), one.offset(), reason);
  }
}
