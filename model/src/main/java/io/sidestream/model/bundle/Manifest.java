package io.sidestream.model.bundle;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.CodeGenerator;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.resources.Hashes;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Generation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that is said about a generation in {@code manifest.json}: shapes, hashes, provenance,
 * metrics, verdict and probes. Holds no time but the request's, so that the same training gives the
 * same bytes.
 */
public record Manifest(
    Generation generation,
    Shapes shapes,
    Ranking ranking,
    Provenance provenance,
    Quality quality,
    List<Probe> probes,
    Map<String, FileEntry> files) {

  /** Layout version of the bundle. */
  public static final int FORMAT = 1;

  public Manifest {
    probes = List.copyOf(probes);
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  /**
   * @param template version of the item text template
   * @param textDimensions E, of the text encoder's vectors
   * @param maxPieces word pieces after which a text is cut
   * @param vectorDimensions D
   * @param collaborativeDimensions C
   * @param items how many items the assignments hold
   */
  public record Shapes(
      String template,
      int textDimensions,
      int maxPieces,
      int vectorDimensions,
      int collaborativeDimensions,
      CodebookShape codebook,
      GeneratorShape generator,
      int items) {
    public Shapes {
      check(
          generator.codebook().equals(codebook),
          "generator writes %s, codebook has %s",
          generator.codebook(),
          codebook);
      check(
          generator.vectorDimensions() == vectorDimensions,
          "generator reads vectors of %d dimensions, encoder gives %d",
          generator.vectorDimensions(),
          vectorDimensions);
    }
  }

  /**
   * @param beams IDs the generator is asked for
   * @param candidates items taken by exact vector score beside them, and by past searches again
   * @param historyItems newest items of a history that enter a prompt as IDs
   */
  public record Ranking(
      RankingWeights search,
      RankingWeights recommendation,
      int beams,
      int candidates,
      int historyItems) {
    /** Most candidates by exact vector score. */
    public static final int MAX_CANDIDATES = 10_000;

    public Ranking {
      check(
          beams > 0 && beams <= CodeGenerator.MAX_BEAMS,
          "%d beams, expected 1 to %d",
          beams,
          CodeGenerator.MAX_BEAMS);
      check(
          candidates >= 0 && candidates <= MAX_CANDIDATES,
          "%d candidates, expected 0 to %d",
          candidates,
          MAX_CANDIDATES);
      check(
          recommendation.past() == 0,
          "recommendation weighs past searches by %s, expected 0",
          recommendation.past());
      check(historyItems > 0, "prompts of %d history items, expected 1 or more", historyItems);
    }
  }

  /**
   * @param parent the generation that was live when this one was trained
   * @param requestedAtMillis when the training was asked for, epoch milliseconds
   * @param settings every setting of the training, as text
   * @param versions of the libraries that computed it
   */
  public record Provenance(
      String catalogue,
      Optional<Generation> parent,
      CorpusOffsets corpus,
      long requestedAtMillis,
      long seed,
      Map<String, String> settings,
      Map<String, String> versions) {
    public Provenance {
      settings = Collections.unmodifiableMap(new TreeMap<>(settings));
      versions = Collections.unmodifiableMap(new TreeMap<>(versions));
    }
  }

  /**
   * @param metrics for example {@code search.item_recall@30}
   * @param parity largest absolute difference between trainer and runtime, by part
   * @param accepted whether the gate let it through
   * @param verdict the gate's words
   */
  public record Quality(
      Map<String, Double> metrics, Map<String, Double> parity, boolean accepted, String verdict) {
    public Quality {
      metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
      parity = Collections.unmodifiableMap(new TreeMap<>(parity));
    }
  }

  /** A text and the codes that every process must compute for it (by text alone). */
  public record Probe(String text, List<Integer> codes) {
    public Probe {
      codes = List.copyOf(codes);
    }
  }

  /** One file of the bundle. */
  public record FileEntry(String sha256, long bytes) {
    static FileEntry of(Path file) throws IOException {
      return new FileEntry(Hashes.sha256(file), Files.size(file));
    }
  }
}
