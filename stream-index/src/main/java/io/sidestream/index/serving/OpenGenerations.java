package io.sidestream.index.serving;

import io.sidestream.schemas.Generation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What requests may be answered by at one moment. Immutable.
 *
 * @param live the generation that serves; empty before the first one
 * @param byNumber all open ones, the serving one among them
 * @param awaited those that are being opened here, or will be
 */
record OpenGenerations(
    Optional<ServingGeneration> live,
    Map<Generation, ServingGeneration> byNumber,
    Set<Generation> awaited) {
  static final OpenGenerations NONE = new OpenGenerations(Optional.empty(), Map.of(), Set.of());

  OpenGenerations {
    byNumber = Collections.unmodifiableMap(new TreeMap<>(byNumber));
    awaited = Set.copyOf(awaited);
  }

  /** The serving one and all others. */
  static OpenGenerations of(
      Optional<ServingGeneration> live,
      Collection<ServingGeneration> others,
      Set<Generation> awaited) {
    Map<Generation, ServingGeneration> all = new TreeMap<>();
    others.forEach(one -> all.put(one.generation(), one));
    live.ifPresent(one -> all.put(one.generation(), one));
    return new OpenGenerations(live, all, awaited);
  }

  /** Their numbers, ascending, the serving one marked: for people. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (Generation one : byNumber.keySet()) {
      boolean serves = live.map(ServingGeneration::generation).equals(Optional.of(one));
      names.add(serves ? one + " (live)" : one.toString());
    }
    return names;
  }
}
