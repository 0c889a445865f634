package io.sidestream.index.serving;

import static java.util.Objects.requireNonNull;

import io.sidestream.schemas.Comparison;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open generations by number. One thread. */
final class OpenSlots {
  private static final Logger LOG = LoggerFactory.getLogger(OpenSlots.class);

  private final Map<Generation, OpenSlot> slots = new TreeMap<>();

  void add(OpenSlot slot) {
    slots.put(slot.snapshot().generation(), slot);
  }

  boolean holds(Generation generation) {
    return slots.containsKey(generation);
  }

  Optional<OpenSlot> find(Generation generation) {
    return Optional.ofNullable(slots.get(generation));
  }

  /** One that is open. */
  OpenSlot get(Generation generation) {
    return requireNonNull(slots.get(generation), generation + " is not open");
  }

  boolean areUpToDate() {
    return slots.values().stream().allMatch(OpenSlot::isUpToDate);
  }

  /** Applies all changes that are not in the snapshots. */
  void bringUpToDate(Map<Integer, Long> nextOffsets) {
    slots.values().forEach(slot -> slot.upToDate(nextOffsets));
  }

  /**
   * What requests may be answered by.
   *
   * @param live the one that serves
   * @param wanted those that are to be open
   * @param candidate that counts while it is open
   * @param former likewise
   */
  OpenGenerations exposed(
      Optional<Generation> live,
      List<GenerationAnnouncement> wanted,
      Optional<Comparison> candidate,
      Optional<Generation> former) {
    Set<Generation> awaited =
        wanted.stream()
            .map(GenerationAnnouncement::generation)
            .filter(generation -> !holds(generation))
            .collect(Collectors.toSet());
    return OpenGenerations.of(
        live.map(this::get).map(OpenSlot::snapshot),
        slots.values().stream().map(OpenSlot::snapshot).toList(),
        awaited,
        candidate.filter(one -> holds(one.candidate())),
        former.filter(this::holds));
  }

  /** Takes the others out; they are to be released when no request can have them any more. */
  List<OpenSlot> keepOnly(Set<Generation> kept) {
    List<Generation> others =
        slots.keySet().stream().filter(generation -> !kept.contains(generation)).toList();
    List<OpenSlot> taken = new ArrayList<>();
    for (Generation generation : others) {
      taken.add(get(generation));
      slots.remove(generation);
      LOG.info("generation {} is closed after its last request", generation);
    }
    return taken;
  }
}
