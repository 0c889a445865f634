package io.sidestream.benchmarks.scale;

import static io.sidestream.benchmarks.measure.Measurement.rounded;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.benchmarks.measure.Measurement;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Simulates larger and larger deployments, or the one that the arguments describe. Nothing is
 * measured: the costs that go in are.
 */
public final class Scale {
  private static final List<List<String>> STEPS =
      List.of(
          List.of("items=1e6", "rate=500", "seconds=60"),
          List.of("items=1e7", "rate=5e3", "seconds=20"),
          List.of("items=1e8", "rate=2e4", "seconds=10"),
          List.of("items=1e9", "rate=1e5", "seconds=5"),
          List.of("items=1e9", "rate=1e5", "seconds=5", "layout=balanced"),
          List.of("items=1e9", "rate=1e5", "seconds=5", "layout=modulo"),
          List.of("items=1e9", "rate=1e5", "seconds=5", "everywhere=true"),
          List.of("items=1e9", "rate=1e5", "seconds=5", "hedge-ms=8"));

  private Scale() {}

  /** Simulates what the arguments say, or every step with them where they name neither size. */
  public static void main(String[] arguments) {
    try {
      run(System.out, arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  static void run(PrintStream out, String... arguments) {
    List<String> given = Arrays.asList(arguments);
    boolean sized = given.stream().anyMatch(a -> a.startsWith("items=") || a.startsWith("rate="));
    for (List<String> step : sized ? List.of(List.<String>of()) : STEPS) {
      List<String> all = new ArrayList<>(step);
      all.addAll(given);
      ScaleOptions options = ScaleOptions.parse(all.toArray(String[]::new));
      out.println(line(options, new ScaleSimulation(options).run()));
    }
  }

  private static ObjectNode line(ScaleOptions options, ScaleResult result) {
    Deployment deployment = result.deployment();
    return Measurement.of("scale")
        .put("simulated", true)
        .put("seed", options.seed())
        .put("items", options.items())
        .put("rate", options.rate())
        .put("layout", options.everywhere() ? "everywhere" : options.layout().name())
        .put("hedge_ms", options.hedgeMillis())
        .put("machines", deployment.machines())
        .put("fronts", deployment.fronts())
        .put("shards", deployment.shards())
        .put("replicas", deployment.replicas())
        .put("requests", result.requests())
        .put("distinct_codes", rounded(result.distinctCodes()))
        .put("fan_out", rounded(result.fanOut()))
        .put("p50_ms", rounded(result.p50()))
        .put("p99_ms", rounded(result.p99()))
        .put("p999_ms", rounded(result.p999()))
        .put("utilization_front", rounded(result.frontUtilization()))
        .put("utilization_shards", rounded(result.meanUtilization()))
        .put("utilization_hottest_shard", rounded(result.hottestUtilization()));
  }
}
