package io.sidestream.benchmarks.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScaleSimulationTest {
  private static final String[] SMALL = {
    "items=1e8", "rate=2000", "seconds=2", "first-codes=64", "memory-gib=8"
  };

  @Test
  void run_sameOptions_givesTheSameLine() throws Exception {
    assertEquals(printed(SMALL), printed(SMALL));
    assertTrue(new ObjectMapper().readTree(printed(SMALL)).get("simulated").booleanValue());
  }

  @Test
  void run_onlyShardsThatBeamsReach_visitsFewerThanAll() {
    ScaleResult reached = simulate(SMALL);
    ScaleResult everywhere = simulate(with(SMALL, "everywhere=true"));

    assertEquals(everywhere.deployment().shards(), everywhere.fanOut(), 1e-9);
    assertTrue(reached.fanOut() < everywhere.fanOut());
    assertTrue(reached.distinctCodes() >= reached.fanOut());
  }

  @Test
  void run_neighboursOnOneShard_visitsFewerShardsThanModulo() {
    ScaleResult neighbours = simulate(SMALL);
    ScaleResult modulo = simulate(with(SMALL, "layout=modulo"));

    assertTrue(neighbours.fanOut() < modulo.fanOut());
  }

  @Test
  void run_hedgedVisits_cutThePausesOffTheTail() {
    String[] pausing = with(SMALL, "pause-share=0.01", "pause-ms=200");

    assertTrue(simulate(with(pausing, "hedge-ms=10")).p99() < simulate(pausing).p99() / 2);
  }

  /** One queue, one core, exponential service: the time in the system is 1 / (1 / s - rate). */
  @Test
  void serve_oneCoreByPoisson_waitsAsTheTheorySays() {
    Replicas replicas = new Replicas(1, 1);
    SplittableRandom random = new SplittableRandom(1);
    int visits = 100_000;
    double time = 0;
    double sum = 0;
    for (int i = 0; i < visits; i++) {
      time += exponential(random);
      sum += replicas.serve(0, time, .5 * exponential(random)) - time;
    }

    assertEquals(1, sum / visits, .05);
    assertEquals(.5, replicas.utilization(time), .02);
  }

  @Test
  void of_balancedLoads_differByLessThanTheLargestCode() {
    double[] loads = IntStream.rangeClosed(1, 64).mapToDouble(i -> 100.0 / i).toArray();
    ShardMap map = ShardMap.of(ShardMap.Layout.BALANCED, loads, 3);
    double[] sums = new double[3];
    IntStream.range(0, loads.length).forEach(code -> sums[map.shard(code)] += loads[code]);

    assertTrue(IntStream.range(0, 3).allMatch(s -> Math.abs(sums[s] - sums[0]) < 100));
  }

  @Test
  void of_asManyShardsAsCodes_givesEachCodeItsOwn() {
    for (ShardMap.Layout layout : ShardMap.Layout.values()) {
      ShardMap map = ShardMap.of(layout, new double[] {9, .1, .1, 1}, 4);
      assertEquals(4, IntStream.range(0, 4).map(map::shard).distinct().count(), layout.name());
    }
  }

  @Test
  void parse_outOfRange_saysWhatIsWrong() {
    for (String wrong : new String[] {"rate=1e9", "utilization=1", "layout=x", "items=many"}) {
      assertThrows(IllegalArgumentException.class, () -> ScaleOptions.parse(wrong), wrong);
    }
    String[] tooLarge = {"items=1e12", "first-codes=4"};
    assertThrows(IllegalArgumentException.class, () -> simulate(tooLarge));
  }

  private static double exponential(SplittableRandom random) {
    return -Math.log(1 - random.nextDouble());
  }

  private static ScaleResult simulate(String... arguments) {
    return new ScaleSimulation(ScaleOptions.parse(arguments)).run();
  }

  private static String[] with(String[] arguments, String... more) {
    return java.util.stream.Stream.concat(
            java.util.Arrays.stream(arguments), java.util.Arrays.stream(more))
        .toArray(String[]::new);
  }

  private static String printed(String... arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Scale.run(new PrintStream(bytes, true, StandardCharsets.UTF_8), arguments);
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
