package io.sidestream.index.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.SemanticId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NewItemMetersTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private Optional<Catalogue> serving = Optional.empty();
  private Instant now = Instant.EPOCH;

  @Test
  void gauges_itemsCome_followAtMostOnceInAnInterval() {
    NewItemMeters.register(registry, () -> serving, () -> now);
    assertEquals(0, gauge("sidestream.new.items"));

    serving = Optional.of(new TinyGeneration(3, "a", "b").load().catalogue());
    assertEquals(0, gauge("sidestream.new.items"));
    serving = serving.map(before -> before.with(List.of(coded("c"), coded("d")), List.of()));
    now = now.plus(NewItemMeters.INTERVAL).minusMillis(1);
    assertEquals(0, gauge("sidestream.new.items"), "looked a moment ago");

    now = now.plusMillis(1);
    assertEquals(2, gauge("sidestream.new.items"));
    assertEquals(1, gauge("sidestream.new.items.collision.ratio"));
    assertEquals(0.5, gauge("sidestream.new.items.code.usage.ratio"));

    serving = Optional.empty();
    assertEquals(0, gauge("sidestream.new.items"));
  }

  private double gauge(String name) {
    return registry.get(name).gauge().value();
  }

  private CodedItem coded(String item) {
    float[] vector = serving.orElseThrow().vector(0);
    return new CodedItem(
        new ItemId(item), new SemanticId(new Generation(3), new int[] {9, 9}), vector);
  }
}
