package io.sidestream.model.store;

import java.util.UUID;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** On a server that runs elsewhere; its bucket must exist. */
@EnabledIfSystemProperty(
    named = "sidestream.s3.endpoint",
    matches = ".+",
    disabledReason =
        "no S3 server is given: set sidestream.s3.endpoint, .bucket, .access.key and .secret.key")
class S3ServerOfYoursTest extends S3BundleStoreContract {
  private final String prefix = UUID.randomUUID().toString();

  @Override
  BundleStoreConfig config(String cache) {
    return new BundleStoreConfig(
        "s3://" + property("bucket") + "/" + prefix,
        directory.resolve(cache).toString(),
        2,
        new S3Access(
            property("endpoint"), "", true, property("access.key"), property("secret.key")),
        "");
  }

  private static String property(String name) {
    return System.getProperty("sidestream.s3." + name, "");
  }
}
