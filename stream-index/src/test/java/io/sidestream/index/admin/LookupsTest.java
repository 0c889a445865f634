package io.sidestream.index.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.admin.Page;
import io.sidestream.index.serving.Serving;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LookupsTest {
  private final Lookups lookups = new Lookups(new Serving(), List::of);

  @Tag("S7")
  @Test
  void pages_nonsense_areErrorsInOneSentence() {
    assertEquals(400, page("/ids/", "12").status());
    assertEquals(400, page("/ids/", "0:1-2").status());
    assertEquals(400, page("/ids/", "1:99999-2").status());
    assertEquals(400, page("/items/", "").status());
    assertEquals(503, page("/items/", "some item").status());
    assertEquals("[]", new String(page("/generations", "").body(), StandardCharsets.UTF_8));
  }

  private Page page(String path, String rest) {
    return lookups.pages().get(path).apply(rest);
  }
}
