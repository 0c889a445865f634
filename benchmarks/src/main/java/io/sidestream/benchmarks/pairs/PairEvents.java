package io.sidestream.benchmarks.pairs;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.UserId;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Interactions from a seed: users alike, items by Zipf's law, a second between two events.
 *
 * @param idLength characters of an item's id
 */
record PairEvents(int events, int users, int items, int idLength, long seed) {
  private static final double ZIPF_EXPONENT = 0.9;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int HASH = 0x9E3779B1;

  PairEvents {
    check(
        idLength >= Integer.toString(items).length(),
        "ids of %d characters cannot name %d items",
        idLength,
        items);
  }

  /** Hands on each event, in order. */
  void forEach(Consumer<Interaction> consumer) {
    double[] cumulated = new double[items];
    double sum = 0;
    for (int item = 0; item < items; item++) {
      sum += Math.pow(item + 1, -ZIPF_EXPONENT);
      cumulated[item] = sum;
    }
    SplittableRandom random = new SplittableRandom(seed);
    for (int event = 0; event < events; event++) {
      int user = random.nextInt(users);
      int item = place(cumulated, random.nextDouble() * sum);
      consumer.accept(
          new Interaction(
              new UserId("user-" + user),
              new ItemId(id(item)),
              "view",
              1,
              START.plusSeconds(event)));
    }
  }

  private static int place(double[] cumulated, double at) {
    int low = 0;
    int high = cumulated.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulated[middle] < at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The item's number behind digits that depend on it, so that ids are not in popular order. */
  private String id(int item) {
    String number = Integer.toString(item);
    StringBuilder id = new StringBuilder();
    int hash = item;
    while (id.length() + number.length() < idLength) {
      hash = (hash + 1) * HASH;
      id.append(Character.forDigit(hash >>> 28, 16));
    }
    return id.append(number).toString();
  }
}
