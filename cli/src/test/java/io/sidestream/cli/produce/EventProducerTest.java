package io.sidestream.cli.produce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.datasets.Dataset;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.avro.Codecs;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class EventProducerTest {
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private static final ItemId UP = new ItemId("up");
  private static final Item FILM = new Item(UP, "Up (2009)", Map.of(), Map.of());
  private static final Interaction RATING =
      new Interaction(new UserId("ann"), UP, "rating", 1, Instant.EPOCH);

  private final MockProducer<byte[], byte[]> broker =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final EventProducer producer = new EventProducer(broker, Topics.DEFAULT, CLOCK);

  @Test
  void produce_dataset_keysFollowTheTopics() throws Exception {
    Search byAnn = new Search("Flying House", UP, Optional.of(new UserId("ann")), Instant.EPOCH);
    Search anonymous = new Search(" Flying  House", UP, Optional.empty(), Instant.EPOCH);
    List<Long> steps = new ArrayList<>();

    ProducedCount count =
        producer.produce(
            new Dataset(List.of(FILM), List.of(RATING), List.of(byAnn, anonymous)),
            (done, total) -> steps.add(done));

    List<ProducerRecord<byte[], byte[]>> sent = broker.history();
    assertEquals(
        List.of("items up", "interactions ann", "searches ann", "searches flying house"),
        sent.stream().map(record -> record.topic() + " " + text(record.key())).toList());
    assertEquals(FILM, Codecs.item().decode(sent.get(0).value()));
    assertEquals(RATING, Codecs.interaction().decode(sent.get(1).value()));
    assertEquals(anonymous, Codecs.search().decode(sent.get(3).value()));
    assertEquals(4, count.records());
    assertEquals(List.of(4L), steps);
  }

  @Test
  void flush_afterFailedSend_isRejected() {
    MockProducer<byte[], byte[]> down =
        new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    EventProducer failing = new EventProducer(down, Topics.DEFAULT, CLOCK);
    failing.item(FILM);
    down.errorNext(new TimeoutException("broker is gone"));

    UserErrorException error = assertThrows(UserErrorException.class, failing::flush);
    assertEquals("not all events reached the broker: broker is gone", error.getMessage());
  }

  @Test
  void rate_perSecond_ofAllRecords() {
    ProducedCount count = new ProducedCount(1, 2, 3, Duration.ofMillis(500));

    assertEquals(12, count.rate());
    assertEquals("1 items, 2 interactions, 3 searches, 12 records/s", count.toString());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
