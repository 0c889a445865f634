package io.sidestream.index.answering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.index.answering.Admission.Verdict;
import io.sidestream.index.answering.PromptQueue.Taken;
import io.sidestream.index.replies.BrokerTime;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.Prompt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ten times as many prompts as can be answered, under a clock of its own. */
class FloodTest {
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
  private static final int WORKERS = 2;
  private static final Duration MAX_WAIT = Duration.ofSeconds(2); // as the setting's default
  private static final Duration USEFUL = Duration.ofSeconds(2);
  private static final int STEP_MICROS = 500;
  private static final int STEPS = 60 * 1_000_000 / STEP_MICROS; // a minute

  /** One each 1.5 ms: searches take 40 to 120 ms of a worker, recommendations 4 to 36 ms. */
  private static final int STEPS_A_PROMPT = 3;

  /** Two hundred in a second. */
  private static final int BURST_STEPS = 2_000;

  private static final int STEPS_A_PROMPT_OF_BURST = 10;

  /** Fifty milliseconds. */
  private static final int STEPS_TO_A_PROMPT = 100;

  /** A prompt, and when it came; unit: steps. */
  private record Asked(Prompt prompt, Task task, int at) {}

  private final BrokerTime time =
      new BrokerTime(Clock.fixed(START, ZoneOffset.UTC), () -> nanos(this.now));
  private final Admission admission = new Admission(time, MAX_WAIT, Duration.ofMinutes(1));
  private final PromptQueue<Asked> queue = new PromptQueue<>(WORKERS);
  private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
  private final int[] busyUntil = new int[WORKERS];
  private final Deque<Asked> onItsWay = new ArrayDeque<>();
  private int now;
  private int asked;
  private int inTime;
  private long usefulSteps;
  private int mostWaiting;
  private int refusedEarly;

  /** Useful is what is answered within two seconds, or until its deadline. */
  @Tag("L4")
  @ParameterizedTest
  @CsvSource({"1,", "2,", "3,", "1,1000", "2,1000"})
  void flood_tenfold_workersDoUsefulWorkNineTenthsOfTheirTime(long seed, Integer deadlineMillis)
      throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    time.appended(START.toEpochMilli());
    for (now = 0; now < STEPS; now++) {
      if (now % STEPS_A_PROMPT == 0) {
        arrive(asked(Optional.ofNullable(deadlineMillis).map(Duration::ofMillis)));
      }
      work(random);
      int waiting = queue.waiting(Task.SEARCH) + queue.waiting(Task.RECOMMENDATION);
      mostWaiting = Math.max(mostWaiting, waiting);
    }
    int left = queue.waiting(Task.SEARCH) + queue.waiting(Task.RECOMMENDATION);
    int sent = verdicts.values().stream().mapToInt(Integer::intValue).sum() + left;
    assertEquals(STEPS / STEPS_A_PROMPT, sent, "each is answered, refused, dropped or waits");
    double useful = (double) usefulSteps / STEPS / WORKERS;
    assertTrue(useful >= .9, useful + " of the workers' time, " + verdicts + ", " + mostWaiting);
    assertTrue(mostWaiting < 600, mostWaiting + " waited at once");
    assertTrue(verdicts.get(Verdict.REFUSE) > 8 * inTime, verdicts + ", in time " + inTime);
  }

  /** Prompts take a while from the check of their requests: most are refused by it. */
  @Tag("L4")
  @ParameterizedTest
  @CsvSource({"1,", "2,", "1,1000"})
  void flood_tenfold_mostIsRefusedBeforeItsPromptIsWritten(long seed, Integer deadlineMillis)
      throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    time.appended(START.toEpochMilli());
    for (now = 0; now < STEPS; now++) {
      if (now % STEPS_A_PROMPT == 0) {
        check(Optional.ofNullable(deadlineMillis).map(Duration::ofMillis));
      }
      while (!onItsWay.isEmpty() && onItsWay.peek().at() + STEPS_TO_A_PROMPT <= now) {
        arrive(onItsWay.remove());
      }
      work(random);
    }
    double useful = (double) usefulSteps / STEPS / WORKERS;
    assertTrue(useful >= .9, useful + " of the workers' time, " + verdicts);
    int refused = refusedEarly + verdicts.get(Verdict.REFUSE);
    assertTrue(refusedEarly > .6 * refused, refusedEarly + " of " + refused + " are early");
  }

  /** A process that just started: its first answers take a hundred times what later ones do. */
  @Tag("L4")
  @Test
  void burst_toAColdProcess_isAnsweredWhole() throws Exception {
    time.appended(START.toEpochMilli());
    int answers = 0;
    for (now = 0; now < BURST_STEPS || !queue.isEmpty(); now++) {
      if (now < BURST_STEPS && now % STEPS_A_PROMPT_OF_BURST == 0) {
        arrive(asked(Optional.empty()));
      }
      for (int worker = 0; worker < WORKERS; worker++) {
        if (busyUntil[worker] <= now && !queue.isEmpty()) {
          answer(worker, queue.take().orElseThrow(), 5 + (int) (600 * Math.pow(.8, answers++)));
        }
      }
    }
    assertEquals(Map.of(Verdict.ANSWER, BURST_STEPS / STEPS_A_PROMPT_OF_BURST), verdicts);
  }

  private Asked asked(Optional<Duration> patience) {
    Task task = asked++ % 2 == 0 ? Task.SEARCH : Task.RECOMMENDATION;
    return new Asked(
        new Prompt.ForSearch("q", 3, Set.of(), patience.map(time.now()::plus)), task, now);
  }

  private void check(Optional<Duration> patience) {
    Asked each = asked(patience);
    Duration way = Duration.ofNanos(nanos(STEPS_TO_A_PROMPT));
    if (admission.refusesAhead(
        each.prompt().deadline(), time.now(), way, queue.expected(each.task()))) {
      refusedEarly++;
    } else {
      onItsWay.add(each);
    }
  }

  private void arrive(Asked each) {
    Instant at = START.plusNanos(nanos(each.at()));
    Verdict verdict = admission.onArrival(each.prompt(), at, queue.expected(each.task()));
    if (verdict == Verdict.ANSWER) {
      queue.add(each.task(), each);
    } else {
      verdicts.merge(verdict, 1, Integer::sum);
    }
  }

  private void work(SplittableRandom random) throws InterruptedException {
    for (int worker = 0; worker < WORKERS; worker++) {
      if (busyUntil[worker] <= now && !queue.isEmpty()) {
        Taken<Asked> taken = queue.take().orElseThrow();
        boolean search = taken.task() == Task.SEARCH;
        answer(worker, taken, search ? random.nextInt(40, 120) : random.nextInt(4, 36));
      }
    }
  }

  private void answer(int worker, Taken<Asked> taken, int millis) {
    Asked prompt = taken.prompt();
    Duration waited = Duration.ofNanos(nanos(now - prompt.at()));
    Instant at = START.plusNanos(nanos(prompt.at()));
    Duration answering = queue.isEmpty() ? Duration.ZERO : Duration.ofNanos((long) taken.charged());
    Verdict verdict = admission.onStart(prompt.prompt(), at, waited, answering);
    verdicts.merge(verdict, 1, Integer::sum);
    if (verdict != Verdict.ANSWER) {
      queue.notAnswered(taken, 0);
      return;
    }
    int steps = millis * 1_000 / STEP_MICROS;
    busyUntil[worker] = now + steps;
    queue.answered(taken, nanos(steps));
    Instant answered = time.now().plusNanos(nanos(steps));
    Instant last = prompt.prompt().deadline().orElse(at.plus(USEFUL));
    if (!answered.isAfter(last)) {
      inTime++;
      usefulSteps += steps;
    }
  }

  private static long nanos(int steps) {
    return steps * STEP_MICROS * 1_000L;
  }
}
