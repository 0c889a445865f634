package io.sidestream.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.admin.BearerToken;
import io.sidestream.schemas.settings.Settings;
import io.sidestream.schemas.settings.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayConfigTest {
  @Test
  void from_addressBeyondThisMachineWithoutAToken_isRefused() {
    SettingsException error =
        assertThrows(
            SettingsException.class,
            () -> GatewayConfig.from(Settings.of(Map.of("gateway.host", "0.0.0.0"))));

    assertTrue(
        error.getMessage().contains("gateway.host is 0.0.0.0 without gateway.token"),
        error.getMessage());
  }

  @Test
  void from_shortToken_isRefused() {
    String token = "x".repeat(BearerToken.MIN_LENGTH - 1);

    SettingsException error =
        assertThrows(
            SettingsException.class,
            () -> GatewayConfig.from(Settings.of(Map.of("gateway.token", token))));
    assertTrue(error.getMessage().contains("gateway.token has 15 characters"), error.getMessage());
  }

  @Test
  void from_tokenInAFile_isTaken(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "a-token-from-a-file\n");
    Settings settings =
        Settings.load(
            Optional.empty(),
            Map.of(
                "SIDESTREAM_GATEWAY_HOST",
                "0.0.0.0",
                "SIDESTREAM_GATEWAY_TOKEN_FILE",
                file.toString()),
            new Properties(),
            Map.of());

    // Without the token this address would be refused.
    assertEquals("0.0.0.0", GatewayConfig.from(settings).host());
  }

  @Test
  void from_idleTimeoutThatEndsBeforeAResponse_isRefused() {
    SettingsException error =
        assertThrows(
            SettingsException.class,
            () -> GatewayConfig.from(Settings.of(Map.of("gateway.timeout", "10s"))));

    assertTrue(
        error.getMessage().contains("gateway.idle.timeout is 30000 ms, expected more than 3 times"),
        error.getMessage());
  }

  @Test
  void from_longTimeout_aStopWaitsForRepliesThatMayCome() {
    Map<String, String> given = Map.of("gateway.timeout", "20s", "gateway.idle.timeout", "2m");
    GatewayConfig config = GatewayConfig.from(Settings.of(given));

    assertTrue(config.limits().stopTime().compareTo(config.client().timeout()) > 0);
  }

  @Test
  void from_processes_areNamedAddresses() {
    Map<String, String> given = Map.of("gateway.processes", "index=http://127.0.0.1:8480");

    assertEquals(
        "{index=http://127.0.0.1:8480}",
        GatewayConfig.from(Settings.of(given)).processes().toString());
    assertThrows(
        SettingsException.class,
        () -> GatewayConfig.from(Settings.of(Map.of("gateway.processes", "8480"))));
  }
}
