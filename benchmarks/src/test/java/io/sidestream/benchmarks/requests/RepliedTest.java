package io.sidestream.benchmarks.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepliedTest {
  private static final long MILLIS = 1_000_000;

  @Test
  void into_repliesOfOneStep_areCountedByWhatBecameOfThem() {
    long[] latencies = {30 * MILLIS, 10 * MILLIS, 2_000 * MILLIS, 20 * MILLIS};
    Replied replied = new Replied(7, latencies, new long[] {MILLIS}, 2, 1_000 * MILLIS);
    ObjectNode line = replied.into(new ObjectMapper().createObjectNode());
    assertEquals(3, line.get("good").asInt());
    assertEquals(1, line.get("late").asInt());
    assertEquals(1, line.get("refused").asInt());
    assertEquals(2, line.get("unanswered").asInt());
    assertEquals(1.5, line.get("good_per_s").asDouble());
    assertEquals(20, line.get("p50_ms").asDouble());
  }

  @Test
  void number_ofABundle_isThatOfItsName() {
    assertEquals(1_000_000, RequestPath.number(Path.of("bundles", "generation-1000000")));
    assertEquals(999_999, RequestPath.number(Path.of("bundles", "generation-999999")));
    assertEquals(-1, RequestPath.number(Path.of("bundles", "other")));
  }

  @Test
  void request_sameSeed_isTheSame() {
    Workload workload =
        new Workload(Topics.DEFAULT, List.of("a", "b"), List.of(new ItemId("i")), 3, 1);
    for (Workload.Kind kind : Workload.Kind.values()) {
      assertEquals(
          HexFormat.of().formatHex(workload.request(kind, 2, 5, Optional.empty()).value()),
          HexFormat.of().formatHex(workload.request(kind, 2, 5, Optional.empty()).value()));
    }
    assertEquals(60, workload.interactions().size());
  }

  /** All steps asked for the same, so that those behind the first met kept vectors of queries. */
  @Test
  void request_anotherStep_isAnother() {
    List<String> words = IntStream.range(0, 1_000).mapToObj(i -> "word" + i).toList();
    Workload workload = new Workload(Topics.DEFAULT, words, List.of(new ItemId("i")), 3, 1);
    Set<String> queries = new HashSet<>();
    for (int step = 1; step <= 2; step++) {
      for (int i = 0; i < 20; i++) {
        queries.add(
            HexFormat.of()
                .formatHex(
                    workload.request(Workload.Kind.SEARCH, step, i, Optional.empty()).value()));
      }
    }
    assertEquals(40, queries.size());
  }

  @Test
  void parse_values_areTakenAndUnknownOnesRefused() {
    RequestOptions options = RequestOptions.parse("rates=5", "settings=a=b,c=d");
    assertEquals(List.of(5), options.rates());
    assertEquals(List.of("a=b", "c=d"), options.settings());
    assertEquals(Duration.ofSeconds(1), options.limit());
    assertThrows(IllegalArgumentException.class, () -> RequestOptions.parse("colour=red"));
    assertThrows(IllegalArgumentException.class, () -> RequestOptions.parse("deadlines=yes"));
    assertTrue(RequestOptions.parse("deadlines=true").deadlines());
  }
}
