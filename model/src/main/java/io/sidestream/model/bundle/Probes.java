package io.sidestream.model.bundle;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.codes.ResidualCodebook;
import io.sidestream.model.text.TextEncoder;
import io.sidestream.model.vectors.Towers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Texts with the codes that every process must compute for them, by text alone. */
public final class Probes {
  private Probes() {}

  /** The codes of these texts. */
  public static List<Manifest.Probe> of(
      List<String> texts, TextEncoder encoder, Towers towers, ResidualCodebook codebook) {
    List<Manifest.Probe> probes = new ArrayList<>(texts.size());
    for (String text : texts) {
      List<Integer> codes = Arrays.stream(codes(text, encoder, towers, codebook)).boxed().toList();
      probes.add(new Manifest.Probe(text, codes));
    }
    return List.copyOf(probes);
  }

  static void verify(
      List<Manifest.Probe> probes, TextEncoder encoder, Towers towers, ResidualCodebook codebook) {
    for (Manifest.Probe probe : probes) {
      List<Integer> codes =
          Arrays.stream(codes(probe.text(), encoder, towers, codebook)).boxed().toList();
      check(
          codes.equals(probe.codes()),
          "probe \"%s\" gets codes %s, expected %s",
          probe.text(),
          codes,
          probe.codes());
    }
  }

  private static int[] codes(
      String text, TextEncoder encoder, Towers towers, ResidualCodebook codebook) {
    // One text at a time, so that no batch decides how sums are rounded.
    return codebook.encode(towers.item(encoder.encode(text), Optional.empty()));
  }
}
