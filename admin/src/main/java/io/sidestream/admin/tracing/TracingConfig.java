package io.sidestream.admin.tracing;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.settings.SettingValues;
import io.sidestream.schemas.settings.SharedSettings;
import java.net.URI;
import java.util.Optional;

/**
 * Where spans go.
 *
 * @param endpoint of OTLP over HTTP; empty for no spans
 * @param sampleRatio share of the requests without a trace that get one; the others' traces say
 *     themselves whether they are sampled
 */
public record TracingConfig(Optional<URI> endpoint, double sampleRatio) {
  /** No spans. */
  public static final TracingConfig OFF = new TracingConfig(Optional.empty(), 0);

  public TracingConfig {
    endpoint.ifPresent(
        uri ->
            check(
                ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null,
                "%s is %s, expected a URL such as http://127.0.0.1:4318/v1/traces",
                SharedSettings.TRACING_ENDPOINT,
                uri));
  }

  /** What is set. */
  public static TracingConfig of(SettingValues values) {
    String endpoint = values.text(SharedSettings.TRACING_ENDPOINT).strip();
    return new TracingConfig(
        endpoint.isEmpty() ? Optional.empty() : Optional.of(URI.create(endpoint)),
        values.real(SharedSettings.TRACING_RATIO));
  }
}
