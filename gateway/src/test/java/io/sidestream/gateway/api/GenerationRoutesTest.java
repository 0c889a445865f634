package io.sidestream.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.client.Connection;
import io.sidestream.gateway.http.HttpCall;
import io.sidestream.gateway.http.HttpReply;
import io.sidestream.schemas.GenerationHistory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GenerationRoutesTest {
  /** Its connection would be dropped as silent, without a word on what became of it. */
  @Test
  void rollback_notConfirmedInTime_isUnknownAndSaysSo() throws Exception {
    GenerationRoutes routes =
        new GenerationRoutes(
            Connection.to("127.0.0.1:1"),
            () -> new GenerationHistory(List.of()),
            Clock.systemUTC(),
            waiting -> {},
            Duration.ofMillis(10));

    HttpReply reply =
        routes
            .rollback(new HttpCall("", "{\"generation\": 7}".getBytes(StandardCharsets.UTF_8)))
            .get(30, TimeUnit.SECONDS);

    assertEquals(504, reply.status());
  }
}
