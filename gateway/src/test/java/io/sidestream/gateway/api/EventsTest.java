package io.sidestream.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class EventsTest {
  private final List<Integer> called = new ArrayList<>();

  /** Each of a thousand events waited in turn for brokers that were away. */
  @Test
  void all_oneHasFailedWhenItsCallReturns_thoseBehindAreNotSent() {
    CompletableFuture<Void> under = new CompletableFuture<>();
    CompletableFuture<Void> all =
        Events.all(
            List.of(
                send(1, under),
                send(2, CompletableFuture.failedFuture(new TimeoutException("no metadata"))),
                send(3, CompletableFuture.completedFuture(null))));

    assertEquals(List.of(1, 2), called);
    assertFalse(all.isDone(), "the first is under way");
    under.complete(null);
    assertTrue(all.isCompletedExceptionally());
  }

  @Test
  void all_noneFails_areSentInOrder() {
    CompletableFuture<Void> under = new CompletableFuture<>();
    CompletableFuture<Void> all =
        Events.all(List.of(send(1, under), send(2, CompletableFuture.completedFuture(null))));

    assertEquals(List.of(1, 2), called);
    under.complete(null);
    assertTrue(all.isDone() && !all.isCompletedExceptionally());
  }

  private Supplier<CompletableFuture<Void>> send(int number, CompletableFuture<Void> done) {
    return () -> {
      called.add(number);
      return done;
    };
  }
}
