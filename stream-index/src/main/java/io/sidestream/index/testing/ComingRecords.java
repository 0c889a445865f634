package io.sidestream.index.testing;

import io.micrometer.core.instrument.MeterRegistry;
import io.sidestream.index.requests.Encounters;
import io.sidestream.index.serving.ConsumerThread;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.WriterSchemas;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.registry.RegistryUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Thread that reports the searches as they come, and prompts while there is a candidate. Processes
 * share them as members of a group that commits nothing: what came while there was no member is not
 * reported.
 */
final class ComingRecords implements AutoCloseable {
  private static final Duration IDLE_POLL = Duration.ofMillis(100);

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final String searches;
  private final String prompts;
  private final WriterSchemas schemas;
  private final GenerationTests tests;
  private final MeterRegistry registry;
  private final ConsumerThread thread;
  private Set<String> followed = Set.of(); // of the thread

  /**
   * @param consumer in a group, from the end of what it has no offset of; closed by this
   * @param onFailure called with the failure that ended the thread
   */
  ComingRecords(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      Topics topics,
      GenerationTests tests,
      MeterRegistry registry,
      Consumer<Throwable> onFailure) {
    this.consumer = consumer;
    this.searches = topics.searches().name();
    this.prompts = topics.prompts().name();
    this.schemas = topics.schemas().withoutWaiting();
    this.tests = tests;
    this.registry = registry;
    this.thread = new ConsumerThread("coming-records", consumer, this::run, onFailure);
    for (Topic topic : Set.of(topics.searches(), topics.prompts())) {
      skipped(topic.name(), 0); // from zero, so that the first one is an increase
    }
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (!thread.isStopping()) {
      follow(tests.hasCandidate() ? Set.of(searches, prompts) : Set.of(searches));
      consumer.poll(IDLE_POLL).forEach(this::take);
    }
  }

  private void follow(Set<String> topics) {
    if (!topics.equals(followed)) {
      consumer.subscribe(topics);
      followed = topics;
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> row) {
    if (row.value() == null) {
      return; // an erasure
    }
    try {
      if (row.topic().equals(searches)) {
        searched(Codecs.search().decode(row.value(), schemas));
      } else if (tests.wantsRequest()) {
        requested(Codecs.prompt().decode(row.value()));
      }
    } catch (MalformedRecordException | RegistryUnavailableException e) {
      skipped(row.topic(), 1); // those whom it concerns reject it, or wait for the registry
    }
  }

  private void skipped(String topic, int records) {
    registry.counter("sidestream.records.skipped", "topic", topic).increment(records);
  }

  private void searched(Search search) {
    if (tests.follows(search.user().map(UserId::value).orElse(search.query()))) {
      tests.met(
          new Prompt.ForSearch(
              search.query().strip(), Encounters.ANSWERS, Set.of(), Optional.empty()),
          search.clicked(),
          search.at());
    }
  }

  /** One that names its generation, or asks for what trends, is answered alike by all. */
  private void requested(Prompt prompt) {
    if (prompt.selection().generation().isEmpty() && !prompt.isTrending()) {
      tests.requested(prompt);
    }
  }

  /** Stops consuming. */
  @Override
  public void close() {
    thread.close();
  }
}
