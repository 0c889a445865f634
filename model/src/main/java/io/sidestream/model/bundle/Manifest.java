package io.sidestream.model.bundle;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkEqual;
import static io.sidestream.schemas.Checks.checkRange;

import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.CodeGenerator;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.generator.Task;
import io.sidestream.model.resources.Hashes;
import io.sidestream.model.terms.QueryLength;
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
 * Description of a generation, {@code manifest.json}: shapes, file hashes, provenance, metrics,
 * gate verdict, probes, expected answers, alignment and start. The only time in it is the training
 * request's, so that the same training gives the same bytes.
 *
 * @param alignment with the parent's codes; empty without a parent, or where it is not asked for
 * @param warmStart with the parent's weights or not; empty in bundles of earlier versions
 */
public record Manifest(
    Generation generation,
    Shapes shapes,
    Ranking ranking,
    Provenance provenance,
    Quality quality,
    List<Probe> probes,
    Optional<Expected> expected,
    Optional<CodeAlignment> alignment,
    Optional<WarmStart> warmStart,
    Map<String, FileEntry> files) {

  /** Layout version of the bundle. */
  public static final int FORMAT = 1;

  public Manifest {
    probes = List.copyOf(probes);
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  /** As of an earlier version, which expects nothing and aligns no codes. */
  public Manifest(
      Generation generation,
      Shapes shapes,
      Ranking ranking,
      Provenance provenance,
      Quality quality,
      List<Probe> probes,
      Map<String, FileEntry> files) {
    this(
        generation,
        shapes,
        ranking,
        provenance,
        quality,
        probes,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        files);
  }

  /**
   * @param template version of the item text template
   * @param textDimensions E, of the text encoder's vectors
   * @param maxTokens tokens after which a text is cut
   * @param vectorDimensions D
   * @param collaborativeDimensions C
   * @param items number of items in the assignments
   */
  public record Shapes(
      String template,
      int textDimensions,
      int maxTokens,
      int vectorDimensions,
      int collaborativeDimensions,
      CodebookShape codebook,
      GeneratorShape generator,
      int items) {
    public Shapes {
      check(
          generator.codebook().equals(codebook),
          "generator is for %s, codebook has %s",
          generator.codebook(),
          codebook);
      checkEqual(
          generator.vectorDimensions(),
          vectorDimensions,
          "generator reads vectors of %d dimensions");
    }
  }

  /**
   * Queries that are ranked with weights of their own, since they describe what is looked for where
   * shorter ones name it.
   *
   * @param terms of such a query at least, as {@link QueryLength} counts them
   */
  public record LongQueries(int terms, RankingWeights weights) {
    public LongQueries {
      check(terms > 0, "long queries have %d terms, expected 1 or more", terms);
      weights.checkedFor(Task.SEARCH);
    }
  }

  /**
   * @param search weights of searches
   * @param longQueries of searches that have others; empty where all have the same
   * @param beams IDs that the generator decodes
   * @param candidates items retrieved by exact vector score, and as many by the query log
   * @param historyItems most recent items of a history that enter a prompt as IDs
   */
  public record Ranking(
      RankingWeights search,
      Optional<LongQueries> longQueries,
      RankingWeights recommendation,
      int beams,
      int candidates,
      int historyItems) {
    /** Upper bound of {@code candidates}. */
    public static final int MAX_CANDIDATES = 10_000;

    /** With the same weights for all searches. */
    public Ranking(
        RankingWeights search,
        RankingWeights recommendation,
        int beams,
        int candidates,
        int historyItems) {
      this(search, Optional.empty(), recommendation, beams, candidates, historyItems);
    }

    public Ranking {
      checkRange(beams, 1, CodeGenerator.MAX_BEAMS, "%d beams");
      checkRange(candidates, 0, MAX_CANDIDATES, "%d candidates");
      search.checkedFor(Task.SEARCH);
      recommendation.checkedFor(Task.RECOMMENDATION);
      check(historyItems > 0, "prompts of %d history items, expected 1 or more", historyItems);
    }

    /** The weights of a search. */
    public RankingWeights search(String query) {
      return longQueries
          .filter(some -> QueryLength.of(query) >= some.terms())
          .map(LongQueries::weights)
          .orElse(search);
    }
  }

  /**
   * @param parent the live generation when this one was trained
   * @param requestedAtMillis time of the training request, epoch milliseconds
   * @param settings every setting of the training, as text
   * @param versions of the libraries used
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
   * @param metrics for example {@code search.recall@30}
   * @param parity largest absolute difference between training and ONNX Runtime, by part
   * @param accepted whether the gate accepted the generation
   * @param verdict the gate's reason
   */
  public record Quality(
      Map<String, Double> metrics, Map<String, Double> parity, boolean accepted, String verdict) {
    public Quality {
      metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
      parity = Collections.unmodifiableMap(new TreeMap<>(parity));
    }
  }

  /** A text and its codes, computed from text alone, that every process must reproduce. */
  public record Probe(String text, List<Integer> codes) {
    public Probe {
      codes = List.copyOf(codes);
    }
  }

  /**
   * What all parts give together; parts of two generations do not.
   *
   * @param quantizationError of the items' vectors by their codes: squares of what is left, over
   *     squares of the vectors
   */
  public record Expected(double quantizationError, List<ExpectedAnswer> answers) {
    public Expected {
      check(
          quantizationError >= 0,
          "quantization error is %s, expected 0 or more",
          quantizationError);
      answers = List.copyOf(answers);
    }
  }

  /**
   * A prompt with the best items of the corpus for it, without transitions.
   *
   * @param query of a search; empty for a recommendation
   * @param history of a recommendation
   * @param items best first, at least one: an answer without any would verify nothing
   */
  public record ExpectedAnswer(
      Optional<String> query, List<String> history, List<ExpectedItem> items) {
    public ExpectedAnswer {
      history = List.copyOf(history);
      items = List.copyOf(items);
      check(!items.isEmpty(), "an expected answer has no items, expected 1 or more");
    }
  }

  /** One item of an answer, with its ID. */
  public record ExpectedItem(String item, List<Integer> codes, double score) {
    public ExpectedItem {
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
