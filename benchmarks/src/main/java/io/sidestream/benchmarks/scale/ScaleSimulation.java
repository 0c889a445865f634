package io.sidestream.benchmarks.scale;

import io.sidestream.benchmarks.measure.RandomDraws;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A discrete-event simulation of requests that come by a Poisson process, are encoded and generated
 * at a front, and then visit the shards of their beams' first codes at once. It is done when the
 * last shard has replied. The same options give the same result.
 */
final class ScaleSimulation {
  private static final double WARM_UP = .2; // share of the time that is left out
  private static final double SERVICE_DEVIATION = .3; // of the logarithm of a time of service
  private static final double HOP_DEVIATION = .5; // likewise of a hop
  private static final int SAMPLED_LOADS = 5_000; // requests that the shard map is made from

  private final ScaleOptions options;
  private final CostModel costs;
  private final Deployment deployment;
  private final SplittableRandom random;
  private final Reach reach;
  private final ShardMap map;
  private final Replicas front;
  private final Replicas[] shards;
  private final PriorityQueue<ShardCall> visits =
      new PriorityQueue<>(
          Comparator.comparingDouble(ShardCall::time)
              .thenComparingInt(ShardCall::request)
              .thenComparingInt(ShardCall::shard));
  private final double[] arrivals;
  private final double[] ends;
  private long codes;
  private long fanOut;

  /**
   * A visit to a shard that is on its way.
   *
   * @param first when it was first sent, for a hedged one
   * @param machine that it must not go to again; -1: none
   */
  private record ShardCall(
      double time, int request, int shard, int beams, double first, int machine) {}

  ScaleSimulation(ScaleOptions options) {
    this.options = options;
    costs = options.costs();
    deployment = Deployment.of(options);
    random = new SplittableRandom(options.seed());
    reach = new Reach(options, random.split());
    map = ShardMap.of(options.layout(), loads(random.split()), deployment.shards());
    front = new Replicas(deployment.fronts(), options.cores());
    shards = new Replicas[deployment.shards()];
    Arrays.setAll(shards, i -> new Replicas(deployment.replicas(), options.cores()));
    int requests = (int) Math.max(1, options.rate() * options.seconds());
    arrivals = new double[requests];
    ends = new double[requests];
  }

  ScaleResult run() {
    double time = 0;
    for (int request = 0; request < arrivals.length; request++) {
      time += -Math.log(1 - random.nextDouble()) * 1e3 / options.rate();
      arrivals[request] = time;
      visitUntil(time);
      generate(request, time);
    }
    visitUntil(Double.POSITIVE_INFINITY);
    return result(time);
  }

  private void generate(int request, double time) {
    double generated =
        front.serve(front.choose(random), time, varied(costs.frontMillis(), SERVICE_DEVIATION));
    int[] beams = new int[shards.length];
    boolean[] reached = new boolean[options.firstCodes()];
    for (int code : reach.draw(random)) {
      beams[map.shard(code)]++;
      codes += reached[code] ? 0 : 1;
      reached[code] = true;
    }
    for (int shard = 0; shard < beams.length; shard++) {
      if (beams[shard] > 0 || options.everywhere()) {
        double arrival = generated + hop();
        visits.add(new ShardCall(arrival, request, shard, beams[shard], arrival, -1));
        fanOut++;
      }
    }
  }

  private void visitUntil(double time) {
    while (!visits.isEmpty() && visits.peek().time() <= time) {
      visit(visits.remove());
    }
  }

  private void visit(ShardCall visit) {
    Replicas replicas = shards[visit.shard()];
    boolean hedged = visit.machine() >= 0;
    int machine = hedged ? replicas.another(visit.machine(), random) : replicas.choose(random);
    double work =
        costs.visitMillis() + visit.beams() * options.itemsPerId() * costs.scanNanos() / 1e6;
    double done = replicas.serve(machine, visit.time(), varied(work, SERVICE_DEVIATION) + pause());
    if (!hedged && options.hedgeMillis() > 0 && done - visit.time() > options.hedgeMillis()) {
      hedge(visit, machine, done);
    } else {
      end(visit, hedged ? Math.min(done, visit.first()) : done);
    }
  }

  /** The first reply counts: the second visit knows when the first will be done. */
  private void hedge(ShardCall visit, int machine, double done) {
    visits.add(
        new ShardCall(
            visit.time() + options.hedgeMillis(),
            visit.request(),
            visit.shard(),
            visit.beams(),
            done,
            machine));
  }

  private void end(ShardCall visit, double done) {
    ends[visit.request()] = Math.max(ends[visit.request()], done + hop());
  }

  private double hop() {
    return varied(costs.hopMillis(), HOP_DEVIATION);
  }

  private double pause() {
    return random.nextDouble() < costs.pauseShare() ? costs.pauseMillis() : 0;
  }

  /** A log-normal time with this median. */
  private double varied(double median, double deviation) {
    return median * Math.exp(deviation * RandomDraws.gaussian(random));
  }

  private double[] loads(SplittableRandom sample) {
    double[] loads = new double[options.firstCodes()];
    for (int request = 0; request < SAMPLED_LOADS; request++) {
      for (int code : reach.draw(sample)) {
        loads[code]++;
      }
    }
    return loads;
  }

  private ScaleResult result(double end) {
    int from = (int) (arrivals.length * WARM_UP);
    double[] times = new double[arrivals.length - from];
    Arrays.setAll(times, i -> ends[from + i] - arrivals[from + i]);
    Arrays.sort(times);
    double[] used = Arrays.stream(shards).mapToDouble(shard -> shard.utilization(end)).toArray();
    return new ScaleResult(
        deployment,
        times.length,
        (double) codes / arrivals.length,
        (double) fanOut / arrivals.length,
        quantile(times, .5),
        quantile(times, .99),
        quantile(times, .999),
        front.utilization(end),
        Arrays.stream(used).average().orElse(0),
        Arrays.stream(used).max().orElse(0));
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  }
}
