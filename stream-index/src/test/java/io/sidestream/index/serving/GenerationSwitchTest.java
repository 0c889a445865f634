package io.sidestream.index.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sidestream.index.store.AssignmentStore;
import io.sidestream.index.store.CodedChange;
import io.sidestream.index.store.StoreFailures;
import io.sidestream.model.bundle.BundleException;
import io.sidestream.model.bundle.BundleNotFoundException;
import io.sidestream.model.onnx.OnnxException;
import io.sidestream.model.store.RetryDelays;
import io.sidestream.schemas.Arm;
import io.sidestream.schemas.CodedItemKey;
import io.sidestream.schemas.Comparison;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.Rollout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationSwitchTest {
  private static final Duration INTERVAL = Duration.ofMillis(50);
  private static final int MAX_ITEMS = 5;
  private static final Duration SWAP_TIMEOUT = Duration.ofSeconds(5);

  @TempDir Path directory;

  private final TinyGeneration first = new TinyGeneration(1, "a", "b");
  private final TinyGeneration second = new TinyGeneration(2, "a", "b", "c");
  private final TinyGeneration third = new TinyGeneration(3, "c");
  private final Set<Long> broken = new HashSet<>();
  private final Set<Long> missing = new HashSet<>();
  private final Deque<Runnable> loads = new ArrayDeque<>();
  private final Serving serving = new Serving();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private AssignmentStore store;
  private GenerationSwitch rotation;
  private long nanos;
  private Optional<RuntimeException> failure = Optional.empty();

  @BeforeEach
  void open() throws IOException {
    store = AssignmentStore.open(directory);
    rotation = rotation(Duration.ZERO);
  }

  private GenerationSwitch rotation(Duration swapTimeout) {
    return new GenerationSwitch(
        this::load,
        loads::add,
        store,
        serving,
        new ItemAdmission(MAX_ITEMS, registry),
        registry,
        INTERVAL,
        swapTimeout,
        new RetryDelays(Duration.ofSeconds(1), Duration.ofSeconds(4)),
        Clock.fixed(Instant.ofEpochMilli(40), ZoneOffset.UTC),
        () -> nanos);
  }

  @AfterEach
  void close() {
    rotation.close();
    store.close();
  }

  private LoadedGeneration load(GenerationAnnouncement announced) throws IOException {
    long number = announced.generation().number();
    if (failure.isPresent()) {
      throw failure.get();
    }
    if (missing.contains(number)) {
      throw new BundleNotFoundException(announced.generation(), "not found in /store");
    }
    if (broken.contains(number)) {
      throw new BundleException(announced.generation(), "encoder.onnx has sha256 1, expected 2");
    }
    return List.of(first, second, third).get((int) number - 1).load(store, MAX_ITEMS, registry);
  }

  @Test
  void announced_live_servesOnceItIsLoaded() {
    assertTrue(rotation.mayAnswer(), "nothing is announced");
    announce(first, GenerationState.LIVE);
    assertFalse(rotation.mayAnswer());
    assertEquals(Optional.empty(), serving.generation());
    settle();
    assertEquals(Optional.of(new Generation(1)), serving.generation());
    assertEquals(Set.of("a", "b"), items());
  }

  @Test
  void announced_candidate_isNotOpened() {
    announce(first, GenerationState.CANDIDATE);
    assertTrue(loads.isEmpty());
    assertEquals(GenerationRole.IDLE, rotation.reports().get(0).role());
  }

  @Test
  void announced_nextLive_keepsTheOneBeforeWarmAndClosesOlder() {
    announceAndSettle(first);
    announceAndSettle(second);
    assertEquals(List.of(GenerationRole.STANDBY, GenerationRole.SERVING), roles());
    announceAndSettle(third);
    announce(first, GenerationState.RETIRED);
    assertEquals(1, first.closed());
    assertEquals(0, second.closed());
    assertEquals(
        List.of(GenerationRole.IDLE, GenerationRole.STANDBY, GenerationRole.SERVING), roles());
  }

  @Test
  void announced_rollback_swapsAtOnceWithChangesTaken() {
    announceAndSettle(first);
    announceAndSettle(second);
    change(
        CodedChange.upserted(first.coded("new", 9)), CodedChange.upserted(second.coded("new", 9)));
    announce(first, GenerationState.LIVE);
    announce(second, GenerationState.RETIRED);
    assertTrue(loads.isEmpty(), "nothing was opened again");
    assertEquals(Optional.of(new Generation(1)), serving.generation());
    assertEquals(Set.of("a", "b", "new"), items());
    assertEquals(1, second.closed());
    assertTrue(store.items(new Generation(2)).isEmpty(), "retired rows are purged");
  }

  @Test
  void acquireFormer_isTheOneBeforeOnceTheNextServes() {
    announceAndSettle(first);
    assertEquals(Optional.empty(), former());
    announce(second, GenerationState.LIVE);
    assertEquals(Optional.empty(), former(), "the first still serves");
    settle();
    assertEquals(Optional.of(new Generation(1)), former());
    announce(first, GenerationState.LIVE);
    announce(second, GenerationState.RETIRED);
    assertEquals(Optional.of(new Generation(1)), serving.generation());
    assertEquals(Optional.empty(), former(), "rolled back, with none before");
  }

  private Optional<Generation> former() {
    try (Lease lease = serving.acquireFormer()) {
      return lease.generation().map(ServingGeneration::generation);
    }
  }

  @Test
  void changed_standby_isPublishedForRequestsThatNameIt() {
    announceAndSettle(first);
    announceAndSettle(second);
    change(CodedChange.upserted(first.coded("new", 9)), removed(1, "a"));
    assertEquals(Set.of("b", "new"), items(1));
    assertEquals(Set.of("a", "b", "c"), items(2));
    assertEquals(Set.of("a", "b", "c"), items());
    change(CodedChange.upserted(first.coded("later", 8)));
    assertEquals(Set.of("b", "new"), items(1), "within the interval");
    assertTrue(rotation.isBusy());
    nanos += INTERVAL.toNanos();
    rotation.advance();
    assertEquals(Set.of("b", "new", "later"), items(1));
    assertFalse(rotation.isBusy());
  }

  @Test
  void acquire_named_isThatOneOrNone() {
    announce(first, GenerationState.LIVE);
    assertTrue(serving.isAwaited(new Generation(1)));
    settle();
    assertFalse(serving.isAwaited(new Generation(1)));
    announceAndSettle(second);
    assertEquals(List.of("1", "2 (live)"), serving.open());
    try (Lease none = serving.acquire(new Generation(3))) {
      assertEquals(Optional.empty(), none.generation());
    }
    announceAndSettle(third);
    announce(first, GenerationState.RETIRED);
    try (Lease none = serving.acquire(new Generation(1))) {
      assertEquals(Optional.empty(), none.generation());
    }
    assertFalse(serving.isAwaited(new Generation(1)));
  }

  @Test
  void announced_comparedCandidate_answersItsShareAndIsPromotedAtOnce() {
    announceAndSettle(first);
    compare(second, 0.5);
    assertEquals(List.of(GenerationRole.SERVING, GenerationRole.CANDIDATE), roles());
    assertEquals(Optional.of(new Generation(1)), serving.generation());
    Comparison half = new Comparison(new Generation(2), 0.5);
    for (long unit = 0; unit < 200; unit++) {
      try (Lease lease = serving.acquire(OptionalLong.of(unit * 0x9E3779B97F4A7C15L))) {
        Arm arm = half.armOf(unit * 0x9E3779B97F4A7C15L);
        assertEquals(Optional.of(arm), lease.arm());
        assertEquals(
            arm == Arm.LIVE ? 1 : 2, lease.generation().orElseThrow().generation().number());
      }
    }
    try (Lease lease = serving.acquire()) {
      assertEquals(Optional.empty(), lease.arm(), "of an unknown user");
      assertEquals(1, lease.generation().orElseThrow().generation().number());
    }
    assertEquals(2, registry.get("sidestream.candidate.generation").gauge().value());
    assertEquals(0.5, registry.get("sidestream.candidate.share.ratio").gauge().value());
    announce(second, GenerationState.LIVE);
    assertTrue(loads.isEmpty(), "nothing was opened again");
    assertEquals(Optional.of(new Generation(2)), serving.generation());
    assertEquals(List.of(GenerationRole.STANDBY, GenerationRole.SERVING), roles());
    assertEquals(0, registry.get("sidestream.candidate.generation").gauge().value());
  }

  @Test
  void announced_candidateWithoutAShare_isOpenForThoseWhoNameItAndClosedWhenRetired() {
    announceAndSettle(first);
    compare(second, 0);
    assertEquals(Set.of("a", "b", "c"), items(2));
    try (Lease lease = serving.acquire(OptionalLong.of(7))) {
      assertEquals(Optional.empty(), lease.arm());
    }
    announce(second, GenerationState.RETIRED);
    assertEquals(1, second.closed());
    assertEquals(Optional.of(new Generation(1)), serving.generation());
  }

  @Test
  void candidate_itemNotCodedYet_answersNoUserUntilItIs() {
    rotation.close();
    rotation = rotation(SWAP_TIMEOUT);
    announceAndSettle(first);
    change(CodedChange.upserted(first.coded("new", 9)));
    compare(second, 1);
    try (Lease lease = serving.acquire(OptionalLong.of(7))) {
      assertEquals(Optional.empty(), lease.arm());
    }
    change(CodedChange.upserted(second.coded("new", 9)));
    try (Lease lease = serving.acquire(OptionalLong.of(7))) {
      assertEquals(Optional.of(Arm.CANDIDATE), lease.arm());
    }
  }

  /** The live one is gone and a candidate is no replacement. */
  @Test
  void announced_candidateAlone_doesNotServe() {
    compare(second, 1);
    assertEquals(Optional.empty(), serving.generation());
    assertTrue(serving.acquire().generation().isEmpty());
  }

  private void compare(TinyGeneration generation, double share) {
    rotation.announced(
        generation.announced(GenerationState.CANDIDATE).with(Rollout.NONE.sharing(share)));
    rotation.advance();
    settle();
  }

  @Test
  void swap_itemNotCodedYet_waitsUntilItIs() {
    serveNewItemThenLoadNext();
    assertEquals(List.of(GenerationRole.SERVING, GenerationRole.STANDBY), roles());
    assertTrue(rotation.isBusy());
    change(CodedChange.upserted(second.coded("new", 9)));
    assertEquals(Optional.of(new Generation(2)), serving.generation());
    assertEquals(Set.of("a", "b", "c", "new"), items());
    assertFalse(rotation.isBusy());
  }

  @Test
  void swap_itemNeverCoded_happensWhenPatienceEnds() {
    serveNewItemThenLoadNext();
    nanos += SWAP_TIMEOUT.toNanos() - 1;
    rotation.advance();
    assertEquals(Optional.of(new Generation(1)), serving.generation());
    nanos += 1;
    rotation.advance();
    assertEquals(Optional.of(new Generation(2)), serving.generation());
    assertFalse(rotation.isBusy());
  }

  @Test
  void swap_itemRemovedMeanwhile_isNotWaitedFor() {
    serveNewItemThenLoadNext();
    nanos += INTERVAL.toNanos();
    change(removed(1, "new"), removed(2, "new"));
    assertEquals(Optional.of(new Generation(2)), serving.generation());
    assertEquals(Set.of("a", "b", "c"), items());
  }

  @Test
  void swap_servingGenerationRetired_doesNotWait() {
    serveNewItemThenLoadNext();
    announce(first, GenerationState.RETIRED);
    assertEquals(Optional.of(new Generation(2)), serving.generation());
  }

  private void serveNewItemThenLoadNext() {
    rotation.close();
    rotation = rotation(SWAP_TIMEOUT);
    announceAndSettle(first);
    change(CodedChange.upserted(first.coded("new", 9)));
    announceAndSettle(second);
  }

  @Test
  void load_refusedBundle_keepsTheOldOneServing() {
    announceAndSettle(first);
    broken.add(2L);
    announceAndSettle(second);
    assertEquals(Optional.of(new Generation(1)), serving.generation());
    GenerationReport refused = rotation.reports().get(1);
    assertEquals(GenerationRole.REFUSED, refused.role());
    assertEquals("generation 2: encoder.onnx has sha256 1, expected 2", refused.reason());
    announceAndSettle(third);
    assertEquals(Optional.of(new Generation(3)), serving.generation());
  }

  @Test
  void load_refusedThenRetired_isNotNamedAnyMore() {
    announceAndSettle(first);
    broken.add(2L);
    announceAndSettle(second);
    assertEquals(Set.of(new Generation(2)), rotation.unopened().keySet());
    announce(second, GenerationState.RETIRED);
    assertEquals(Map.of(), rotation.unopened());
    assertEquals(List.of(GenerationRole.SERVING, GenerationRole.IDLE), roles());
    assertEquals("because", rotation.reports().get(1).reason());
  }

  @Test
  void load_refusedThenSuperseded_isNotNamedAnyMore() {
    broken.add(1L);
    announceAndSettle(first);
    announceAndSettle(second);
    assertEquals(List.of(GenerationRole.REFUSED, GenerationRole.SERVING), roles());
    announceAndSettle(third);
    assertEquals(Map.of(), rotation.unopened());
    assertEquals(
        List.of(GenerationRole.IDLE, GenerationRole.STANDBY, GenerationRole.SERVING), roles());
  }

  @Test
  void load_endsAfterItsGenerationWasRetired_isNoFailure() {
    announceAndSettle(first);
    broken.add(2L);
    announce(second, GenerationState.LIVE);
    announce(second, GenerationState.RETIRED);
    settle();
    assertEquals(Map.of(), rotation.unopened());
    assertEquals(List.of(GenerationRole.SERVING, GenerationRole.IDLE), roles());
  }

  @Test
  void load_refusedThenAnnouncedAgain_isTriedAgain() {
    broken.add(1L);
    announceAndSettle(first);
    assertFalse(rotation.mayAnswer(), "others may have it");
    broken.clear();
    announceAndSettle(first);
    assertEquals(Optional.of(new Generation(1)), serving.generation());
  }

  @Test
  void load_bundleNotFoundYet_isTriedAgainWithGrowingDelays() {
    missing.add(1L);
    announceAndSettle(first);
    assertFalse(rotation.mayAnswer(), "others may have it");
    assertEquals(
        Map.of(new Generation(1), "generation 1: not found in /store"), rotation.unopened());
    assertEquals(GenerationRole.PENDING, rotation.reports().get(0).role());
    rotation.advance();
    assertTrue(loads.isEmpty(), "not before the delay");
    nanos += Duration.ofSeconds(1).toNanos();
    rotation.advance();
    settle();
    nanos += Duration.ofSeconds(1).toNanos();
    rotation.advance();
    assertTrue(loads.isEmpty(), "the delay has grown");
    missing.clear();
    nanos += Duration.ofSeconds(1).toNanos();
    rotation.advance();
    settle();
    assertEquals(Optional.of(new Generation(1)), serving.generation());
    assertEquals(Map.of(), rotation.unopened());
    assertTrue(rotation.mayAnswer());
  }

  @Test
  void load_nextBundleNotFoundYet_keepsTheOldOneServingMeanwhile() {
    announceAndSettle(first);
    missing.add(2L);
    announceAndSettle(second);
    assertEquals(Optional.of(new Generation(1)), serving.generation());
    assertTrue(rotation.mayAnswer());
    missing.clear();
    nanos += Duration.ofSeconds(1).toNanos();
    rotation.advance();
    settle();
    assertEquals(Optional.of(new Generation(2)), serving.generation());
  }

  @Tag("M1")
  @Test
  void m1_load_bug_keepsTheOldOneServing_andIsTriedAgain() {
    announceAndSettle(first);
    rotation.announced(new TinyGeneration(4, "z").announced(GenerationState.LIVE));
    rotation.advance();
    loads.remove().run();
    rotation.advance();
    assertEquals(Optional.of(new Generation(1)), serving.generation());
    assertEquals(Set.of(new Generation(4)), rotation.unopened().keySet());
    assertTrue(loads.isEmpty(), "waits before it tries again");
  }

  /** Whatever else this process asks of the card fails as well. */
  @Test
  void load_gpuFails_endsTheProcess() {
    failure =
        Optional.of(
            new OnnxException("text encoder failed", new OrtException("CUDA failure 700: lost")));
    assertLoadEndsTheProcess();
  }

  /** The next start finds it, sets the store aside and builds another one. */
  @Test
  void load_storeIsBroken_endsTheProcess() {
    failure = Optional.of(new IllegalStateException(StoreFailures.changedBytes()));
    assertLoadEndsTheProcess();
  }

  @Test
  void load_diskIsFull_isTriedAgain() {
    announceAndSettle(first);
    failure = Optional.of(StoreFailures.fullDisk());
    announceAndSettle(second);
    assertEquals(List.of(GenerationRole.SERVING, GenerationRole.PENDING), roles());
    failure = Optional.empty();
    nanos += Duration.ofSeconds(1).toNanos();
    rotation.advance();
    settle();
    assertEquals(Optional.of(new Generation(2)), serving.generation());
  }

  private void assertLoadEndsTheProcess() {
    announce(first, GenerationState.LIVE);
    loads.remove().run();
    IllegalStateException e = assertThrows(IllegalStateException.class, rotation::advance);
    assertEquals("generation 1 cannot be opened", e.getMessage());
  }

  @Test
  void changed_whileLoading_isInTheCatalogueThatServes() {
    announce(first, GenerationState.LIVE);
    change(CodedChange.upserted(first.coded("new", 9)), removed(1, "a"));
    settle();
    assertEquals(Set.of("b", "new"), items());
  }

  @Test
  void changed_withinTheInterval_isPublishedTogether() {
    announceAndSettle(first);
    change(CodedChange.upserted(first.coded("x", 9)));
    assertEquals(Set.of("a", "b", "x"), items(), "the first change at once");
    change(CodedChange.upserted(first.coded("y", 9)));
    change(removed(1, "x"));
    assertEquals(Set.of("a", "b", "x"), items());
    assertTrue(rotation.isBusy());
    nanos += INTERVAL.toNanos();
    rotation.advance();
    assertEquals(Set.of("a", "b", "y"), items());
    assertFalse(rotation.isBusy());
    assertEquals(40, registry.timer("sidestream.item.freshness").max(TimeUnit.MILLISECONDS));
  }

  @Test
  void changed_tombstone_removesTheItemFromAnswers() {
    announceAndSettle(first);
    change(removed(1, "a"));
    assertEquals(Set.of("b"), items());
  }

  @Test
  void changed_itemThatCannotBeOfTheGeneration_isLeftOut() {
    announceAndSettle(first);
    change(
        CodedChange.upserted(first.coded("too wide", 256)),
        CodedChange.upserted(first.coded("x", 255)));
    assertEquals(Set.of("a", "b", "x"), items());
    rotation.close();
    first.reopen();
    rotation = rotation(Duration.ZERO);
    announceAndSettle(first);
    assertEquals(Set.of("a", "b", "x"), items(), "after a restart");
  }

  @Test
  void changed_moreItemsThanTheLimit_servesOnAlsoAfterARestart() {
    announceAndSettle(second);
    for (int item = 0; item < MAX_ITEMS; item++) {
      nanos += INTERVAL.toNanos() * 10;
      change(CodedChange.upserted(second.coded("new" + item, item)));
    }
    assertEquals(Set.of("a", "b", "c", "new0", "new1"), items());
    assertEquals(3, refusedItems());
    nanos += INTERVAL.toNanos() * 10;
    change(removed(2, "a"), CodedChange.upserted(second.coded("new4", 4)));
    assertEquals(Set.of("b", "c", "new0", "new1", "new4"), items());

    rotation.close();
    second.reopen();
    rotation = rotation(Duration.ZERO);
    announceAndSettle(second);
    assertEquals(MAX_ITEMS, items().size());
    assertEquals(3 + 2, refusedItems());
  }

  private double refusedItems() {
    return registry.get("sidestream.items.refused").tag("reason", "full").counter().count();
  }

  @Test
  void changed_generationNotAnnouncedYet_isKeptForIt() {
    change(CodedChange.upserted(second.coded("early", 9)));
    assertEquals(1, store.items(new Generation(2)).size());
    announce(second, GenerationState.REJECTED);
    assertTrue(store.items(new Generation(2)).isEmpty());
    change(CodedChange.upserted(second.coded("late", 9)));
    assertTrue(store.items(new Generation(2)).isEmpty(), "not kept once it is over");
  }

  @Test
  void lease_heldOverASwap_staysOpenAndClosesOnce() {
    announceAndSettle(first);
    Lease held = serving.acquire();
    announceAndSettle(second);
    announceAndSettle(third);
    announce(first, GenerationState.RETIRED);
    assertEquals(0, first.closed());
    assertEquals(new Generation(1), held.generation().orElseThrow().answer(prompt()).generation());
    held.close();
    held.close();
    assertEquals(1, first.closed());
  }

  /** None fails, none mixes: each reply is whole, and of one generation. */
  @Test
  void swap_underConcurrentRequests_failsNoneAndMixesNone() throws Exception {
    announceAndSettle(first);
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Integer>> clients = new ArrayList<>();
      for (int thread = 0; thread < 2; thread++) {
        clients.add(threads.submit(() -> ask(done)));
      }
      for (int round = 0; round < 100; round++) {
        announceAndSettle(round % 2 == 0 ? second : first);
        Thread.sleep(1);
      }
      done.set(true);
      for (Future<Integer> client : clients) {
        assertTrue(client.get() > 0);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private int ask(AtomicBoolean done) {
    int answered = 0;
    while (!done.get()) {
      try (Lease lease = serving.acquire()) {
        Reply reply = lease.generation().orElseThrow().answer(prompt()).reply();
        int expected = reply.generation().orElseThrow().number() == 1 ? 2 : 3;
        assertEquals(expected, reply.items().size());
        answered++;
      }
      try (Lease lease = serving.acquire(new Generation(2))) {
        lease.generation().ifPresent(named -> assertEquals(3, reply(named).items().size()));
      }
    }
    return answered;
  }

  private void announceAndSettle(TinyGeneration generation) {
    announce(generation, GenerationState.LIVE);
    settle();
  }

  private void announce(TinyGeneration generation, GenerationState state) {
    rotation.announced(generation.announced(state));
    rotation.advance();
  }

  private void settle() {
    while (!loads.isEmpty()) {
      loads.remove().run();
      rotation.advance();
    }
  }

  private void change(CodedChange... changes) {
    rotation.changed(List.of(changes), Map.of(0, 1L), 0);
    rotation.advance();
  }

  private List<GenerationRole> roles() {
    return rotation.reports().stream().map(GenerationReport::role).toList();
  }

  private Set<String> items() {
    return items(serving.acquire());
  }

  private Set<String> items(long named) {
    return items(serving.acquire(new Generation(named)));
  }

  private static Set<String> items(Lease acquired) {
    try (Lease lease = acquired) {
      return lease.generation().orElseThrow().answer(prompt()).items().stream()
          .map(item -> item.item().value())
          .collect(Collectors.toSet());
    }
  }

  private static Reply reply(ServingGeneration generation) {
    return generation.answer(prompt()).reply();
  }

  private static CodedChange removed(long generation, String item) {
    return CodedChange.removed(new CodedItemKey(new Generation(generation), new ItemId(item)));
  }

  private static Prompt prompt() {
    return new Prompt.ForSearch("anything", 10, Set.of(), Optional.empty());
  }
}
