package io.sidestream.chaos.load;

import io.sidestream.chaos.history.HistoryRecorder;
import io.sidestream.client.EventRecords;
import io.sidestream.datasets.Dataset;
import io.sidestream.datasets.sample.SampleCatalogue;
import io.sidestream.datasets.sample.SampleEvent;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import java.util.Iterator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The sample's catalogue and events, then further events and new items at a constant rate. */
public final class EventLoad implements AutoCloseable {
  /*
   * The event times of the sample are all different: they are the numbers by which events are found
   * again.
   */

  /** One record of this number is a new item, or a changed one. */
  private static final int ITEM_EACH = 10;

  private static final int NEW_ITEMS = 50;

  private final PatientProducer producer;
  private final EventRecords records;
  private HistoryRecorder history;
  private final Dataset dataset;
  private final Iterator<SampleEvent> further;
  private @Nullable RateLimitedLoop loop;
  private long items;

  public EventLoad(
      PatientProducer producer,
      EventRecords records,
      HistoryRecorder history,
      SampleCatalogue sample) {
    this.producer = producer;
    this.records = records;
    this.history = history;
    this.dataset = sample.dataset();
    this.further = sample.eventsAfterDataset();
  }

  /** The catalogue and its first events. */
  public Dataset dataset() {
    return dataset;
  }

  /** Sends the catalogue and its first events, and waits until the broker has them. */
  public void produceDataset() {
    dataset.items().forEach(this::item);
    dataset.interactions().forEach(this::interaction);
    dataset.searches().forEach(this::search);
    producer.flush();
  }

  /**
   * Begins to send further ones.
   *
   * @param taker takes them down
   */
  public void start(double perSecond, HistoryRecorder taker) {
    history = taker;
    loop = RateLimitedLoop.start("events", perSecond, this::next);
  }

  private void next(long number) {
    if (number % ITEM_EACH == 0) {
      item(newItem(items++));
    } else {
      further.next().fold(this::interaction, this::search);
    }
  }

  /** New at first, then with another title. */
  private Item newItem(long number) {
    Item like = dataset.items().get((int) (number % dataset.items().size()));
    String id = String.format(Locale.ROOT, "new-%03d", number % NEW_ITEMS);
    return new Item(new ItemId(id), like.title() + " " + number, like.texts(), like.attributes());
  }

  private void item(Item item) {
    history.produced(item.id());
    producer.send(records.item(item), () -> {});
  }

  /** Returns its number. */
  private String interaction(Interaction event) {
    String number = EventNumbers.of(event);
    HistoryRecorder taker = history;
    producer.send(records.interaction(event), () -> taker.ackedEvent(number));
    return number;
  }

  /** Returns its number. */
  private String search(Search event) {
    String number = EventNumbers.of(event);
    HistoryRecorder taker = history;
    producer.send(records.search(event), () -> taker.ackedEvent(number));
    return number;
  }

  /** Stops sending. */
  @Override
  public void close() {
    if (loop != null) {
      loop.close();
    }
  }
}
