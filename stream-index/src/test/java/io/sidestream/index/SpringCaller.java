package io.sidestream.index;

import io.sidestream.clients.spring.SidestreamConfiguration;
import io.sidestream.clients.spring.SidestreamQueries;
import java.time.Duration;
import java.util.Map;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.kafka.requestreply.ReplyingKafkaTemplate;

/** The Spring application of {@code clients/spring}, as it is. */
final class SpringCaller implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  private final SidestreamQueries queries;

  @SuppressWarnings("unchecked") // the context knows no type parameters
  SpringCaller(String servers) throws InterruptedException {
    Map<String, Object> properties =
        Map.of(
            "sidestream.bootstrap.servers",
            servers,
            "sidestream.timeout.ms",
            Long.toString(TIMEOUT.toMillis()));
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("test", properties));
    context.register(SidestreamConfiguration.class);
    context.refresh();
    queries = new SidestreamQueries(context.getBean(ReplyingKafkaTemplate.class), TIMEOUT);
  }

  SidestreamQueries queries() {
    return queries;
  }

  @Override
  public void close() {
    context.close();
  }
}
