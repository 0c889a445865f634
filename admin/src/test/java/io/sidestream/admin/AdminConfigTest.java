package io.sidestream.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.settings.Settings;
import io.sidestream.schemas.settings.SettingsException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AdminConfigTest {
  private static final String TOKEN = "a-token-of-some-length";

  @Tag("S6")
  @Test
  void of_addressBeyondThisMachineWithoutAToken_isRefused() {
    String message = refusal(Map.of("index.admin.host", "0.0.0.0"));
    assertTrue(message.contains("index.admin.host is 0.0.0.0 without admin.token"), message);
  }

  @Test
  void of_addressBeyondThisMachineWithAToken_isTaken() {
    AdminConfig config = read(Map.of("index.admin.host", "0.0.0.0", "admin.token", TOKEN));
    assertTrue(config.token().isPresent());
    assertEquals("0.0.0.0", config.host());
    assertFalse(config.toString().contains(TOKEN), config.toString());
    assertEquals(config.token(), config.onFreePort().token());
  }

  @Test
  void of_loopback_needsNoToken() {
    for (String host : new String[] {"127.0.0.1", "localhost", "::1"}) {
      assertTrue(read(Map.of("index.admin.host", host)).token().isEmpty(), host);
    }
  }

  @Test
  void of_tokenThatNoHeaderHolds_isRefusedWithoutShowingIt() {
    String shortOne = "x".repeat(BearerToken.MIN_LENGTH - 1);
    String message = refusal(Map.of("admin.token", shortOne));
    assertTrue(message.contains("admin.token has 15 characters"), message);
    for (String wrong : new String[] {"with spaces in the token", "t\u00f6ken-of-some-length"}) {
      String other = refusal(Map.of("admin.token", wrong));
      assertTrue(other.contains("expected visible ASCII"), other);
      assertFalse(other.contains(wrong), other);
    }
  }

  private static String refusal(Map<String, String> set) {
    return assertThrows(SettingsException.class, () -> read(set)).getMessage();
  }

  private static AdminConfig read(Map<String, String> set) {
    return Settings.of(set)
        .read(
            AdminConfig.schema("index", AdminConfig.INDEX_PORT),
            values -> AdminConfig.of(values, "index"));
  }
}
