package io.sidestream.model.bundle;

import static io.sidestream.schemas.Checks.check;
import static java.util.Objects.requireNonNull;

import io.sidestream.model.codes.ResidualCodebook;
import io.sidestream.model.generator.GeneratorVocabulary;
import io.sidestream.model.generator.SequenceTables;
import io.sidestream.model.resources.DirectoryTree;
import io.sidestream.model.resources.Hashes;
import io.sidestream.model.terms.ItemTexts;
import io.sidestream.model.terms.QueryLog;
import io.sidestream.model.vectors.Towers;
import io.sidestream.schemas.Generation;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.PrivateKey;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes one generation's bundle to a staging directory and publishes it by an atomic rename. One
 * thread at a time; closing before publication deletes the staging directory.
 */
public final class BundleWriter implements AutoCloseable {
  /*
   * Every file is forced to disk before the rename, and the parent directory after it, so that a
   * crash leaves either no bundle or a complete one. A staging directory left by a crash has a name
   * that begins with a dot; the next attempt at the same generation deletes it.
   */
  private final Generation generation;
  private final Path staged;
  private final Path target;
  private byte @Nullable [] manifest;
  private boolean published;

  private BundleWriter(Generation generation, Path staged, Path target) {
    this.generation = generation;
    this.staged = staged;
    this.target = target;
  }

  /** Starts a bundle under {@code root}; refuses a generation that exists already. */
  public static BundleWriter stage(Path root, Generation generation) throws IOException {
    Path target = root.resolve(generation.directoryName());
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new BundleException(generation, target + " exists already, expected a new generation");
    }
    Path staged = root.resolve("." + generation.directoryName() + ".staged");
    DirectoryTree.delete(staged);
    Files.createDirectories(staged);
    return new BundleWriter(generation, staged, target);
  }

  /** The generation of the bundle. */
  public Generation generation() {
    return generation;
  }

  /** The staging path of a file that a bundle may have. */
  public Path file(String name) {
    check(
        BundleFiles.CONTENT.contains(name) || BundleFiles.OPTIONAL.contains(name),
        "generation %s: \"%s\" is no file of a bundle, expected one of %s",
        generation,
        name,
        new TreeSet<>(BundleFiles.CONTENT));
    check(
        manifest == null, "generation %s: bundle is sealed, %s cannot be added", generation, name);
    return staged.resolve(name);
  }

  public void towers(Towers towers) throws IOException {
    BundleFiles.of(towers).write(file(BundleFiles.TOWERS));
  }

  public void codebook(ResidualCodebook codebook) throws IOException {
    BundleFiles.of(codebook).write(file(BundleFiles.CODEBOOK));
  }

  public void vocabulary(GeneratorVocabulary vocabulary) throws IOException {
    BundleFiles.of(vocabulary).write(file(BundleFiles.VOCABULARY));
  }

  /** Makes the bundle one of a sequence generator. */
  public void sequenceTables(SequenceTables tables) throws IOException {
    BundleFiles.of(tables).write(file(BundleFiles.GENERATOR_ITEMS));
  }

  /** What a later training can begin a sequence generator with, beside its tables. */
  public void generatorWeights(Map<String, Tensor> weights) throws IOException {
    new Safetensors(weights).write(file(BundleFiles.GENERATOR_WEIGHTS));
  }

  public void assignments(Assignments assignments, Manifest.Shapes shapes) throws IOException {
    BundleFiles.of(assignments, shapes).write(file(BundleFiles.ASSIGNMENTS));
  }

  public void queryLog(QueryLog queryLog) throws IOException {
    TermFiles.of(queryLog).write(file(BundleFiles.QUERY_LOG));
  }

  public void itemTexts(ItemTexts texts) throws IOException {
    TermFiles.of(texts).write(file(BundleFiles.ITEM_TEXTS));
  }

  public void popularity(PopularityPrediction prediction) throws IOException {
    prediction.file().write(file(BundleFiles.POPULARITY));
  }

  /**
   * Writes the manifest with the hash of every file.
   *
   * @param draft its own file entries are replaced
   * @return the manifest as written
   */
  public Manifest seal(Manifest draft) throws IOException {
    check(manifest == null, "generation %s: bundle is sealed already", generation);
    check(
        draft.generation().equals(generation),
        "generation %s: manifest is of generation %s",
        generation,
        draft.generation());
    Map<String, Manifest.FileEntry> files = new TreeMap<>();
    for (String name : complete()) {
      force(staged.resolve(name));
      files.put(name, Manifest.FileEntry.of(staged.resolve(name)));
    }
    Manifest sealed =
        new Manifest(
            generation,
            draft.shapes(),
            draft.ranking(),
            draft.provenance(),
            draft.quality(),
            draft.probes(),
            draft.expected(),
            draft.alignment(),
            draft.warmStart(),
            files);
    byte[] json = ManifestJson.write(sealed);
    Files.write(staged.resolve(BundleFiles.MANIFEST), json);
    force(staged.resolve(BundleFiles.MANIFEST));
    force(staged);
    manifest = json;
    return sealed;
  }

  /** Signs the sealed manifest. */
  public void sign(PrivateKey key) throws IOException {
    ManifestSignature.write(staged, sealed(), key);
    force(staged.resolve(BundleFiles.SIGNATURE));
    force(staged);
  }

  /** The names of all files, none of a bundle missing. */
  private Set<String> complete() throws IOException {
    try (Stream<Path> list = Files.list(staged)) {
      Set<String> found =
          list.map(path -> path.getFileName().toString())
              .collect(Collectors.toCollection(TreeSet::new));
      if (!BundleFiles.areContent(found)) {
        throw new BundleException(
            generation,
            "bundle holds " + found + ", expected " + new TreeSet<>(BundleFiles.CONTENT));
      }
      return found;
    }
  }

  /** SHA-256 of the sealed manifest: the hash of the bundle, 64 hexadecimal digits. */
  public String manifestSha256() {
    return Hashes.sha256(sealed());
  }

  /** The staging directory, to open and evaluate the bundle before publication. */
  public Path directory() {
    return staged;
  }

  /** Renames the sealed bundle into place, or leaves it as it was. Returns its directory. */
  public Path publish() throws IOException {
    return publish(BundleWriter::force);
  }

  /** How a file or directory is written to the disk itself. */
  @FunctionalInterface
  interface Forcing {
    void force(Path path) throws IOException;
  }

  Path publish(Forcing forcing) throws IOException {
    sealed();
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new BundleException(generation, target + " exists already, expected a new generation");
    }
    Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
    try {
      forcing.force(requireNonNull(target.toAbsolutePath().getParent()));
    } catch (IOException e) {
      takeBack(e);
      throw e;
    }
    published = true;
    return target;
  }

  /** Or the next attempt would find it, and take it for another training's. */
  private void takeBack(IOException why) {
    try {
      Files.move(target, staged, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  private byte[] sealed() {
    byte[] written = manifest;
    if (written == null) {
      throw new IllegalArgumentException(
          "generation %s: bundle is not sealed yet".formatted(generation));
    }
    return written;
  }

  private static void force(Path path) throws IOException {
    boolean directory = Files.isDirectory(path);
    if (directory && path.getFileSystem().getSeparator().equals("\\")) {
      return; // Windows cannot open a directory to force it
    }
    try (FileChannel channel =
        FileChannel.open(path, directory ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    if (!published) {
      DirectoryTree.delete(staged);
    }
  }
}
