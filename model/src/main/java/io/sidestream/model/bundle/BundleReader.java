package io.sidestream.model.bundle;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkEqual;

import io.sidestream.model.codes.ResidualCodebook;
import io.sidestream.model.generator.CodeGenerator;
import io.sidestream.model.generator.Generator;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.generator.GeneratorVocabulary;
import io.sidestream.model.generator.PromptTokens;
import io.sidestream.model.generator.SequenceGenerator;
import io.sidestream.model.generator.SequenceTables;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.resources.CloseableStack;
import io.sidestream.model.terms.ItemTexts;
import io.sidestream.model.terms.QueryLog;
import io.sidestream.model.text.ItemTextTemplate;
import io.sidestream.model.text.TextEncoder;
import io.sidestream.model.text.TextTokenizer;
import io.sidestream.model.vectors.Towers;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ReasonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Opens bundles after verifying them: hashes of all files first, then that shapes agree, then codes
 * and probes. A {@link BundleException} says that the bundle is not fit for use, any other failure
 * that its files cannot be read now, or that the GPU failed.
 */
public final class BundleReader {
  private BundleReader() {}

  /** Opens a bundle without verifying the manifest's own hash. */
  public static OpenGeneration open(Path directory, OnnxSessions sessions) throws IOException {
    return open(directory, Optional.empty(), Optional.empty(), sessions);
  }

  /**
   * Opens a bundle.
   *
   * @param manifestSha256 expected hash of {@code manifest.json}
   */
  public static OpenGeneration open(Path directory, String manifestSha256, OnnxSessions sessions)
      throws IOException {
    return open(directory, Optional.empty(), Optional.of(manifestSha256), sessions);
  }

  /**
   * Opens an announced bundle.
   *
   * @param announced its generation
   * @param manifestSha256 expected hash of {@code manifest.json}
   */
  public static OpenGeneration open(
      Path directory, Generation announced, String manifestSha256, OnnxSessions sessions)
      throws IOException {
    return open(directory, Optional.of(announced), Optional.of(manifestSha256), sessions);
  }

  /** Reads the manifest alone; no other file is verified. */
  public static Manifest manifest(Path directory) throws IOException {
    try {
      return ManifestJson.read(VerifiedFiles.manifest(directory));
    } catch (IOException | RuntimeException e) {
      throw failed(directory, e);
    }
  }

  /**
   * Names of the files that an announced manifest is to have beside it; it alone is verified.
   *
   * @param manifestSha256 expected hash of {@code manifest.json}
   */
  public static Set<String> files(Path directory, String manifestSha256) throws IOException {
    try {
      return VerifiedFiles.named(
          ManifestJson.read(VerifiedFiles.manifest(directory, manifestSha256)));
    } catch (IOException | RuntimeException e) {
      throw failed(directory, e);
    }
  }

  /**
   * Verifies the hash of every file without opening any.
   *
   * @param manifestSha256 expected hash of {@code manifest.json}
   * @return names of the files beside the manifest
   */
  public static Set<String> verify(Path directory, String manifestSha256) throws IOException {
    try {
      return VerifiedFiles.of(directory, Optional.empty(), Optional.of(manifestSha256))
          .manifest()
          .files()
          .keySet();
    } catch (IOException | RuntimeException e) {
      throw failed(directory, e);
    }
  }

  /**
   * Reads the codes of an announced bundle's items, after verifying the hash of every file.
   *
   * @param announced its generation
   * @param manifestSha256 expected hash of {@code manifest.json}
   */
  public static ItemCodes codes(Path directory, Generation announced, String manifestSha256)
      throws IOException {
    try {
      VerifiedFiles verified =
          VerifiedFiles.of(directory, Optional.of(announced), Optional.of(manifestSha256));
      return BundleFiles.itemCodes(
          SafetensorsFile.open(directory.resolve(BundleFiles.ASSIGNMENTS)),
          verified.manifest().shapes().codebook());
    } catch (IOException | RuntimeException e) {
      throw failed(directory, e);
    }
  }

  /**
   * Reads the weights of an announced bundle, after verifying the hash of every file; empty where
   * it keeps none for a later training.
   *
   * @param announced its generation
   * @param manifestSha256 expected hash of {@code manifest.json}
   */
  public static Optional<GenerationWeights> weights(
      Path directory, Generation announced, String manifestSha256) throws IOException {
    try {
      Manifest manifest =
          VerifiedFiles.of(directory, Optional.of(announced), Optional.of(manifestSha256))
              .manifest();
      Set<String> files = manifest.files().keySet();
      return files.contains(BundleFiles.GENERATOR_WEIGHTS)
              && files.contains(BundleFiles.GENERATOR_ITEMS)
          ? Optional.of(weights(directory, manifest))
          : Optional.empty();
    } catch (IOException | RuntimeException e) {
      throw failed(directory, e);
    }
  }

  private static GenerationWeights weights(Path directory, Manifest manifest) throws IOException {
    Assignments assignments = BundleFiles.assignments(read(directory, BundleFiles.ASSIGNMENTS));
    return new GenerationWeights(
        manifest.shapes(),
        sha256(manifest, BundleFiles.ENCODER),
        sha256(manifest, BundleFiles.TOKENIZER),
        BundleFiles.towers(read(directory, BundleFiles.TOWERS)),
        assignments.items(),
        assignments.collaborative(),
        BundleFiles.vocabulary(
            read(directory, BundleFiles.VOCABULARY), manifest.shapes().codebook()),
        BundleFiles.sequenceTables(read(directory, BundleFiles.GENERATOR_ITEMS)),
        read(directory, BundleFiles.GENERATOR_WEIGHTS).tensors());
  }

  private static String sha256(Manifest manifest, String file) {
    return Objects.requireNonNull(manifest.files().get(file)).sha256();
  }

  /**
   * Verifies that one of some keys signed the announced manifest; no other file is verified.
   *
   * @param manifestSha256 expected hash of {@code manifest.json}
   */
  public static void verifySignature(Path directory, String manifestSha256, List<PublicKey> trusted)
      throws IOException {
    try {
      ManifestSignature.verify(directory, manifestSha256, trusted);
    } catch (IOException | RuntimeException e) {
      throw failed(directory, e);
    }
  }

  private static OpenGeneration open(
      Path directory,
      Optional<Generation> announced,
      Optional<String> manifestSha256,
      OnnxSessions sessions)
      throws IOException {
    try {
      VerifiedFiles verified = VerifiedFiles.of(directory, announced, manifestSha256);
      return open(directory, verified.manifest(), verified.sha256(), sessions);
    } catch (IOException e) {
      throw failed(directory, e);
    } catch (RuntimeException e) {
      if (sessions.isOfMachine(e)) {
        throw e;
      }
      throw failed(directory, e); // whatever else opening throws is the bundle's fault
    }
  }

  private static IOException failed(Path directory, Exception cause) {
    Throwable read =
        cause instanceof UncheckedIOException ? Objects.requireNonNull(cause.getCause()) : cause;
    String generation = VerifiedFiles.label(directory);
    if (read instanceof NoSuchFileException missing) {
      return new BundleNotFoundException(generation, missing.getFile() + " is missing", missing);
    }
    if (cause instanceof UncheckedIOException || read instanceof FileSystemException) {
      return new IOException(
          "generation " + generation + ": cannot be read: " + ReasonText.of(read), read);
    }
    return new BundleException(generation, ReasonText.of(cause), cause);
  }

  private static OpenGeneration open(
      Path directory, Manifest manifest, String manifestSha256, OnnxSessions sessions)
      throws IOException {
    Manifest.Shapes shapes = manifest.shapes();
    Towers towers = BundleFiles.towers(read(directory, BundleFiles.TOWERS));
    ResidualCodebook codebook = BundleFiles.codebook(read(directory, BundleFiles.CODEBOOK));
    GeneratorVocabulary vocabulary =
        BundleFiles.vocabulary(read(directory, BundleFiles.VOCABULARY), shapes.codebook());
    Assignments assignments = BundleFiles.assignments(read(directory, BundleFiles.ASSIGNMENTS));
    QueryLog queryLog = TermFiles.queryLog(read(directory, BundleFiles.QUERY_LOG));
    ItemTexts itemTexts =
        manifest.files().containsKey(BundleFiles.ITEM_TEXTS)
            ? TermFiles.itemTexts(read(directory, BundleFiles.ITEM_TEXTS))
            : ItemTexts.none(shapes.items());
    PopularityPrediction popularity =
        manifest.files().containsKey(BundleFiles.POPULARITY)
            ? PopularityPrediction.of(read(directory, BundleFiles.POPULARITY))
            : PopularityPrediction.NONE;
    popularity.checkDimensions(shapes.vectorDimensions());
    BundleConsistency.check(shapes, towers, codebook, vocabulary, assignments, queryLog, itemTexts);
    AssignedCodes.verify(codebook, assignments, manifest.expected());
    ItemTextTemplate template = ItemTextTemplate.of(shapes.template());

    CloseableStack opened = new CloseableStack();
    try {
      TextTokenizer pieces =
          opened.add(
              TextTokenizer.open(directory.resolve(BundleFiles.TOKENIZER), shapes.maxTokens()));
      TextEncoder encoder =
          opened.add(TextEncoder.open(directory.resolve(BundleFiles.ENCODER), pieces, sessions));
      checkEqual(encoder.dimensions(), shapes.textDimensions(), "encoder gives %d dimensions");
      Probes.verify(manifest.probes(), encoder, towers, codebook);
      Generator generator = opened.add(generator(directory, manifest, sessions));
      TextTokenizer words = words(directory, manifest, vocabulary, pieces, opened);
      PromptTokens tokens = new PromptTokens(vocabulary, words, shapes.generator().maxTokens());
      return new OpenGeneration(
          manifest,
          manifestSha256,
          template,
          encoder,
          towers,
          codebook,
          tokens,
          generator,
          assignments,
          queryLog,
          itemTexts,
          popularity,
          opened);
    } catch (IOException | RuntimeException | Error e) { // also where memory is too little
      opened.close();
      throw e;
    }
  }

  /** The tokenizer of queries that the generator reads: a pretrained one has its own. */
  private static TextTokenizer words(
      Path directory,
      Manifest manifest,
      GeneratorVocabulary vocabulary,
      TextTokenizer pieces,
      CloseableStack opened)
      throws IOException {
    boolean own = manifest.files().containsKey(BundleFiles.GENERATOR_TOKENIZER);
    check(
        own == vocabulary.frame().isPresent(),
        "%s is %s, and the vocabulary is %s",
        BundleFiles.GENERATOR_TOKENIZER,
        own ? "there" : "missing",
        own ? "of word pieces" : "of a pretrained generator");
    return own
        ? opened.add(
            TextTokenizer.of(
                Files.readAllBytes(directory.resolve(BundleFiles.GENERATOR_TOKENIZER)),
                manifest.shapes().generator().maxTokens()))
        : pieces;
  }

  /** Of the kind that the manifest's files say. */
  private static Generator generator(Path directory, Manifest manifest, OnnxSessions sessions)
      throws IOException {
    Path onnx = directory.resolve(BundleFiles.GENERATOR);
    GeneratorShape shape = manifest.shapes().generator();
    if (!manifest.files().containsKey(BundleFiles.GENERATOR_ITEMS)) {
      return CodeGenerator.open(onnx, shape, sessions);
    }
    SequenceTables tables =
        BundleFiles.sequenceTables(read(directory, BundleFiles.GENERATOR_ITEMS));
    checkEqual(tables.items(), manifest.shapes().items(), "generator has learned %d items");
    return SequenceGenerator.open(onnx, shape, tables, sessions);
  }

  private static Safetensors read(Path directory, String name) throws IOException {
    Safetensors file = Safetensors.read(directory.resolve(name));
    file.tensors()
        .forEach(
            (tensor, values) ->
                check(values.isFinite(), "%s: tensor %s holds NaN or infinity", name, tensor));
    return file;
  }
}
