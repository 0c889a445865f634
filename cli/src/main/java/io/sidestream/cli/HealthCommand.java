package io.sidestream.cli;

import io.sidestream.admin.AdminConfig;
import io.sidestream.admin.BearerToken;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.settings.SettingValues;
import io.sidestream.schemas.settings.SharedSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks the admin port of a process whether it is well. */
@Command(
    name = "health",
    description = "Ask a process for its health: exit code 0 when it is well, 1 when it is not.",
    mixinStandardHelpOptions = true)
final class HealthCommand implements Callable<Integer> {
  /** Processes that have an admin port, by name. */
  enum AdminPort {
    INDEX(AdminConfig.INDEX_PORT),
    INGEST(AdminConfig.INGEST_PORT),
    TRAINER(AdminConfig.TRAINER_PORT),
    GATEWAY(AdminConfig.GATEWAY_PORT);

    private final int usualPort;

    AdminPort(int usualPort) {
      this.usualPort = usualPort;
    }
  }

  /** What is asked. */
  enum Check {
    LIVE,
    READY,
    STARTED
  }

  private static final int LIMIT_MILLIS = Math.toIntExact(Duration.ofSeconds(5).toMillis());
  private static final String ANY_ADDRESS = "0.0.0.0";
  private static final String LOOPBACK = "127.0.0.1";

  @Spec CommandSpec spec;
  @Mixin SettingsOption settings;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PROCESS",
      description = "${COMPLETION-CANDIDATES}: found by its settings <process>.admin.*.")
  AdminPort process;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Admin port of the process, such as http://127.0.0.1:8480.")
  String url;

  @Option(
      names = "--check",
      paramLabel = "CHECK",
      defaultValue = "ready",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  Check check;

  @Override
  public Integer call() {
    URL page = page();
    try {
      return ask(page);
    } catch (IOException e) {
      spec.commandLine()
          .getErr()
          .println("sidestream: " + page + " does not answer: " + ReasonText.of(e));
      return ExitCode.SOFTWARE;
    }
  }

  private int ask(URL page) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) page.openConnection();
    connection.setConnectTimeout(LIMIT_MILLIS);
    connection.setReadTimeout(LIMIT_MILLIS);
    token().ifPresent(known -> connection.setRequestProperty("Authorization", known.header()));
    int status = connection.getResponseCode();
    boolean well = status == HttpURLConnection.HTTP_OK;
    try (InputStream body = well ? connection.getInputStream() : connection.getErrorStream()) {
      spec.commandLine()
          .getOut()
          .println(
              body == null
                  ? "status " + status
                  : new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }
    return well ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private URL page() {
    Usage.check(spec, (process == null) != (url == null), "expected either PROCESS or --url");
    String path = "/health/" + check.name().toLowerCase(Locale.ROOT);
    try {
      URI base = url == null ? admin() : new URI(url);
      Usage.check(
          spec,
          "http".equals(base.getScheme()) && base.getHost() != null,
          "url is %s, expected http://HOST:PORT",
          base);
      return new URI("http", null, base.getHost(), base.getPort(), path, null, null).toURL();
    } catch (URISyntaxException | IOException e) {
      throw Usage.error(spec, "url is %s, expected http://HOST:PORT", url);
    }
  }

  private Optional<BearerToken> token() {
    return settings
        .settings(Map.of())
        .values(SharedSettings.ADMIN)
        .secret(SharedSettings.ADMIN_TOKEN)
        .map(text -> Usage.valid(spec, () -> BearerToken.of(SharedSettings.ADMIN_TOKEN, text)));
  }

  /** Other settings than those of the admin port do not matter here, not even wrong ones. */
  private URI admin() throws URISyntaxException {
    String name = process.name().toLowerCase(Locale.ROOT);
    SettingValues values =
        settings.settings(Map.of()).values(AdminConfig.schema(name, process.usualPort));
    AdminConfig admin = Usage.valid(spec, () -> AdminConfig.of(values, name));
    String host = admin.host().equals(ANY_ADDRESS) ? LOOPBACK : admin.host();
    return new URI("http", null, host, admin.port(), "/", null, null);
  }
}
