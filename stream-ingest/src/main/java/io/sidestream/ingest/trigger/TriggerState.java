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

/** What the request job remembers of one catalogue, in Flink's state; gives the situation. */
final class TriggerState {
  private final String itemsTopic;
  private final MapState<String, PartitionEvents> events;
  private final MapState<String, ItemPlace> items;
  private final MapState<Long, GenerationAnnouncement> live;
  private final ValueState<TrainingRequest> last;
  private final ValueState<Long> firstEventMillis;

  /** Counts over {@link #items}, so that not every look reads them all. */
  private Optional<CatalogueCoverage> coverage = Optional.empty();

  TriggerState(String itemsTopic, RuntimeContext context) {
    this.itemsTopic = itemsTopic;
    events =
        context.getMapState(
            new MapStateDescriptor<>(
                "events", StringSerializer.INSTANCE, PartitionEventsSerializer.INSTANCE));
    items =
        context.getMapState(
            new MapStateDescriptor<>(
                "items", StringSerializer.INSTANCE, ItemPlaceSerializer.INSTANCE));
    live =
        context.getMapState(
            new MapStateDescriptor<>(
                "live", LongSerializer.INSTANCE, AnnouncementSerializer.INSTANCE));
    last = context.getState(new ValueStateDescriptor<>("last", TrainingRequestSerializer.INSTANCE));
    firstEventMillis =
        context.getState(new ValueStateDescriptor<>("first-event", LongSerializer.INSTANCE));
  }

  /** Takes in records of the event topics. */
  void saw(EventsSeen seen, Instant now) throws Exception {
    PartitionEvents before = events.get(seen.key());
    PartitionEvents known =
        before == null ? PartitionEvents.none(seen.topic(), seen.partition()) : before;
    events.put(seen.key(), known.with(seen, lastCorpus()));
    if (firstEventMillis.value() == null && newEvents() > 0) {
      firstEventMillis.update(now.toEpochMilli());
    }
  }

  /** Takes in an item's last record. */
  void saw(ItemSeen seen) throws Exception {
    CatalogueCoverage counted = coverage();
    ItemPlace before = items.get(seen.item());
    if (before != null) {
      counted = counted.without(covered(before));
    }
    if (seen.removed()) {
      items.remove(seen.item());
    } else {
      items.put(seen.item(), seen.place());
      counted = counted.with(covered(seen.place()));
    }
    coverage = Optional.of(counted);
  }

  /** Takes in a request: the counts start anew from its corpus. An older one changes nothing. */
  void saw(TrainingRequest request) throws Exception {
    TrainingRequest before = last.value();
    if (before != null && request.requestedAt().isBefore(before.requestedAt())) {
      return;
    }
    last.update(request);
    Map<String, PartitionEvents> fresh = new HashMap<>();
    for (Map.Entry<String, PartitionEvents> entry : events.entries()) {
      fresh.put(entry.getKey(), entry.getValue().after(request.corpus()));
    }
    events.putAll(fresh);
    firstEventMillis.clear();
    coverage = Optional.empty();
  }

  /** Takes in a generation's new state. */
  void saw(GenerationAnnouncement announcement) throws Exception {
    if (announcement.state() == GenerationState.LIVE) {
      live.put(announcement.generation().number(), announcement);
    } else {
      live.remove(announcement.generation().number());
    }
    coverage = Optional.empty();
  }

  /** The events taken in, as offsets that they all lie before. */
  CorpusOffsets seen() throws Exception {
    Map<String, Map<Integer, Long>> ends = new HashMap<>();
    for (PartitionEvents partition : events.values()) {
      ends.computeIfAbsent(partition.topic(), topic -> new HashMap<>())
          .put(partition.partition(), partition.next());
    }
    return new CorpusOffsets(ends);
  }

  /** How things stand. */
  TriggerInput situation(Instant now) throws Exception {
    TrainingRequest request = last.value();
    Long first = firstEventMillis.value();
    CatalogueCoverage counted = coverage();
    return new TriggerInput(
        newEvents(),
        Optional.ofNullable(request).map(asked -> since(asked.requestedAt(), now)),
        first == null ? Duration.ZERO : since(Instant.ofEpochMilli(first), now),
        counted.items(),
        counted.uncoded());
  }

  /** Never negative, although a person's clock may run ahead of this one. */
  private static Duration since(Instant then, Instant now) {
    return then.isAfter(now) ? Duration.ZERO : Duration.between(then, now);
  }

  private long newEvents() throws Exception {
    long sum = 0;
    for (PartitionEvents partition : events.values()) {
      sum += partition.fresh();
    }
    return sum;
  }

  private CatalogueCoverage coverage() throws Exception {
    if (coverage.isEmpty()) {
      CatalogueCoverage counted = CatalogueCoverage.NONE;
      List<CorpusOffsets> corpora = corpora();
      for (ItemPlace place : items.values()) {
        counted = counted.with(place.coveredByAny(corpora, itemsTopic));
      }
      coverage = Optional.of(counted);
    }
    return coverage.get();
  }

  private boolean covered(ItemPlace place) throws Exception {
    return place.coveredByAny(corpora(), itemsTopic);
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
