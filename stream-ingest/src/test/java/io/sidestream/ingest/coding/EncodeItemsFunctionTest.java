package io.sidestream.ingest.coding;

import static io.sidestream.schemas.Checks.check;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.ingest.flow.OutboundRecord;
import io.sidestream.ingest.flow.RecordHeader;
import io.sidestream.model.bundle.BundleNotFoundException;
import io.sidestream.model.store.RetryDelays;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.kafka.EventTime;
import io.sidestream.schemas.kafka.RejectedRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // harnesses close with any Exception
class EncodeItemsFunctionTest {
  private static final int AT_ONCE = 4;

  /** Of one item, where time passes. */
  private static final long CODING_MILLIS = CodingTurns.CODING.toMillis() / AT_ONCE;

  private static final GenerationAnnouncement FIRST = Announced.candidate(1, 10);
  private static final GenerationAnnouncement SECOND = Announced.candidate(2, 20);

  @Test
  void processElement_itemAfterTheCorpus_isCoded() throws Exception {
    try (var harness = harness()) {
      announce(harness, FIRST);
      harness.processElement(item("a", "Alien", 10), 0);

      assertEquals(List.of("1/a " + code("Alien")), sent(harness));
    }
  }

  /** The codes of an event carry its trace; those that a later generation causes do not. */
  @Test
  void processElement_itemWithATrace_passesItOnOnce() throws Exception {
    RecordHeader trace = new RecordHeader("traceparent", Optional.of(new byte[] {'0', '0'}));
    try (var harness = harness()) {
      announce(harness, FIRST);
      harness.processElement(new TracedItem(item("a", "Alien", 25).event(), List.of(trace)), 7);
      announce(harness, SECOND);

      List<List<String>> names =
          harness.extractOutputValues().stream()
              .map(record -> record.headers().stream().map(RecordHeader::name).toList())
              .toList();
      assertEquals(List.of(List.of("traceparent", EventTime.HEADER), List.of()), names);
    }
  }

  @Test
  void processElement_itemOfTheCorpus_isNeitherCodedNorRetained() throws Exception {
    try (var harness = harness()) {
      announce(harness, FIRST);
      harness.processElement(item("a", "Alien", 9), 0);

      assertEquals(List.of(), sent(harness));
      assertEquals(0, retained(harness));
    }
  }

  @Test
  void processElement_itemChanged_isCodedAgain() throws Exception {
    try (var harness = harness()) {
      announce(harness, FIRST);
      harness.processElement(item("a", "Alien", 10), 0);
      harness.processElement(item("a", "Aliens", 11), 0);

      assertEquals(List.of("1/a " + code("Alien"), "1/a " + code("Aliens")), sent(harness));
      assertEquals(1, retained(harness));
    }
  }

  @Tag("B8")
  @Test
  void processElement_itemRemoved_isTombstoneForEveryActiveGeneration() throws Exception {
    try (var harness = harness()) {
      announce(harness, FIRST);
      announce(harness, SECOND);
      harness.processElement(removed("a", 20), 0);

      assertEquals(List.of("1/a -", "2/a -"), sent(harness));
    }
  }

  @Test
  void processElement_twoActiveGenerations_codesForTheOneThatDoesNotCoverIt() throws Exception {
    try (var harness = harness()) {
      announce(harness, FIRST);
      announce(harness, SECOND);
      harness.processElement(item("a", "Alien", 15), 0);

      assertEquals(List.of("1/a " + code("Alien")), sent(harness));
    }
  }

  @Test
  void processBroadcastElement_laterGeneration_getsTheItemsItsCorpusDoesNotCover()
      throws Exception {
    try (var harness = harness()) {
      announce(harness, FIRST);
      harness.processElement(item("a", "Alien", 15), 0);
      harness.processElement(item("b", "Blade Runner", 25), 0);
      harness.processElement(removed("c", 26), 0);
      harness.getOutput().clear();
      announce(harness, SECOND);

      assertEquals(List.of("2/b " + code("Blade Runner"), "2/c -"), sent(harness));
    }
  }

  @Test
  void processBroadcastElement_itemsBeforeAnyGeneration_areRetainedForIt() throws Exception {
    try (var harness = harness()) {
      harness.processElement(item("a", "Alien", 5), 0);
      harness.processElement(item("b", "Blade Runner", 12), 0);
      announce(harness, FIRST);

      assertEquals(List.of("1/b " + code("Blade Runner")), sent(harness));
      assertEquals(1, retained(harness));
    }
  }

  @Test
  void processBroadcastElement_candidateGoesLive_doesNotCodeAgain() throws Exception {
    try (var harness = harness()) {
      announce(harness, FIRST);
      harness.processElement(item("a", "Alien", 10), 0);
      harness.getOutput().clear();
      announce(harness, FIRST.in(GenerationState.LIVE, "passed", Instant.EPOCH));

      assertEquals(List.of(), sent(harness));
    }
  }

  @Test
  void processBroadcastElement_oldestRetired_dropsItsItems() throws Exception {
    try (var harness = harness()) {
      announce(harness, FIRST);
      announce(harness, SECOND);
      harness.processElement(item("a", "Alien", 15), 0);
      assertEquals(1, retained(harness));
      announce(harness, FIRST.in(GenerationState.RETIRED, "replaced", Instant.EPOCH));

      assertEquals(0, retained(harness));
      assertEquals(1, SharedCoders.PROCESS.size());
    }
    assertEquals(0, SharedCoders.PROCESS.size());
  }

  @Test
  void processElement_bundleRefused_skipsThatGenerationOnly() throws Exception {
    CoderOpener refusesFirst =
        announced -> {
          if (announced.generation().number() == 1) {
            throw new BundleRefusedException("generation 1: manifest.json is missing", null);
          }
          return TitleCoder.open(announced);
        };
    try (var harness = harness(refusesFirst)) {
      announce(harness, FIRST);
      announce(harness, SECOND);
      harness.processElement(item("a", "Alien", 30), 0);

      assertEquals(List.of("2/a " + code("Alien")), sent(harness));
    }
  }

  @Test
  void processBroadcastElement_bundleIsThereLater_codesWhatWaitedAfterTheDelay() throws Exception {
    AtomicBoolean there = new AtomicBoolean();
    AtomicInteger attempts = new AtomicInteger();
    CoderOpener waiting =
        announced -> {
          attempts.incrementAndGet();
          if (!there.get()) {
            throw new BundleNotFoundException(announced.generation(), "not found in /store");
          }
          return TitleCoder.open(announced);
        };
    try (var harness = harness(waiting)) {
      harness.setProcessingTime(0);
      harness.processElement(item("a", "Alien", 10), 0);
      announce(harness, FIRST);
      harness.processElement(item("b", "Blade Runner", 11), 0);
      assertEquals(2, CodingStatus.uncodedItems());
      assertEquals(
          Map.of(FIRST.generation(), "generation 1: not found in /store"),
          CodingStatus.unopenedGenerations());

      announce(harness, FIRST);
      assertEquals(1, attempts.get(), "not again before the delay");
      harness.setProcessingTime(1_000);
      announce(harness, FIRST);
      assertEquals(2, attempts.get());
      there.set(true);
      harness.setProcessingTime(2_000);
      announce(harness, FIRST);
      assertEquals(2, attempts.get(), "the delay has grown");
      assertEquals(List.of(), sent(harness));

      harness.setProcessingTime(3_000);
      announce(harness, FIRST);
      announce(harness, FIRST);
      assertEquals(List.of("1/a " + code("Alien"), "1/b " + code("Blade Runner")), sent(harness));
      assertEquals(0, CodingStatus.uncodedItems());
    }
    assertEquals(Map.of(), CodingStatus.unopenedGenerations());
  }

  /** No barrier and no new item came in between, and a checkpoint that waited expired. */
  @Test
  void processBroadcastElement_moreItemsThanTimeForThem_codesTheOthersLater() throws Exception {
    try (var harness = slowHarness()) {
      for (int i = 0; i < 2 * AT_ONCE + 1; i++) {
        harness.processElement(item("i" + i, "Title " + i, 10 + i), 0);
      }
      announce(harness, FIRST);
      assertEquals(AT_ONCE, sent(harness).size());
      assertEquals(AT_ONCE + 1, CodingStatus.uncodedItems());
      OperatorSubtaskState snapshot = harness.snapshot(1, 1);
      announceLater(harness);
      assertEquals(2 * AT_ONCE, sent(harness).size());
      harness.processElement(item("new", "New", 99), 0);
      announceLater(harness);
      assertEquals(2 * AT_ONCE + 2, Set.copyOf(sent(harness)).size());
      assertEquals(0, CodingStatus.uncodedItems());
      announceLater(harness);
      assertEquals(2 * AT_ONCE + 2, sent(harness).size(), "each once");
      try (var later = restored(snapshot, TitleCoder::open)) {
        announce(later, FIRST);
        announce(later, FIRST);
        assertEquals(AT_ONCE + 1, sent(later).size());
      }
    }
  }

  /** Each coded as many again, and barriers waited behind all that had queued up. */
  @Test
  void processBroadcastElement_repetitionsThatCameMeanwhile_codeNothing() throws Exception {
    try (var harness = slowHarness()) {
      for (int i = 0; i < 3 * AT_ONCE; i++) {
        harness.processElement(item("i" + i, "Title " + i, 30 + i), 0);
      }
      announce(harness, FIRST);
      announce(harness, SECOND);
      assertEquals(2 * AT_ONCE, sent(harness).size());
      for (int i = 0; i < 3; i++) {
        announce(harness, FIRST);
        announce(harness, SECOND);
      }
      assertEquals(2 * AT_ONCE, sent(harness).size());
      announceLater(harness);
      announce(harness, SECOND);
      assertEquals(3 * AT_ONCE, sent(harness).size());
      harness.getProcessingTimeService().setCurrentTime(0); // a clock that was set back
      announce(harness, SECOND);
      assertEquals(4 * AT_ONCE, sent(harness).size());
      announceLater(harness);
      announceLater(harness);
      assertEquals(2 * 3 * AT_ONCE, Set.copyOf(sent(harness)).size());
      assertEquals(0, CodingStatus.uncodedItems());
    }
  }

  @Test
  void processBroadcastElement_restoredWhileWaiting_countsAndCodes() throws Exception {
    CoderOpener never =
        announced -> {
          throw new IOException("the store does not answer");
        };
    OperatorSubtaskState snapshot;
    try (var harness = harness(never)) {
      announce(harness, FIRST);
      harness.processElement(item("a", "Alien", 10), 0);
      snapshot = harness.snapshot(1, 1);
    }
    assertEquals(0, CodingStatus.uncodedItems());
    try (var harness = restored(snapshot, never)) {
      announce(harness, FIRST);
      assertEquals(1, CodingStatus.uncodedItems());
    }
    try (var harness = restored(snapshot, TitleCoder::open)) {
      announce(harness, FIRST);
      assertEquals(List.of("1/a " + code("Alien")), sent(harness));
      assertEquals(0, CodingStatus.uncodedItems());
    }
  }

  @Test
  void processBroadcastElement_waitingGenerationRetired_forgetsWhatWaited() throws Exception {
    CoderOpener never =
        announced -> {
          throw new IOException("the store does not answer");
        };
    try (var harness = harness(never)) {
      announce(harness, FIRST);
      harness.processElement(item("a", "Alien", 10), 0);
      assertEquals(1, CodingStatus.uncodedItems());
      announce(harness, FIRST.in(GenerationState.REJECTED, "the gate", Instant.EPOCH));

      assertEquals(0, CodingStatus.uncodedItems());
      assertEquals(Map.of(), CodingStatus.unopenedGenerations());
    }
  }

  @Tag("B14")
  @Test
  void processElement_codingThrows_rejectsThatItemOnly() throws Exception {
    CoderOpener failsOnPoison = announced -> new FailingCoder(TitleCoder.open(announced), "poison");
    try (var harness = harness(failsOnPoison)) {
      announce(harness, FIRST);
      harness.processElement(item("a", "poison", 10), 0);
      OutboundRecord rejected = harness.extractOutputValues().get(0);
      harness.getOutput().clear();
      harness.processElement(item("b", "Alien", 11), 0);

      assertEquals(Announced.ITEMS + ".rejected", rejected.topic());
      assertEquals("a", new String(rejected.key().orElseThrow(), StandardCharsets.UTF_8));
      assertEquals("poison", Codecs.item().decode(rejected.value().orElseThrow()).title());
      assertEquals("10", header(rejected, RejectedRecord.OFFSET));
      assertEquals(RejectedRecord.FAILED, header(rejected, RejectedRecord.REASON));
      assertEquals(
          "generation 1: item a has no codes: "
              + "java.lang.IllegalArgumentException: no vector for poison",
          header(rejected, RejectedRecord.MESSAGE));
      assertEquals(List.of("1/b " + code("Alien")), sent(harness));
    }
  }

  private static String header(OutboundRecord record, String name) {
    return record.headers().stream()
        .filter(header -> header.name().equals(name))
        .map(header -> new String(header.value().orElseThrow(), StandardCharsets.UTF_8))
        .findFirst()
        .orElseThrow();
  }

  /** Fails on one title. */
  private record FailingCoder(ItemCoder coder, String title) implements ItemCoder {
    @Override
    public CodedItem code(Item item) {
      check(!item.title().equals(title), "no vector for %s", title);
      return coder.code(item);
    }

    @Override
    public void close() {
      coder.close();
    }
  }

  /** Lets time pass for each item. */
  private record SlowCoder(ItemCoder coder, Runnable passes) implements ItemCoder {
    @Override
    public CodedItem code(Item item) {
      passes.run();
      return coder.code(item);
    }

    @Override
    public void close() {
      coder.close();
    }
  }

  private static KeyedBroadcastOperatorTestHarness<
          String, TracedItem, GenerationAnnouncement, OutboundRecord>
      slowHarness() throws Exception {
    List<Runnable> passes = new ArrayList<>();
    var harness =
        harness(announced -> new SlowCoder(TitleCoder.open(announced), () -> passes.get(0).run()));
    passes.add(() -> pass(harness));
    return harness;
  }

  private static void pass(AbstractStreamOperatorTestHarness<?> harness) {
    try {
      harness.setProcessingTime(harness.getProcessingTime() + CODING_MILLIS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyedBroadcastOperatorTestHarness<
          String, TracedItem, GenerationAnnouncement, OutboundRecord>
      harness() throws Exception {
    return harness(TitleCoder::open);
  }

  private static KeyedBroadcastOperatorTestHarness<
          String, TracedItem, GenerationAnnouncement, OutboundRecord>
      harness(CoderOpener opener) throws Exception {
    var harness = made(opener);
    harness.open();
    return harness;
  }

  private static KeyedBroadcastOperatorTestHarness<
          String, TracedItem, GenerationAnnouncement, OutboundRecord>
      restored(OperatorSubtaskState snapshot, CoderOpener opener) throws Exception {
    var harness = made(opener);
    harness.initializeState(snapshot);
    harness.open();
    return harness;
  }

  private static KeyedBroadcastOperatorTestHarness<
          String, TracedItem, GenerationAnnouncement, OutboundRecord>
      made(CoderOpener opener) throws Exception {
    return new KeyedBroadcastOperatorTestHarness<>(
        new CoBroadcastWithKeyedOperator<>(
            new EncodeItemsFunction(
                Announced.ITEMS,
                "coded-items",
                opener,
                new RetryDelays(Duration.ofSeconds(1), Duration.ofSeconds(4))),
            List.of(EncodeItemsFunction.ACTIVE)),
        TracedItem::key,
        Types.STRING,
        1,
        1,
        0);
  }

  private static void announce(
      KeyedBroadcastOperatorTestHarness<String, TracedItem, GenerationAnnouncement, OutboundRecord>
          harness,
      GenerationAnnouncement announcement)
      throws Exception {
    harness.processBroadcastElement(announcement, 0);
  }

  /** Once what queued up meanwhile has passed. */
  private static void announceLater(
      KeyedBroadcastOperatorTestHarness<String, TracedItem, GenerationAnnouncement, OutboundRecord>
          harness)
      throws Exception {
    pass(harness);
    announce(harness, FIRST);
  }

  /** How many items' events are in state. */
  private static int retained(
      KeyedBroadcastOperatorTestHarness<String, TracedItem, GenerationAnnouncement, OutboundRecord>
          harness) {
    var operator = (AbstractStreamOperator<?>) harness.getOperator();
    return ((HeapKeyedStateBackend<?>) operator.getKeyedStateBackend()).numKeyValueStateEntries();
  }

  private static TracedItem item(String id, String title, long offset) {
    Item item = new Item(new ItemId(id), title, Map.of(), Map.of());
    return untraced(new ItemEvent(item.id(), 0, offset, Optional.of(Codecs.item().encode(item))));
  }

  private static TracedItem removed(String id, long offset) {
    return untraced(new ItemEvent(new ItemId(id), 0, offset, Optional.empty()));
  }

  private static TracedItem untraced(ItemEvent event) {
    return new TracedItem(event, List.of());
  }

  private static String code(String title) {
    return Arrays.toString(TitleCoder.codes(title));
  }

  /** Key and codes of each record sent, in order of key where one event caused several. */
  private static List<String> sent(
      KeyedBroadcastOperatorTestHarness<String, TracedItem, GenerationAnnouncement, OutboundRecord>
          harness)
      throws Exception {
    List<String> sent = new ArrayList<>();
    for (OutboundRecord record : harness.extractOutputValues()) {
      sent.add(
          new String(record.key().orElseThrow(), StandardCharsets.UTF_8) + " " + codes(record));
    }
    return sent.stream().sorted().toList();
  }

  private static String codes(OutboundRecord record) throws Exception {
    if (record.value().isEmpty()) {
      return "-";
    }
    CodedItem coded = Codecs.codedItem().decode(record.value().get());
    return Arrays.toString(coded.id().codes());
  }
}
