package io.sidestream.rehearsal;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.datasets.sample.ChangingSample;
import io.sidestream.datasets.sample.SampleSize;
import io.sidestream.learning.settings.Profile;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.trainer.watching.DriftRule;
import io.sidestream.trainer.watching.RollbackRule;
import io.sidestream.trainer.watching.TrialRule;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What is rehearsed.
 *
 * @param seed of the world and of the trainings
 * @param training of the system; the oracle's are the same, but full and without a gate
 * @param age time since the last request after which one is made, whatever happens
 */
public record RehearsalSettings(
    long seed,
    ChangingSample.Plan plan,
    TrainingSettings training,
    DriftRule drift,
    TrialRule trials,
    RollbackRule rollbacks,
    Duration age) {
  /** Days of a rehearsal. */
  public static final int DAYS = 7;

  private static final int DAYS_BEFORE = 6;
  private static final int USERS_PER_CIRCLE = 24;
  private static final int FILMS_PER_DAY = 50;
  private static final int TRIALS_PER_DAY = 4;
  private static final int LOOKS_PER_DAY = 2;
  private static final Duration AGE = Duration.ofHours(52);

  /** Trainings of seconds on some hundred films, refreshes among them. */
  private static final Map<String, String> TRAINING =
      Map.ofEntries(
          Map.entry("trainer.text.max.tokens", "48"),
          Map.entry("trainer.encoder.dimensions", "64"),
          Map.entry("trainer.collaborative.dimensions", "32"),
          Map.entry("trainer.codebook.width", "32"),
          Map.entry("trainer.generator.sequence.dimensions", "32"),
          Map.entry("trainer.generator.sequence.feed.forward.dimensions", "64"),
          Map.entry("trainer.test.users", "150"),
          Map.entry("trainer.validation.users", "150"),
          Map.entry("trainer.test.searches", "150"),
          Map.entry("trainer.validation.searches", "150"),
          Map.entry("trainer.gate.margin", "0.1"),
          Map.entry("trainer.refresh.most", "6"),
          Map.entry("trainer.refresh.max.new.items", "0.3"));

  public RehearsalSettings {
    check(!age.isNegative() && !age.isZero(), "age is %s, expected more than zero", age);
  }

  /**
   * A week of a size.
   *
   * @param films those to come among them
   * @param events of users in a day
   * @param set settings of the trainer that differ
   */
  public static RehearsalSettings week(
      long seed, int films, int users, int events, Map<String, String> set) {
    Map<String, String> training = new HashMap<>(TRAINING);
    training.put("trainer.seed", Long.toString(seed));
    training.putAll(set);
    return new RehearsalSettings(
        seed,
        ChangingSample.Plan.week(
            new SampleSize(
                films, users, Math.max(2, users / USERS_PER_CIRCLE), DAYS_BEFORE * events),
            DAYS,
            films / FILMS_PER_DAY,
            events),
        TrainingSettings.profile(Profile.QUICK).with(training),
        new DriftRule(0.2, Duration.ofHours(6)),
        new TrialRule(Duration.ofDays(1), Math.max(TrialRule.MIN_TESTS, events / TRIALS_PER_DAY)),
        new RollbackRule(Duration.ofDays(4), Math.max(TrialRule.MIN_TESTS, events / LOOKS_PER_DAY)),
        AGE);
  }
}
