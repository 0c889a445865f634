package io.sidestream.cli.produce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.datasets.sample.ChangingSample;
import io.sidestream.datasets.sample.SampleCatalogue;
import io.sidestream.datasets.sample.SampleSize;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.avro.Codecs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class SimulatedDaysTest {
  private static final Duration DAY = Duration.ofMillis(40);
  private static final Clock CLOCK = Clock.systemUTC();

  private final MockProducer<byte[], byte[]> broker =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final EventProducer producer = new EventProducer(broker, Topics.DEFAULT, CLOCK);

  @Test
  void send_dayAfterDay_takesItsTimeAndHasTimesOfNow() throws Exception {
    ChangingSample world = new ChangingSample(1, SimulatedDays.plan(6, 10));
    SimulatedDays days = new SimulatedDays(producer, DAY, CLOCK);
    SimulatedDays.Sent before = days.before(world.before());
    Instant begun = CLOCK.instant();

    assertEquals(60, before.interactions() + before.searches());
    List<Instant> times = times();
    assertEquals(60, times.size());
    Duration span = DAY.multipliedBy(SimulatedDays.DAYS_BEFORE);
    assertEquals(
        span.multipliedBy(59).dividedBy(60), Duration.between(times.get(0), times.get(59)));
    assertTrue(times.get(59).isBefore(begun), times::toString);

    broker.clear();
    SimulatedDays.Sent all = SimulatedDays.Sent.NONE;
    for (int day = 1; day <= 6; day++) {
      all = all.plus(days.send(world.next()));
    }
    Duration took = Duration.between(begun, CLOCK.instant());
    assertTrue(took.compareTo(DAY.multipliedBy(6)) >= 0, took::toString);
    assertEquals(120, all.films());
    assertEquals(60, all.interactions() + all.searches());
    assertEquals(20, all.spam(), "on the sixth day");
    assertEquals(120 + 60 + 20, broker.history().size());
    List<Instant> later = times();
    assertEquals(later.stream().sorted().toList(), later);
    assertTrue(!later.get(0).isBefore(begun) && !later.get(79).isAfter(CLOCK.instant()));
    assertEquals(
        "120 films, %d interactions, %d searches, 20 interactions of spam"
            .formatted(all.interactions(), all.searches()),
        all.toString());
  }

  @Test
  void before_films_areThoseOfTheSample() {
    ChangingSample world = new ChangingSample(1, SimulatedDays.plan(2, 1));
    List<Item> sample = new SampleCatalogue(1, SampleSize.DEFAULT).dataset().items();
    assertEquals(sample, world.before().films());
  }

  @Test
  void open_dayBeyondItsLimits_isRejected() {
    for (Duration day : List.of(Duration.ZERO, SimulatedDays.MAX_DAY.plusSeconds(1))) {
      assertThrows(IllegalArgumentException.class, () -> new SimulatedDays(producer, day, CLOCK));
    }
  }

  /** Of the events, in the order in which they were sent. */
  private List<Instant> times() throws Exception {
    List<Instant> times = new ArrayList<>();
    for (ProducerRecord<byte[], byte[]> record : broker.history()) {
      if (record.topic().equals(Topics.DEFAULT.interactions().name())) {
        times.add(Codecs.interaction().decode(record.value()).at());
      } else if (record.topic().equals(Topics.DEFAULT.searches().name())) {
        times.add(Codecs.search().decode(record.value()).at());
      }
    }
    return times;
  }
}
