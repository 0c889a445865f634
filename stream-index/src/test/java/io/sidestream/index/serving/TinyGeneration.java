package io.sidestream.index.serving;

import static io.sidestream.schemas.Checks.check;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sidestream.index.store.AssignmentStore;
import io.sidestream.model.bundle.Assignments;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.ranking.Answer;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.Comparison;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.RankedItem;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.SemanticId;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** A generation without a model: it answers any prompt with its whole catalogue. */
public final class TinyGeneration {
  private static final CodebookShape SHAPE = new CodebookShape(2, 256);

  private final Generation generation;
  private final List<String> items;
  private final AtomicInteger closed = new AtomicInteger();

  public TinyGeneration(long number, String... items) {
    this.generation = new Generation(number);
    this.items = Arrays.stream(items).sorted().toList();
  }

  /** How often its natives were closed. */
  public int closed() {
    return closed.get();
  }

  public LoadedGeneration load() {
    return new LoadedGeneration(
        generation,
        closed::incrementAndGet,
        Catalogue.of(generation, SHAPE, assignments()),
        this::answer);
  }

  /** As a loader does it: its items go into the index, and the index says what it holds. */
  public LoadedGeneration load(AssignmentStore store) throws IOException {
    return load(store, 1_000, new SimpleMeterRegistry());
  }

  LoadedGeneration load(AssignmentStore store, int maxItems, MeterRegistry registry)
      throws IOException {
    store.ingest(generation, "a".repeat(64), assignments());
    LoadedGeneration loaded = load();
    return new LoadedGeneration(
        generation,
        loaded.natives(),
        new ItemAdmission(maxItems, registry).apply(loaded.catalogue(), store.changes(generation)),
        loaded.answering());
  }

  /** Serves at once; on some prompts its answering fails. */
  public void serve(Serving serving, Predicate<Prompt> poison) {
    serving.set(
        OpenGenerations.of(
            Optional.of(open(poison)), List.of(), Set.of(), Optional.empty(), Optional.empty()));
  }

  /** Serves at once, beside a candidate that answers no user. */
  public void serve(Serving serving, TinyGeneration candidate) {
    serving.set(
        OpenGenerations.of(
            Optional.of(open(prompt -> false)),
            List.of(candidate.open(prompt -> false)),
            Set.of(),
            Optional.of(new Comparison(candidate.generation, 0)),
            Optional.empty()));
  }

  /** Serves at once, beside a candidate and after another one that is open for a rollback. */
  public void serve(Serving serving, TinyGeneration candidate, TinyGeneration former) {
    serving.set(
        OpenGenerations.of(
            Optional.of(open(prompt -> false)),
            List.of(candidate.open(prompt -> false), former.open(prompt -> false)),
            Set.of(),
            Optional.of(new Comparison(candidate.generation, 0)),
            Optional.of(former.generation)));
  }

  /** Serves at once, after another one that is open for a rollback. */
  public void serveAfter(Serving serving, TinyGeneration former) {
    serving.set(
        OpenGenerations.of(
            Optional.of(open(prompt -> false)),
            List.of(former.open(prompt -> false)),
            Set.of(),
            Optional.empty(),
            Optional.of(former.generation)));
  }

  private ServingGeneration open(Predicate<Prompt> poison) {
    LoadedGeneration loaded = load();
    BiFunction<Prompt, Catalogue, Answer> answering =
        (prompt, catalogue) -> {
          check(!poison.test(prompt), "answer failed");
          return answer(prompt, catalogue);
        };
    return ServingGeneration.of(
        new LoadedGeneration(generation, loaded.natives(), loaded.catalogue(), answering),
        Map.of());
  }

  /** Forgets that it was closed, as a new process would. */
  public void reopen() {
    closed.set(0);
  }

  private Answer answer(Prompt prompt, Catalogue catalogue) {
    check(closed.get() == 0, "generation %s answers after it was closed", generation);
    List<RankedItem> all =
        IntStream.range(0, catalogue.size())
            .mapToObj(row -> new RankedItem(catalogue.item(row), 1, catalogue.id(row)))
            .filter(item -> !prompt.excluded().contains(item.item()))
            .limit(prompt.k())
            .toList();
    check(closed.get() == 0, "generation %s was closed while it answered", generation);
    return new Answer(Reply.Status.OK, all, "", catalogue.generation());
  }

  public Assignments assignments() {
    int rows = items.size();
    int[][] codes = new int[rows][];
    float[][] vectors = new float[rows][];
    for (int row = 0; row < rows; row++) {
      codes[row] = new int[] {row, 1};
      vectors[row] = new float[] {1, 0};
    }
    return new Assignments(
        items.stream().map(ItemId::new).toList(),
        codes,
        vectors,
        new float[rows][1],
        new float[rows],
        new float[rows]);
  }

  /** An item's place in this generation. */
  public CodedItem coded(String item, int code) {
    return new CodedItem(
        new ItemId(item), new SemanticId(generation, new int[] {code, 2}), new float[] {0, 1});
  }

  public GenerationAnnouncement announced(GenerationState state) {
    return new GenerationAnnouncement(
        generation,
        state,
        "because",
        "a".repeat(64),
        Optional.empty(),
        new CorpusOffsets(Map.of()),
        Map.of(),
        Instant.EPOCH);
  }
}
