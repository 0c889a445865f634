package io.sidestream.learning.generation;

import io.sidestream.learning.biencoder.PretrainedText;
import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.learning.examples.QueryPool;
import io.sidestream.learning.examples.TextVectors;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.bundle.BundleFiles;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.resources.Hashes;
import io.sidestream.model.text.ItemTextTemplate;
import io.sidestream.model.text.TextEncoder;
import io.sidestream.model.text.TextTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The texts of a corpus with their vectors by the pretrained encoder. Arrays are not copied: they
 * are as large as the catalogue. Closes the word pieces.
 *
 * @param encoderSha256 hash of the graph of that encoder
 * @param tokenizerSha256 hash of its tokenizer
 * @param texts of the items, by row
 * @param textVectors shape [row][E]
 * @param pool training queries
 * @param queryVectors shape [query][E]
 */
public record TextEmbeddings(
    String encoderSha256,
    String tokenizerSha256,
    ItemRows rows,
    TextTokenizer pieces,
    List<String> texts,
    float[][] textVectors,
    QueryPool pool,
    float[][] queryVectors)
    implements AutoCloseable {
  public static final ItemTextTemplate TEMPLATE = ItemTextTemplate.V1;

  public static TextEmbeddings read(
      Corpus training,
      TrainingSettings settings,
      Path work,
      BundleWriter bundle,
      TrainingProgress progress)
      throws IOException {
    ItemRows rows = new ItemRows(training.items());
    List<String> texts = training.items().stream().map(TEMPLATE::render).toList();
    QueryPool pool = QueryPool.of(training, rows, settings.examples());
    WrittenEncoder written =
        settings.pretrained().encoder().isPresent()
            ? ofFolder(training, rows, texts, pool, settings, work, bundle, progress)
            : bundled(settings, work, bundle);
    TextTokenizer pieces =
        TextTokenizer.open(bundle.file(BundleFiles.TOKENIZER), written.maxTokens());
    try (TextEncoder encoder = TextEncoder.open(written.graph(), pieces, OnnxSessions.cpu(1))) {
      TextVectors vectors =
          written.kept().isPresent()
              ? TextVectors.open(written.kept().get(), encoder)
              : TextVectors.unkept(encoder);
      progress.stage(
          "texts",
          "%,d items, %,d queries, %,d texts are new",
          texts.size(),
          pool.queries().size(),
          vectors.unknown(texts) + vectors.unknown(pool.queries()));
      float[][] all = vectors.of(joined(texts, pool.queries()), progress);
      vectors.save();
      progress.finished("texts", encoder.dimensions() + " dimensions");
      return new TextEmbeddings(
          Hashes.sha256(written.graph()),
          Hashes.sha256(bundle.file(BundleFiles.TOKENIZER)),
          rows,
          pieces,
          texts,
          Arrays.copyOf(all, texts.size()),
          pool,
          Arrays.copyOfRange(all, texts.size(), all.length));
    } catch (IOException | RuntimeException e) {
      pieces.close();
      throw e;
    }
  }

  /**
   * The encoder that a training starts from, its tokenizer in the bundle.
   *
   * @param maxTokens where texts are cut
   * @param kept cache of its vectors
   */
  private record WrittenEncoder(Path graph, int maxTokens, Optional<Path> kept) {}

  private static WrittenEncoder bundled(TrainingSettings settings, Path work, BundleWriter bundle)
      throws IOException {
    PretrainedText pretrained = PretrainedText.load();
    pretrained.exportTokenizer(bundle.file(BundleFiles.TOKENIZER));
    int maxTokens = settings.maxTokens();
    return new WrittenEncoder(
        pretrained(pretrained, work),
        maxTokens,
        Optional.of(work.resolve(PretrainedText.vectorsFile(maxTokens))));
  }

  private static WrittenEncoder ofFolder(
      Corpus training,
      ItemRows rows,
      List<String> texts,
      QueryPool pool,
      TrainingSettings settings,
      Path work,
      BundleWriter bundle,
      TrainingProgress progress)
      throws IOException {
    Path folder = settings.pretrained().encoder().orElseThrow();
    FolderEncoder written =
        FolderEncoder.write(folder, training, rows, texts, pool, settings, bundle, progress);
    return new WrittenEncoder(
        bundle.file(BundleFiles.ENCODER),
        written.maxTokens(),
        written.vectorsFile().map(work::resolve));
  }

  /** One list, so that progress is reported as one stage. */
  static List<String> joined(List<String> texts, List<String> queries) {
    return Stream.concat(texts.stream(), queries.stream()).toList();
  }

  /** Rewritten by each training: a file truncated by a crash would be accepted. */
  private static Path pretrained(PretrainedText pretrained, Path work) throws IOException {
    Files.createDirectories(work);
    Path graph = work.resolve("pretrained.onnx");
    pretrained.exportEncoder(graph);
    return graph;
  }

  @Override
  public void close() {
    pieces.close();
  }
}
