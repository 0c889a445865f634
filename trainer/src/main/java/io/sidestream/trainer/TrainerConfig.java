package io.sidestream.trainer;

import io.sidestream.admin.AdminConfig;
import io.sidestream.admin.tracing.TracingConfig;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.bundle.ManifestSignature;
import io.sidestream.model.store.BundleStoreConfig;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.settings.SettingValues;
import io.sidestream.schemas.settings.Settings;
import io.sidestream.schemas.settings.SettingsSchema;
import io.sidestream.schemas.settings.SharedSettings;
import io.sidestream.schemas.settings.TopicSettings;
import io.sidestream.trainer.watching.DriftRule;
import io.sidestream.trainer.watching.RollbackRule;
import io.sidestream.trainer.watching.TrialRule;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Configuration of the trainer process.
 *
 * @param kafka client settings, {@code bootstrap.servers} at least
 * @param topics of the catalogue whose requests it takes
 * @param store where bundles are published
 * @param signing what bundles are signed with
 * @param work what is kept between trainings, for speed alone
 * @param brokerTimeout how long a start waits for a broker
 * @param candidateShare share of users that a generation which passed the gate answers first,
 *     instead of going live
 * @param drift when a fall of recall requests a training
 * @param trials when a candidate is promoted or retired without an operator
 * @param rollbacks when one that went live is rolled back without an operator
 * @param retained how many bundles of rejected and retired generations stay in the store
 */
public record TrainerConfig(
    Map<String, Object> kafka,
    Topics topics,
    BundleStoreConfig store,
    Optional<PrivateKey> signing,
    Path work,
    int retained,
    AdminConfig admin,
    TracingConfig tracing,
    Duration brokerTimeout,
    Optional<Double> candidateShare,
    DriftRule drift,
    TrialRule trials,
    RollbackRule rollbacks,
    TrainingSettings training) {
  private static final String CANDIDATE = "trainer.candidate";
  private static final String SIGN_KEY = "trainer.sign.key";

  public static final SettingsSchema SCHEMA =
      new SettingsSchema("trainer")
          .include(SharedSettings.SCHEMA)
          .secret(SIGN_KEY, "Ed25519 private key in PEM that bundles are signed with, if any")
          .path("trainer.dir", "work/trainer", "what is kept between trainings, for speed alone")
          .integer(
              "trainer.retained.generations",
              3,
              0,
              1_000,
              "bundles of rejected and retired generations that stay in the store")
          .flag(
              CANDIDATE,
              false,
              "whether what passes the gate becomes a candidate beside the live one, not live")
          .real(
              "trainer.candidate.share",
              0,
              0,
              1,
              "of users that such a candidate answers at once; 0 until generations compare")
          .real(
              "trainer.drift.fall",
              0.2,
              0,
              1,
              "fall of recall on events as they come that requests a training; 0 for none")
          .duration(
              "trainer.drift.interval",
              "6h",
              "0s",
              "3650d",
              "least time between such a request and the last one, whatever that was for")
          .duration(
              "trainer.promote.within",
              "0s",
              "0s",
              "365d",
              "time of a candidate, then promoted if better on events, else retired; 0s: manual")
          .integer(
              "trainer.promote.tests",
              2_000,
              TrialRule.MIN_TESTS,
              TrialRule.MAX_TESTS,
              "events that such a candidate is compared by")
          .duration(
              "trainer.rollback.within",
              "0s",
              "0s",
              "365d",
              "time of one that went live, rolled back if worse on events than before; 0s: manual")
          .integer(
              "trainer.rollback.tests",
              2_000,
              TrialRule.MIN_TESTS,
              TrialRule.MAX_TESTS,
              "events of each look that such a generation is compared by")
          .include(AdminConfig.schema("trainer", AdminConfig.TRAINER_PORT))
          .include(TrainingSettings.SCHEMA);

  public TrainerConfig {
    kafka = Collections.unmodifiableMap(new TreeMap<>(kafka));
  }

  private static PrivateKey signing(String pem) {
    try {
      return ManifestSignature.signing(pem);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(SIGN_KEY + ": " + e.getMessage(), e);
    }
  }

  /**
   * The configuration that the settings give.
   *
   * @throws io.sidestream.schemas.settings.SettingsException with every mistake
   */
  public static TrainerConfig from(Settings settings) {
    return settings.read(SCHEMA, TrainerConfig::of);
  }

  public static TrainerConfig of(SettingValues values) {
    Topics topics = TopicSettings.topics(values);
    return new TrainerConfig(
        values.kafka(SharedSettings.KAFKA),
        topics,
        BundleStoreConfig.of(values),
        values.secret(SIGN_KEY).map(TrainerConfig::signing),
        topics.namespace().directory(values.path("trainer.dir")).toAbsolutePath().normalize(),
        values.integer("trainer.retained.generations"),
        AdminConfig.of(values, "trainer"),
        TracingConfig.of(values),
        SharedSettings.brokerTimeout(values),
        Optional.of(values.real("trainer.candidate.share")).filter(share -> values.flag(CANDIDATE)),
        new DriftRule(values.real("trainer.drift.fall"), values.duration("trainer.drift.interval")),
        new TrialRule(
            values.duration("trainer.promote.within"), values.integer("trainer.promote.tests")),
        new RollbackRule(
            values.duration("trainer.rollback.within"), values.integer("trainer.rollback.tests")),
        TrainingSettings.of(values));
  }
}
