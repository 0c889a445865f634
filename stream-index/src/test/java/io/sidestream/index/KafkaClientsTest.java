package io.sidestream.index;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.admin.ProcessMetrics;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaClientsTest {
  private static final ProcessMetrics METRICS = new ProcessMetrics();

  @Test
  void memberSettings_rawSetting_winsOverOurs() {
    KafkaClients clients = new KafkaClients(Map.of("max.poll.records", "7"), METRICS);
    assertEquals("7", clients.groupSettings("group", 50).get("max.poll.records"));
  }

  /** With a timer, prompts would count as answered before their replies are acknowledged. */
  @Test
  void memberSettings_autoCommitAskedFor_staysOff() {
    KafkaClients clients = new KafkaClients(Map.of("enable.auto.commit", "true"), METRICS);
    assertEquals(false, clients.groupSettings("group", 50).get("enable.auto.commit"));
  }
}
