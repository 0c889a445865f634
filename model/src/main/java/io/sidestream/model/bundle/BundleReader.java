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
import io.sidestream.model.onnx.OnnxException;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.resources.CloseableStack;
import io.sidestream.model.resources.Hashes;
import io.sidestream.model.terms.ItemTexts;
import io.sidestream.model.terms.TermIndex;
import io.sidestream.model.text.ItemTextTemplate;
import io.sidestream.model.text.TextEncoder;
import io.sidestream.model.text.TextTokenizer;
import io.sidestream.model.vectors.Towers;
import io.sidestream.schemas.ReasonText;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Opens bundles after verifying them: hashes of all files first, then that shapes agree, then
 * probes. A {@link BundleException} says that the bundle is not fit for use, any other failure that
 * its files cannot be read now.
 */
public final class BundleReader {
  private static final Pattern DIRECTORY =
      Pattern.compile("\\.?generation-(\\d{1,18})(\\.[a-z0-9]+)*");

  private BundleReader() {}

  /** Opens a bundle without verifying the manifest's own hash. */
  public static OpenGeneration open(Path directory, OnnxSessions sessions) throws IOException {
    return open(directory, Optional.empty(), sessions);
  }

  /**
   * Opens an announced bundle.
   *
   * @param manifestSha256 expected hash of {@code manifest.json}
   */
  public static OpenGeneration open(Path directory, String manifestSha256, OnnxSessions sessions)
      throws IOException {
    return open(directory, Optional.of(manifestSha256), sessions);
  }

  /** Reads the manifest alone; no other file is verified. */
  public static Manifest manifest(Path directory) throws IOException {
    try {
      return ManifestJson.read(json(directory));
    } catch (IOException | IllegalArgumentException e) {
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
      return verified(directory, Optional.of(manifestSha256)).manifest().files().keySet();
    } catch (IOException | IllegalArgumentException e) {
      throw failed(directory, e);
    }
  }

  private static OpenGeneration open(
      Path directory, Optional<String> manifestSha256, OnnxSessions sessions) throws IOException {
    try {
      Verified verified = verified(directory, manifestSha256);
      return open(directory, verified.manifest(), verified.sha256(), sessions);
    } catch (IOException | IllegalArgumentException | OnnxException e) {
      throw failed(directory, e);
    }
  }

  /** A manifest whose files have its hashes. */
  private record Verified(Manifest manifest, String sha256) {}

  private static Verified verified(Path directory, Optional<String> manifestSha256)
      throws IOException {
    byte[] json = json(directory);
    String found = Hashes.sha256(json);
    check(
        manifestSha256.isEmpty() || found.equals(manifestSha256.get()),
        "%s has sha256 %s, expected %s",
        BundleFiles.MANIFEST,
        found,
        manifestSha256.orElse(""));
    Manifest manifest = ManifestJson.read(json);
    checkName(directory, manifest);
    checkFiles(directory, manifest);
    return new Verified(manifest, found);
  }

  private static byte[] json(Path directory) throws IOException {
    Path file = directory.resolve(BundleFiles.MANIFEST);
    return reading(file, () -> Files.readAllBytes(file));
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  /** Marks failures to read a file, which may pass, apart from mistakes in what was read. */
  private static <T> T reading(Path file, Reading<T> reading) throws FileSystemException {
    try {
      return reading.read();
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      FileSystemException unread = new FileSystemException(file.toString(), null, ReasonText.of(e));
      unread.initCause(e);
      throw unread;
    }
  }

  private static IOException failed(Path directory, Exception cause) {
    String generation = generation(directory).orElse(name(directory));
    if (cause instanceof NoSuchFileException missing) {
      return new BundleNotFoundException(generation, missing.getFile() + " is missing", missing);
    }
    if (cause instanceof FileSystemException unread) {
      return new IOException(
          "generation " + generation + ": cannot be read: " + ReasonText.of(unread), unread);
    }
    return new BundleException(generation, ReasonText.of(cause), cause);
  }

  private static String name(Path directory) {
    return directory.toAbsolutePath().normalize().getFileName().toString();
  }

  private static Optional<String> generation(Path directory) {
    Matcher matcher = DIRECTORY.matcher(name(directory));
    return matcher.matches()
        ? Optional.of(Long.toString(Long.parseLong(matcher.group(1))))
        : Optional.empty();
  }

  private static void checkName(Path directory, Manifest manifest) {
    String inside = manifest.generation().toString();
    check(
        generation(directory).map(inside::equals).orElse(true),
        "%s is of generation %s",
        BundleFiles.MANIFEST,
        inside);
  }

  private static void checkFiles(Path directory, Manifest manifest) throws IOException {
    check(
        BundleFiles.areContent(manifest.files().keySet()),
        "manifest names files %s, expected %s",
        manifest.files().keySet(),
        new TreeSet<>(BundleFiles.CONTENT));
    for (Map.Entry<String, Manifest.FileEntry> file : manifest.files().entrySet()) {
      Path path = directory.resolve(file.getKey());
      Manifest.FileEntry entry = reading(path, () -> Manifest.FileEntry.of(path));
      Manifest.FileEntry expected = file.getValue();
      check(
          entry.bytes() == expected.bytes(),
          "%s has %d bytes, expected %d",
          file.getKey(),
          entry.bytes(),
          expected.bytes());
      check(
          entry.sha256().equals(expected.sha256()),
          "%s has sha256 %s, expected %s",
          file.getKey(),
          entry.sha256(),
          expected.sha256());
    }
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
    TermIndex queryLog = BundleFiles.termIndex(read(directory, BundleFiles.QUERY_LOG));
    ItemTexts itemTexts =
        manifest.files().containsKey(BundleFiles.ITEM_TEXTS)
            ? BundleFiles.itemTexts(read(directory, BundleFiles.ITEM_TEXTS))
            : ItemTexts.none(shapes.items());
    PopularityPrediction popularity =
        manifest.files().containsKey(BundleFiles.POPULARITY)
            ? PopularityPrediction.of(read(directory, BundleFiles.POPULARITY))
            : PopularityPrediction.NONE;
    popularity.checkDimensions(shapes.vectorDimensions());
    BundleConsistency.check(shapes, towers, codebook, vocabulary, assignments, queryLog, itemTexts);
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
    } catch (IOException | RuntimeException e) {
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
    return Safetensors.read(directory.resolve(name));
  }
}
