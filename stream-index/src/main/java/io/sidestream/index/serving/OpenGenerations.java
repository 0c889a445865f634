package io.sidestream.index.serving;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.Arm;
import io.sidestream.schemas.Comparison;
import io.sidestream.schemas.Generation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * What requests may be answered by at one moment. Immutable.
 *
 * @param live the generation that serves; empty before the first one
 * @param byNumber all open ones, the serving one among them
 * @param awaited those that are being opened here, or will be
 * @param candidate one that is open beside the live one, and answers a share of the users, be it 0
 * @param former the one that served before the live one, where it is open for a rollback
 */
record OpenGenerations(
    Optional<ServingGeneration> live,
    Map<Generation, ServingGeneration> byNumber,
    Set<Generation> awaited,
    Optional<Comparison> candidate,
    Optional<Generation> former) {
  static final OpenGenerations NONE =
      new OpenGenerations(Optional.empty(), Map.of(), Set.of(), Optional.empty(), Optional.empty());

  OpenGenerations {
    byNumber = Collections.unmodifiableMap(new TreeMap<>(byNumber));
    awaited = Set.copyOf(awaited);
    for (Comparison one : candidate.stream().toList()) {
      check(byNumber.containsKey(one.candidate()), "candidate %s is not open", one.candidate());
    }
    for (Generation one : former.stream().toList()) {
      check(byNumber.containsKey(one), "former generation %s is not open", one);
    }
  }

  /** What answers a request. */
  record Selected(Optional<ServingGeneration> generation, Optional<Arm> arm) {}

  /** The candidate that answers users. */
  Optional<Comparison> comparison() {
    return candidate.filter(one -> one.share() > 0);
  }

  /** What answers a request that names no generation. */
  Selected choose(OptionalLong unit) {
    Optional<Comparison> comparison = comparison();
    if (comparison.isEmpty() || unit.isEmpty()) {
      return new Selected(live, Optional.empty());
    }
    Arm arm = comparison.get().armOf(unit.getAsLong());
    return new Selected(arm == Arm.LIVE ? live : ofCandidate().generation(), Optional.of(arm));
  }

  /** What answers beside the live one, for no user. */
  Selected ofCandidate() {
    return new Selected(candidate.map(one -> byNumber.get(one.candidate())), Optional.empty());
  }

  /** What answered before the live one, for no user. */
  Selected ofFormer() {
    return new Selected(former.map(byNumber::get), Optional.empty());
  }

  /** What answers a request that names this generation. */
  Selected named(Generation generation) {
    return new Selected(Optional.ofNullable(byNumber.get(generation)), Optional.empty());
  }

  /** The serving one and all others. */
  static OpenGenerations of(
      Optional<ServingGeneration> live,
      Collection<ServingGeneration> others,
      Set<Generation> awaited,
      Optional<Comparison> candidate,
      Optional<Generation> former) {
    Map<Generation, ServingGeneration> all = new TreeMap<>();
    others.forEach(one -> all.put(one.generation(), one));
    live.ifPresent(one -> all.put(one.generation(), one));
    return new OpenGenerations(live, all, awaited, candidate, former);
  }

  /** Their numbers, ascending, the serving one marked, for sentences. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (Generation one : byNumber.keySet()) {
      boolean serves = live.map(ServingGeneration::generation).equals(Optional.of(one));
      names.add(serves ? one + " (live)" : one.toString());
    }
    return names;
  }
}
