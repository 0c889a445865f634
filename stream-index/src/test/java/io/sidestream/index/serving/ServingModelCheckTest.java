package io.sidestream.index.serving;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.ranking.Catalogue;
import io.sidestream.schemas.Generation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Model checking of the serving reference and its reference counts by Lincheck, which explores the
 * thread schedules of small random scenarios, those with the fewest switches first. In all of them
 * a lease is on the generation that served at one moment while it was acquired (linearizability),
 * no generation is closed under a lease, and each replaced one is closed exactly once.
 */
class ServingModelCheckTest {
  private static final int SCENARIOS = 8;
  private static final int SCHEDULES = 250;

  @Tag("F7")
  @Test
  void leases_inEveryExploredSchedule_areOnOpenGenerations() {
    check(Leases.class, true);
  }

  /** The check fails where it should: here the result of the retain is ignored. */
  @Test
  void leases_withoutTheRetry_areCaught() {
    AssertionError e =
        assertThrows(AssertionError.class, () -> check(UncheckedLeases.class, false));
    assertTrue(e.getMessage().contains("swap()"), e.getMessage());
  }

  private static void check(Class<?> operations, boolean minimizeFailure) {
    new ModelCheckingOptions()
        .iterations(SCENARIOS)
        .invocationsPerIteration(SCHEDULES)
        .threads(3)
        .actorsBefore(1)
        .actorsPerThread(2)
        .actorsAfter(1)
        .minimizeFailedScenario(minimizeFailure)
        .logLevel(LoggingLevel.ERROR)
        .check(operations);
  }

  /** Requests against one thread that swaps generations, as {@link GenerationSwitch} does. */
  public static class Leases {
    private static final int MAX_GENERATIONS = 16;
    private static final Catalogue ITEMS = new TinyGeneration(1, "a").load().catalogue();

    private final Serving serving = new Serving();
    private final AtomicIntegerArray closes = new AtomicIntegerArray(MAX_GENERATIONS);
    private Optional<ServingGeneration> open = Optional.empty(); // the switching thread's
    private int last;

    Lease acquire() {
      return serving.acquire();
    }

    void set(Optional<ServingGeneration> next) {
      serving.set(
          OpenGenerations.of(next, List.of(), Set.of(), Optional.empty(), Optional.empty()));
    }

    /** The generation that a request was answered by; its lease is closed twice. */
    @Operation
    public String request() {
      Lease lease = acquire();
      String answer = lease.generation().map(this::answer).orElse("not ready");
      lease.close();
      lease.close();
      return answer;
    }

    private String answer(ServingGeneration leased) {
      int number = (int) leased.generation().number();
      return closes.get(number) == 0 ? "generation " + number : "closed under a lease";
    }

    @Operation(nonParallelGroup = "switch")
    public void swap() {
      int number = ++last;
      LoadedGeneration loaded =
          new LoadedGeneration(
              new Generation(number),
              () -> closes.incrementAndGet(number),
              ITEMS,
              (prompt, items) -> {
                throw new IllegalStateException("no prompt is answered here");
              });
      replace(Optional.of(ServingGeneration.of(loaded, Map.of())));
    }

    /** The same generation with newer items: its count goes on. */
    @Operation(nonParallelGroup = "switch")
    public void publish() {
      open = open.map(generation -> generation.with(ITEMS, Map.of()));
      set(open);
    }

    @Operation(nonParallelGroup = "switch")
    public void close() {
      replace(Optional.empty());
    }

    private void replace(Optional<ServingGeneration> next) {
      Optional<ServingGeneration> before = open;
      open = next;
      set(next);
      before.ifPresent(generation -> generation.natives().release());
    }

    /** After all threads: every generation but the open one was closed, exactly once. */
    @Validate
    public void closedExactlyOnce() {
      int serves = open.map(generation -> (int) generation.generation().number()).orElse(0);
      for (int number = 1; number <= last; number++) {
        int expected = number == serves ? 0 : 1;
        if (closes.get(number) != expected) {
          throw new IllegalStateException(
              "generation %d closed %d times".formatted(number, closes.get(number)));
        }
      }
    }
  }

  /** Broken on purpose: leases what it read, whether or not it could still retain it. */
  public static class UncheckedLeases extends Leases {
    private final AtomicReference<Optional<ServingGeneration>> current =
        new AtomicReference<>(Optional.empty());

    @Override
    Lease acquire() {
      Optional<ServingGeneration> now = current.get();
      now.ifPresent(generation -> generation.natives().tryRetain());
      return new Lease(now);
    }

    @Override
    void set(Optional<ServingGeneration> next) {
      current.set(next);
    }
  }
}
