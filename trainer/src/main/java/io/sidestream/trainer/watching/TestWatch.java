package io.sidestream.trainer.watching;

import io.micrometer.core.instrument.MeterRegistry;
import io.sidestream.schemas.Topics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;

/** Follows the tests of generations, where a rule makes something of them. */
public final class TestWatch implements AutoCloseable {
  private final Optional<TestReader> reader;

  /**
   * @param kafka settings of further clients
   * @param consumer makes one in no group; called where a rule is on
   * @param producer not closed by this
   * @param onFailure called with the failure that ended the thread
   */
  public TestWatch(
      DriftRule drift,
      TrialRule trials,
      RollbackRule rollbacks,
      Map<String, Object> kafka,
      Topics topics,
      Supplier<KafkaConsumer<byte[], byte[]>> consumer,
      Producer<byte[], byte[]> producer,
      Clock clock,
      MeterRegistry registry,
      Consumer<Throwable> onFailure) {
    List<TestSink> sinks = new ArrayList<>();
    if (drift.isOn()) {
      sinks.add(new DriftRequests(drift, kafka, topics, producer, clock, registry));
    }
    List<GenerationRule> rules = new ArrayList<>();
    if (rollbacks.isOn()) {
      rules.add(new Rollbacks(rollbacks));
    }
    if (trials.isOn()) {
      rules.add(new CandidateTrials(trials));
    }
    if (!rules.isEmpty()) {
      sinks.add(new RuledDecisions(rules, kafka, topics, producer, clock));
    }
    this.reader =
        sinks.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new TestReader(consumer.get(), topics.generationTests(), sinks, onFailure));
  }

  public void start() {
    reader.ifPresent(TestReader::start);
  }

  @Override
  public void close() {
    reader.ifPresent(TestReader::close);
  }
}
