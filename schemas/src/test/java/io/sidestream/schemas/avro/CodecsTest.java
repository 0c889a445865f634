package io.sidestream.schemas.avro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.schemas.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CodecsTest {
  @TestFactory
  Stream<DynamicTest> decode_encodedValue_isEqual() {
    return Samples.all().stream()
        .map(sample -> DynamicTest.dynamicTest(sample.name(), () -> roundTrip(sample)));
  }

  private static <T> void roundTrip(Samples.Sample<T> sample) throws Exception {
    for (T value : sample.values()) {
      byte[] bytes = sample.codec().encode(value);
      T read = sample.codec().decode(bytes);
      assertEquals(value, read);
      assertArrayEquals(bytes, sample.codec().encode(read), "same value, same bytes");
    }
  }

  @Test
  void decode_item_keepsTheOrderOfItsFields() throws Exception {
    var read = Codecs.item().decode(Codecs.item().encode(Samples.item()));

    assertEquals(List.of("tagline", "description"), new ArrayList<>(read.texts().keySet()));
    assertEquals(List.of("year", "genre"), new ArrayList<>(read.attributes().keySet()));
  }

  @Test
  void codecs_sharedByThreads_keepTheirValuesApart() throws Exception {
    int threads = 4;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> runs = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        String prefix = "thread " + thread + " ";
        runs.add(pool.submit(() -> roundTrips(prefix)));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    } finally {
      pool.shutdown();
    }
  }

  private static Void roundTrips(String prefix) throws Exception {
    for (int i = 0; i < 2_000; i++) {
      Item item =
          new Item(Samples.HEAT, prefix + i, Map.of("d", prefix), Map.of("a", List.of("" + i)));
      assertEquals(item, Codecs.item().decode(Codecs.item().encode(item)));
    }
    return null;
  }
}
