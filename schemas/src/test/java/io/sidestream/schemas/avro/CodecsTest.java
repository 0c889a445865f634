package io.sidestream.schemas.avro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
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
}
