package io.sidestream.model.bundle;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.codes.ResidualCodebook;
import io.sidestream.model.text.TextEncoder;
import io.sidestream.model.vectors.Towers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Texts with their codes, computed from text alone, that every process must reproduce. */
public final class Probes {
  /**
   * Smallest margin of a probe's codes: a hundred times the rounding error of a squared distance of
   * unit vectors, so that a probe fails for another model and not for another processor.
   */
  static final double MIN_MARGIN = 1e-4;

  private Probes() {}

  /** Probes of these texts, without those whose codes are nearly a tie. */
  public static List<Manifest.Probe> of(
      List<String> texts, TextEncoder encoder, Towers towers, ResidualCodebook codebook) {
    List<Manifest.Probe> probes = new ArrayList<>(texts.size());
    for (String text : texts) {
      float[] vector = vector(text, encoder, towers);
      if (codebook.margin(vector) >= MIN_MARGIN) {
        probes.add(new Manifest.Probe(text, codes(vector, codebook)));
      }
    }
    return List.copyOf(probes);
  }

  static void verify(
      List<Manifest.Probe> probes, TextEncoder encoder, Towers towers, ResidualCodebook codebook) {
    for (Manifest.Probe probe : probes) {
      List<Integer> codes = codes(vector(probe.text(), encoder, towers), codebook);
      check(
          codes.equals(probe.codes()),
          "probe \"%s\" has codes %s, expected %s",
          probe.text(),
          codes,
          probe.codes());
    }
  }

  private static float[] vector(String text, TextEncoder encoder, Towers towers) {
    // One text at a time: rounding depends on the batch.
    return towers.item(encoder.encode(text), Optional.empty());
  }

  private static List<Integer> codes(float[] vector, ResidualCodebook codebook) {
    return Arrays.stream(codebook.encode(vector)).boxed().toList();
  }
}
