package io.sidestream.model.store;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.settings.SettingValues;
import java.io.Serializable;
import java.net.URI;

/**
 * How a bucket is reached. Texts are empty where nothing is set: then the environment decides, as
 * for every program that uses AWS' client.
 *
 * @param endpoint URL of an S3-compatible server; empty for AWS
 * @param region for example {@code eu-west-1}
 * @param pathStyle whether the bucket is named in the path and not in the host
 */
public record S3Access(
    String endpoint, String region, boolean pathStyle, String accessKey, String secretKey)
    implements Serializable {
  static final S3Access DEFAULT = new S3Access("", "", true, "", "");

  public S3Access {
    check(
        accessKey.isEmpty() == secretKey.isEmpty(),
        "of bundles.s3.access.key and bundles.s3.secret.key one is set, expected both or none");
    check(
        endpoint.isEmpty() || isHttp(endpoint),
        "bundles.s3.endpoint is %s, expected a URL such as https://host:9000",
        endpoint);
  }

  private static boolean isHttp(String endpoint) {
    try {
      URI uri = new URI(endpoint);
      return uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?");
    } catch (java.net.URISyntaxException e) {
      return false;
    }
  }

  static S3Access of(SettingValues values) {
    return new S3Access(
        values.text("bundles.s3.endpoint").strip(),
        values.text("bundles.s3.region").strip(),
        values.flag("bundles.s3.path.style"),
        values.secret("bundles.s3.access.key").orElse(""),
        values.secret("bundles.s3.secret.key").orElse(""));
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return "S3Access[endpoint=%s, region=%s, pathStyle=%s]".formatted(endpoint, region, pathStyle);
  }
}
