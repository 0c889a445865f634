package io.sidestream.ingest.trigger;

import io.sidestream.ingest.flow.AnnouncementSerializer;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.TrainingRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;

/** Keyed state of the request job, one catalogue each; gives the policy's input. */
final class TriggerState {
  private final String itemsTopic;
  private final MapState<String, PartitionEvents> events;
  private final MapState<String, ItemPosition> items;
  private final MapState<Long, GenerationAnnouncement> live;
  private final ValueState<TrainingRequest> last;
  private final ValueState<Long> firstEventMillis;

  /** Counts over {@link #items}, so that not every check reads them all. */
  private Optional<CatalogueCoverage> coverage = Optional.empty();

  TriggerState(String itemsTopic, RuntimeContext context) {
    this.itemsTopic = itemsTopic;
    events =
        context.getMapState(
            new MapStateDescriptor<>(
                "partition-events", StringSerializer.INSTANCE, PartitionEventsSerializer.INSTANCE));
    items =
        context.getMapState(
            new MapStateDescriptor<>(
                "item-positions", StringSerializer.INSTANCE, ItemPositionSerializer.INSTANCE));
    live =
        context.getMapState(
            new MapStateDescriptor<>(
                "live-generations", LongSerializer.INSTANCE, AnnouncementSerializer.INSTANCE));
    last =
        context.getState(
            new ValueStateDescriptor<>("last-request", TrainingRequestSerializer.INSTANCE));
    firstEventMillis =
        context.getState(new ValueStateDescriptor<>("first-event", LongSerializer.INSTANCE));
  }

  /** Adds records of the event topics. */
  void add(EventsSeen seen, Instant now) throws Exception {
    PartitionEvents before = events.get(seen.key());
    PartitionEvents known =
        before == null ? PartitionEvents.none(seen.topic(), seen.partition()) : before;
    events.put(seen.key(), known.with(seen, lastCorpus()));
    if (firstEventMillis.value() == null && newEvents() > 0) {
      firstEventMillis.update(now.toEpochMilli());
    }
  }

  /** Replaces an item's last record. */
  void add(ItemSeen seen) throws Exception {
    CatalogueCoverage counted = coverage();
    ItemPosition before = items.get(seen.item());
    if (before != null) {
      counted = counted.without(covered(before));
    }
    if (seen.removed()) {
      items.remove(seen.item());
    } else {
      items.put(seen.item(), seen.position());
      counted = counted.with(covered(seen.position()));
    }
    coverage = Optional.of(counted);
  }

  /**
   * Restarts the counts from the corpus of a request, unless it is older than the last one. One of
   * a clock that runs ahead counts as of now: it would hold back all others until its time.
   */
  void add(TrainingRequest made, Instant now) throws Exception {
    TrainingRequest request = made.requestedAt().isAfter(now) ? made.at(now) : made;
    TrainingRequest before = last.value();
    if (before != null
        && !before.requestedAt().isAfter(now)
        && request.requestedAt().isBefore(before.requestedAt())) {
      return;
    }
    last.update(request);
    Map<String, PartitionEvents> rest = new HashMap<>();
    for (Map.Entry<String, PartitionEvents> entry : events.entries()) {
      rest.put(entry.getKey(), entry.getValue().after(request.corpus()));
    }
    events.putAll(rest);
    firstEventMillis.clear();
    coverage = Optional.empty();
  }

  /** Adds or removes a live generation. */
  void add(GenerationAnnouncement announcement) throws Exception {
    if (announcement.state() == GenerationState.LIVE) {
      live.put(announcement.generation().number(), announcement);
    } else {
      live.remove(announcement.generation().number());
    }
    coverage = Optional.empty();
  }

  /** End offsets of the events added. */
  CorpusOffsets eventEnds() throws Exception {
    Map<String, Map<Integer, Long>> ends = new HashMap<>();
    for (PartitionEvents partition : events.values()) {
      ends.computeIfAbsent(partition.topic(), topic -> new HashMap<>())
          .put(partition.partition(), partition.next());
    }
    return new CorpusOffsets(ends);
  }

  /** The input of the policy. Times that a clock stored which ran ahead count as of now. */
  TriggerInput input(Instant now) throws Exception {
    correct(now);
    TrainingRequest request = last.value();
    Long first = firstEventMillis.value();
    CatalogueCoverage counted = coverage();
    return new TriggerInput(
        newEvents(),
        Optional.ofNullable(request).map(it -> Duration.between(it.requestedAt(), now)),
        first == null ? Duration.ZERO : Duration.between(Instant.ofEpochMilli(first), now),
        counted.items(),
        counted.uncoded());
  }

  private void correct(Instant now) throws Exception {
    TrainingRequest request = last.value();
    if (request != null && request.requestedAt().isAfter(now)) {
      last.update(request.at(now));
    }
    Long first = firstEventMillis.value();
    if (first != null && first > now.toEpochMilli()) {
      firstEventMillis.update(now.toEpochMilli());
    }
  }

  private long newEvents() throws Exception {
    long sum = 0;
    for (PartitionEvents partition : events.values()) {
      sum += partition.uncovered();
    }
    return sum;
  }

  private CatalogueCoverage coverage() throws Exception {
    if (coverage.isEmpty()) {
      CatalogueCoverage counted = CatalogueCoverage.NONE;
      List<CorpusOffsets> corpora = corpora();
      for (ItemPosition position : items.values()) {
        counted = counted.with(position.coveredByAny(corpora, itemsTopic));
      }
      coverage = Optional.of(counted);
    }
    return coverage.get();
  }

  private boolean covered(ItemPosition position) throws Exception {
    return position.coveredByAny(corpora(), itemsTopic);
  }

  private List<CorpusOffsets> corpora() throws Exception {
    List<CorpusOffsets> corpora = new ArrayList<>();
    corpora.add(lastCorpus());
    for (GenerationAnnouncement generation : live.values()) {
      corpora.add(generation.corpus());
    }
    return corpora;
  }

  private CorpusOffsets lastCorpus() throws Exception {
    TrainingRequest request = last.value();
    return request == null ? new CorpusOffsets(Map.of()) : request.corpus();
  }
}
