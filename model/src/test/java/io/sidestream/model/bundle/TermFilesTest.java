package io.sidestream.model.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.model.terms.QueryLog;
import io.sidestream.model.terms.TermIndex;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TermFilesTest {
  private static final QueryLog LOG =
      QueryLog.of(
          3,
          List.of(
              new TermIndex.Text("old heist", 2, 4),
              new TermIndex.Text("old heist", 0, 1),
              new TermIndex.Text("war", 1, 2)));

  @Test
  void queryLog_written_isRead() {
    QueryLog read = TermFiles.queryLog(TermFiles.of(LOG));

    assertArrayEquals(LOG.clicks().queries(), read.clicks().queries());
    assertEquals(Math.log(5), read.clicks().matches("Old Heist").get(2), 1e-12);
    assertEquals(LOG.terms().terms(), read.terms().terms());
    assertEquals(LOG.named().queries(), read.named().queries());
  }

  @Test
  void queryLog_ofAnEarlierVersion_hasTermsAlone() {
    Safetensors now = TermFiles.of(LOG);
    Map<String, Tensor> earlier = new TreeMap<>(now.tensors());
    earlier.keySet().removeIf(name -> name.startsWith("clicked_") || name.startsWith("logged_"));
    QueryLog read = TermFiles.queryLog(new Safetensors(earlier, now.metadata()));

    assertEquals(0, read.clicks().queries().length);
    assertEquals(0, read.clicks().matches("old heist").get(2));
    assertEquals(List.of(), read.named().queries());
    assertArrayEquals(LOG.terms().scores("heist"), read.terms().scores("heist"));
  }
}
