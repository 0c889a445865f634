package io.sidestream.rehearsal;

import io.sidestream.datasets.sample.ChangingSample;
import io.sidestream.datasets.sample.ChangingSample.Day;
import io.sidestream.datasets.sample.ChangingSample.Occurrence;
import io.sidestream.index.serving.Lease;
import io.sidestream.index.serving.ServingGeneration;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.ranking.Answer;
import io.sidestream.model.resources.CloseableStack;
import io.sidestream.model.store.BundleStore;
import io.sidestream.model.store.BundleStoreConfig;
import io.sidestream.model.store.FetchListener;
import io.sidestream.model.store.GenerationOpener;
import io.sidestream.rehearsal.RehearsalResult.Announced;
import io.sidestream.rehearsal.RehearsalResult.Arm;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationDecision;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.GenerationTest;
import io.sidestream.schemas.GenerationTest.GivenAnswer;
import io.sidestream.schemas.GenerationTest.Outcome;
import io.sidestream.schemas.GenerationTest.Task;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.TrainingRequest.Reason;
import io.sidestream.trainer.watching.CandidateTrials;
import io.sidestream.trainer.watching.GenerationRule;
import io.sidestream.trainer.watching.RecallBlocks;
import io.sidestream.trainer.watching.Rollbacks;
import io.sidestream.trainer.watching.Ruling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * Days in which each event is asked for, answered, tested and learned from, and rules decide on
 * trainings, candidates and rollbacks; beside the system its first generation, and an oracle that
 * is trained in full each night. One thread, so that equal settings give equal days.
 */
public final class Rehearsal implements AutoCloseable {
  /*
   * No Kafka and no Flink: announcements, events and counts go from call to call. What decides is
   * the system's own: the pipeline with its gate and its rule of refreshes, the rules on tests, the
   * switch of generations, and the retriever. A training takes no simulated time. Each request
   * takes its lease before the switch does what is due, so that every swap has a request under way.
   */
  private static final Map<String, String> NO_GATE =
      Map.of(
          "trainer.refresh.most", "0",
          "trainer.gate.search.min.recall", "0",
          "trainer.gate.recommendation.min.recall", "0",
          "trainer.gate.margin", "1",
          "trainer.gate.min.lift", "0");

  private final RehearsalSettings settings;
  private final ChangingSample world;
  private final SimulatedClock clock = new SimulatedClock();
  private final EventLog log;
  private final CloseableStack parts = new CloseableStack();
  private final RehearsedIndex index;
  private final RehearsedTrainer trainer;
  private final RehearsedTrainer oracleTrainer;
  private final GenerationOpener opener;
  private final GenerationOpener oracleOpener;
  private final RecallBlocks recall;
  private final List<GenerationRule> rules;
  private final List<Announced> announced = new ArrayList<>();
  private GenerationHistory oracles = GenerationHistory.NONE;
  private Instant lastRequest = Instant.EPOCH;
  private int requests;
  private int failed;
  private int mixed;

  /**
   * @param work empty; holds bundles and the index
   * @param cpuSeconds of this process so far
   */
  public Rehearsal(
      RehearsalSettings settings, Path work, DoubleSupplier cpuSeconds, TrainingProgress progress)
      throws IOException {
    this.settings = settings;
    this.world = new ChangingSample(settings.seed(), settings.plan());
    this.log =
        new EventLog(
            settings.training().counting(),
            new CountedNeighbours(settings.training().neighbours()));
    BundleStore store = store(work.resolve("generations"));
    BundleStore oracleStore = store(work.resolve("oracle"));
    this.opener = new GenerationOpener(store, OnnxSessions.cpu(1), FetchListener.NONE);
    this.oracleOpener = new GenerationOpener(oracleStore, OnnxSessions.cpu(1), FetchListener.NONE);
    this.index =
        parts.add(
            new RehearsedIndex(opener, work.resolve("index"), log.counts(), log.items(), clock));
    this.trainer =
        new RehearsedTrainer(
            Arm.SYSTEM,
            settings.training(),
            store,
            work.resolve("trainer"),
            Optional.of(0.0).filter(share -> settings.trials().isOn()),
            clock,
            cpuSeconds,
            progress,
            this::announce);
    this.oracleTrainer =
        new RehearsedTrainer(
            Arm.ORACLE,
            settings.training().with(NO_GATE),
            oracleStore,
            work.resolve("oracle-trainer"),
            Optional.empty(),
            clock,
            cpuSeconds,
            progress,
            one -> oracles = oracles.with(one));
    this.recall = new RecallBlocks(settings.drift());
    List<GenerationRule> some = new ArrayList<>();
    if (settings.rollbacks().isOn()) {
      some.add(new Rollbacks(settings.rollbacks()));
    }
    if (settings.trials().isOn()) {
      some.add(new CandidateTrials(settings.trials()));
    }
    this.rules = List.copyOf(some);
  }

  private BundleStore store(Path directory) {
    return parts.add(BundleStore.of(BundleStoreConfig.directory(directory)));
  }

  /** Runs all days; called once. */
  public RehearsalResult run() throws IOException, InterruptedException {
    Day before = world.before();
    before.films().forEach(log::add);
    before.events().forEach(log::add);
    clock.set(at(before.events().get(before.events().size() - 1)));
    train(0, Reason.NEW_EVENTS, "the first generation");
    index.step();
    GenerationAnnouncement first = FirstGeneration.of(index.history());
    List<RehearsalResult.Day> days = new ArrayList<>();
    try (FixedGeneration frozen = FixedGeneration.open(opener, first, log.counts(), log.items())) {
      for (int day = 1; day <= settings.plan().days(); day++) {
        try (FixedGeneration oracle = oracle(first)) {
          days.add(live(world.next(), frozen, oracle));
        }
        if (day < settings.plan().days()) {
          oracleTrainer.train(day, log.corpus(false), Reason.AGE, "each night", oracles);
        }
      }
    }
    List<RehearsalResult.Training> trainings =
        Stream.of(trainer, oracleTrainer).flatMap(one -> one.trainings().stream()).toList();
    return new RehearsalResult(days, trainings, announced, requests, failed, mixed);
  }

  private FixedGeneration oracle(GenerationAnnouncement first) throws IOException {
    Optional<GenerationAnnouncement> last = oracles.serving();
    return last.isPresent()
        ? FixedGeneration.open(oracleOpener, last.get(), log.counts(), log.items())
        : FixedGeneration.open(opener, first, log.counts(), log.items());
  }

  private RehearsalResult.Day live(Day day, FixedGeneration frozen, FixedGeneration oracle)
      throws IOException, InterruptedException {
    for (Item film : day.films()) {
      log.add(film);
      index.add(film);
      frozen.add(film);
      oracle.add(film);
    }
    DayTests tests = new DayTests();
    for (Occurrence one : day.events()) {
      clock.set(at(one));
      Optional<Prompt> prompt = log.before(one);
      Optional<String> fallen = Optional.empty();
      if (prompt.isPresent()) {
        fallen = meet(prompt.get(), one, frozen, oracle, tests);
      } else {
        index.step();
      }
      log.add(one);
      decide();
      request(day.number(), fallen);
    }
    return tests.day(day.number());
  }

  /** A user asks, is answered, and meets an item; a sentence where recall has fallen. */
  private Optional<String> meet(
      Prompt prompt,
      Occurrence one,
      FixedGeneration frozen,
      FixedGeneration oracle,
      DayTests tests) {
    ItemId item = one.event().fold(Interaction::item, Search::clicked);
    Task task = prompt.fold(search -> Task.SEARCH, history -> Task.RECOMMENDATION);
    try (Lease lease = index.serving().acquire()) {
      index.step();
      ServingGeneration live = lease.generation().orElseThrow();
      GivenAnswer given = answered(live, prompt, item);
      if (!one.spam()) {
        boolean hit = given.outcome() == Outcome.HIT;
        Set<Arm> hits = EnumSet.noneOf(Arm.class);
        add(hits, Arm.SYSTEM, hit);
        add(hits, Arm.FROZEN, hit(frozen, live, hit, prompt, item));
        add(hits, Arm.ORACLE, hit(oracle, live, hit, prompt, item));
        tests.add(task, hits);
      }
      List<GivenAnswer> answers = new ArrayList<>(List.of(given));
      answers.addAll(beside(live, prompt, item));
      GenerationTest test = new GenerationTest(task, clock.instant(), answers);
      rules.forEach(rule -> rule.add(test));
      return recall.add(test);
    }
  }

  private static void add(Set<Arm> hits, Arm arm, boolean hit) {
    if (hit) {
      hits.add(arm);
    }
  }

  /** What answers is not asked twice: the first generation may be frozen, live and the oracle's. */
  private boolean hit(
      FixedGeneration fixed, ServingGeneration live, boolean liveHit, Prompt prompt, ItemId item) {
    GenerationAnnouncement serving = index.history().find(live.generation()).orElseThrow();
    return fixed.isOf(serving) ? liveHit : fixed.finds(prompt, item);
  }

  /** A request: it counts, and so does what is wrong with its answer. */
  private GivenAnswer answered(ServingGeneration live, Prompt prompt, ItemId item) {
    requests++;
    try {
      Answer answer = live.answer(prompt);
      mixed += isOfOne(live, answer) ? 0 : 1;
      return outcome(live, answer, item);
    } catch (RuntimeException e) { // counted: that something failed is shown by the result
      LoggerFactory.getLogger(Rehearsal.class).warn("a request was not answered", e);
      failed++;
      return new GivenAnswer(live.generation(), Outcome.MISS, 0, List.of());
    }
  }

  private static boolean isOfOne(ServingGeneration live, Answer answer) {
    return answer.generation().equals(live.generation())
        && answer.items().stream()
            .allMatch(
                one ->
                    one.id().generation().equals(live.generation())
                        && live.catalogue().contains(one.item()));
  }

  private static GivenAnswer outcome(ServingGeneration by, Answer answer, ItemId item) {
    boolean hit = answer.items().stream().anyMatch(one -> one.item().equals(item));
    Outcome outcome = hit ? Outcome.HIT : Outcome.MISS;
    return new GivenAnswer(by.generation(), outcome, 0, List.of());
  }

  /** The candidate and the generation before, tested by the same event. */
  private List<GivenAnswer> beside(ServingGeneration live, Prompt prompt, ItemId item) {
    try (Lease candidate = index.serving().acquireCandidate();
        Lease former = index.serving().acquireFormer()) {
      return Stream.of(candidate.generation(), former.generation())
          .flatMap(Optional::stream)
          .filter(one -> !one.generation().equals(live.generation()))
          .map(one -> outcome(one, one.answer(prompt), item))
          .toList();
    }
  }

  private void decide() {
    for (GenerationRule rule : rules) {
      Optional<Ruling> ruling = rule.look(index.history(), clock.instant());
      ruling.stream().flatMap(one -> one.steps().stream()).forEach(this::announce);
    }
  }

  private void request(int day, Optional<String> fallen) throws IOException, InterruptedException {
    Instant now = clock.instant();
    if (fallen.isPresent() && settings.drift().mayRequest(Optional.of(lastRequest), now)) {
      recall.requested();
      train(day, Reason.DRIFT, fallen.get());
    } else if (!now.isBefore(lastRequest.plus(settings.age()))) {
      train(day, Reason.AGE, settings.age() + " since the last request");
    }
  }

  private void train(int day, Reason reason, String detail)
      throws IOException, InterruptedException {
    lastRequest = clock.instant();
    trainer.train(day, log.corpus(true), reason, detail, index.history());
  }

  private void announce(GenerationAnnouncement one) {
    String decided =
        one.rollout().decisions().stream()
            .filter(decision -> decision.author().at().equals(one.announcedAt()))
            .map(GenerationDecision::author)
            .map(author -> author.by() + ": " + author.why())
            .reduce((earlier, later) -> later)
            .orElse(one.reason());
    announced.add(
        new Announced(
            clock.instant().toString(),
            one.generation().number(),
            one.state().name().toLowerCase(Locale.ROOT),
            decided));
    try {
      index.announce(one);
    } catch (IOException e) {
      throw new UncheckedIOException("generation " + one.generation() + " cannot be opened", e);
    }
  }

  private static Instant at(Occurrence one) {
    return one.event().fold(Interaction::at, Search::at);
  }

  @Override
  public void close() {
    parts.close();
  }
}
