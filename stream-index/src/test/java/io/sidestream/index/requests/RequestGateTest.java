package io.sidestream.index.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.sidestream.index.replies.BrokerTime;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.WriterSchemas;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class RequestGateTest {
  private static final WriterSchemas AWAY =
      new Registry() {
        private static final long serialVersionUID = 1;

        @Override
        public Optional<Registered> find(int id) {
          throw new TimeoutException("the registry does not answer");
        }
      };

  /** One where every schema is of JSON. */
  private static class Registry implements WriterSchemas {
    private static final long serialVersionUID = 1;

    @Override
    public String source() {
      return "a registry";
    }

    @Override
    public Optional<Registered> find(int id) {
      return Optional.of(new Registered(Language.JSON, "{}"));
    }
  }

  /** It was dropped without a reply where the process of its user did not reach the registry. */
  @Test
  void withHistory_requestOfARegisteredSchemaWhereTheRegistryIsAway_isReady() {
    byte[] json = "{\"user\": \"u1\", \"k\": 7}".getBytes(StandardCharsets.UTF_8);
    byte[] framed = ByteBuffer.allocate(5 + json.length).put((byte) 0).putInt(7).put(json).array();
    CheckedRequest.NeedsHistory waiting =
        assertInstanceOf(
            CheckedRequest.NeedsHistory.class, gate(new Registry()).recommendation(framed));
    assertEquals(new UserId("u1"), waiting.user());

    RequestGate other = gate(AWAY);
    assertInstanceOf(CheckedRequest.Invalid.class, other.recommendation(framed));
    Prompt prompt =
        assertInstanceOf(
                CheckedRequest.Ready.class, other.withHistory(waiting.request(), Optional.empty()))
            .prompt();
    assertEquals(7, prompt.k());
  }

  private static RequestGate gate(WriterSchemas schemas) {
    return new RequestGate(BrokerTime.unknown(), Set.of(), false, schemas);
  }
}
