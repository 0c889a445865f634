package io.sidestream.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.broker.EmbeddedBroker;
import io.sidestream.learning.corpus.Corpus;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.EventId;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.kafka.CorpusEnds;
import io.sidestream.schemas.kafka.TopicCreator;
import io.sidestream.schemas.pairs.CountingRule;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairCount;
import io.sidestream.schemas.pairs.PairKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusReaderTest {
  private static final Topics TOPICS = Topics.DEFAULT;
  private static final Pair PAIR = Pair.ItemItem.of(new ItemId("a"), new ItemId("b"));

  @TempDir Path directory;

  @Tag("B17")
  @Test
  void read_upToTheEnds_keepsTheLastOfEachKeyAndPassesOverBadRecords() throws Exception {
    withBroker(
        (kafka, admin, sender) -> {
          sender.item("b", "first title");
          sender.item("a", "title");
          sender.item("gone", "title");
          sender.item("b", "last title");
          sender.send(TOPICS.items(), "gone", null);
          sender.send(TOPICS.items(), "bad", new byte[] {1, 2, 3});
          Item other = new Item(new ItemId("a"), "under another key", Map.of(), Map.of());
          sender.send(TOPICS.items(), "other", Codecs.item().encode(other));
          sender.view("u", "a", 1);
          sender.view("v", "b", 2);
          sender.view("u", "b", 3);
          sender.named("named", 5);
          sender.named("named", 5);
          sender.search("find a", "a");
          sender.count(1);
          sender.count(2);
          CorpusOffsets ends = CorpusEnds.latest(admin, TOPICS);
          sender.item("late", "after the ends");
          sender.view("u", "late", 4);
          sender.count(3);
          sender.producer().flush();

          CorpusReader reader = new CorpusReader(kafka, TOPICS, CountingRule.DEFAULT);
          Corpus corpus = reader.read(ends);
          assertEquals(List.of("title", "last title"), titles(corpus));
          assertEquals(2, reader.skipped());
          assertEquals(4, corpus.interactions().size());
          assertEquals(List.of("a"), viewedBy("named", corpus), "a copy counts once");
          assertEquals(List.of("a", "b"), viewedBy("u", corpus));
          assertEquals("find a", corpus.searches().get(0).query());
          assertEquals(List.of(new PairCount(PAIR, 2)), corpus.counts());
          assertEquals(corpus, reader.read(ends), "the same ends give the same corpus");
        });
  }

  @Test
  void read_erasedUsers_isAsIfTheyNeverWere() throws Exception {
    withBroker(
        (kafka, admin, sender) -> {
          sender.item("a", "title");
          sender.view("u", "a", 1);
          sender.view("u", "b", 2);
          sender.view("v", "a", 3);
          sender.view("v", "b", 4);
          sender.search("w", "find a", "a");
          sender.send(TOPICS.interactions(), "u", null);
          sender.view("u", "c", 5); // the user is back
          sender.count(2); // not corrected yet
          CorpusOffsets ends = CorpusEnds.latest(admin, TOPICS);
          CorpusReader reader = new CorpusReader(kafka, TOPICS, CountingRule.DEFAULT);

          Corpus corpus = reader.read(ends);
          assertEquals(List.of("c"), viewedBy("u", corpus));
          assertEquals(List.of("a", "b"), viewedBy("v", corpus));
          assertEquals(1, corpus.searches().size());
          assertEquals(List.of(new PairCount(PAIR, 1)), corpus.counts());
          assertEquals(0, reader.erasedSince());

          sender.send(TOPICS.interactions(), "v", null); // behind the ends
          sender.searchErasure("w");
          sender.send(TOPICS.interactions(), "nothing of x", null);
          Corpus later = reader.read(ends);
          assertEquals(List.of("c"), viewedBy("u", later));
          assertEquals(List.of(), viewedBy("v", later));
          assertEquals(List.of(), later.searches());
          assertEquals(List.of(), later.counts());
          assertEquals(0, reader.skipped());
          assertEquals(2, reader.erasedSince(), "v and w, not who has no events");
          reader.read(ends, new CorpusOffsets(Map.of()));
          assertEquals(3, reader.erasedSince(), "u, too, for a parent of before");
        });
  }

  private interface Scenario {
    void run(Map<String, Object> kafka, Admin admin, Sender sender) throws Exception;
  }

  /** Runs on an own broker that has the topics. */
  private void withBroker(Scenario scenario) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
      Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
      try (Admin admin = Admin.create(kafka);
          KafkaProducer<byte[], byte[]> producer =
              new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
        TopicCreator.create(admin, TOPICS);
        scenario.run(kafka, admin, new Sender(producer));
      }
    }
  }

  private static List<String> titles(Corpus corpus) {
    return corpus.items().stream().map(Item::title).toList();
  }

  private static List<String> viewedBy(String user, Corpus corpus) {
    return corpus.interactions().stream()
        .filter(one -> one.user().value().equals(user))
        .map(one -> one.item().value())
        .toList();
  }

  /** Sends, and waits until the broker has it, so that order is what the test says. */
  private record Sender(KafkaProducer<byte[], byte[]> producer) {
    void send(Topic topic, String key, byte[] value) throws Exception {
      byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(topic.name(), bytes, value)).get();
    }

    void item(String id, String title) throws Exception {
      Item item = new Item(new ItemId(id), title, Map.of(), Map.of());
      send(TOPICS.items(), id, Codecs.item().encode(item));
    }

    void view(String user, String item, int second) throws Exception {
      Interaction view =
          new Interaction(
              new UserId(user), new ItemId(item), "view", 1, Instant.ofEpochSecond(second));
      send(TOPICS.interactions(), user, Codecs.interaction().encode(view));
    }

    /** The same event under the same id, however often it is sent. */
    void named(String user, int second) throws Exception {
      Interaction view =
          new Interaction(
              new UserId(user),
              new ItemId("a"),
              "view",
              1,
              Instant.ofEpochSecond(second),
              Optional.of(new EventId("event")));
      send(TOPICS.interactions(), user, Codecs.interaction().encode(view));
    }

    void search(String query, String item) throws Exception {
      Search search = new Search(query, new ItemId(item), Optional.empty(), Instant.EPOCH);
      send(TOPICS.searches(), query, Codecs.search().encode(search));
    }

    void search(String user, String query, String item) throws Exception {
      Search search =
          new Search(query, new ItemId(item), Optional.of(new UserId(user)), Instant.EPOCH);
      send(TOPICS.searches(), query, Codecs.search().encode(search));
    }

    void searchErasure(String user) throws Exception {
      byte[] key = user.getBytes(StandardCharsets.UTF_8);
      for (int partition = 0; partition < TOPICS.searches().partitions(); partition++) {
        producer.send(new ProducerRecord<>(TOPICS.searches().name(), partition, key, null)).get();
      }
    }

    void count(long total) throws Exception {
      send(
          TOPICS.pairCounts(),
          PairKey.of(PAIR),
          Codecs.pairCount().encode(new PairCount(PAIR, total)));
    }
  }
}
