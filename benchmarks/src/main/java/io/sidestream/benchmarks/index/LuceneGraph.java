package io.sidestream.benchmarks.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/** The peer: Lucene's HNSW graph of one segment, mapped from disk, 16 links, beams of 100. */
final class LuceneGraph implements AutoCloseable {
  private static final int LINKS = 16;
  private static final int BEAM = 100;
  private static final double BUFFER_MIB = 2_000; // so that all vectors are one segment

  private final Directory directory;
  private final DirectoryReader reader;
  private final IndexSearcher searcher;
  private final Path path;

  private LuceneGraph(Directory directory, Path path) throws IOException {
    this.directory = directory;
    this.path = path;
    this.reader = DirectoryReader.open(directory);
    this.searcher = new IndexSearcher(reader);
  }

  static LuceneGraph of(float[][] vectors, Path path) throws IOException {
    Directory directory = FSDirectory.open(Files.createDirectories(path));
    IndexWriterConfig config =
        new IndexWriterConfig()
            .setOpenMode(IndexWriterConfig.OpenMode.CREATE)
            .setRAMBufferSizeMB(BUFFER_MIB)
            .setUseCompoundFile(false)
            .setCodec(
                new Lucene912Codec() {
                  @Override
                  public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                    return new Lucene99HnswVectorsFormat(LINKS, BEAM);
                  }
                });
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      for (int row = 0; row < vectors.length; row++) {
        Document document = new Document();
        document.add(
            new KnnFloatVectorField("vector", vectors[row], VectorSimilarityFunction.DOT_PRODUCT));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
    return new LuceneGraph(directory, path);
  }

  /**
   * The rows that are found for a query, best first.
   *
   * @param explored of the graph's candidates: the more, the better
   */
  List<Integer> nearest(float[] query, int n, int explored) throws IOException {
    List<Integer> rows = new ArrayList<>();
    ScoreDoc[] found =
        searcher.search(new KnnFloatVectorQuery("vector", query, explored), n).scoreDocs;
    for (ScoreDoc one : found) {
      rows.add(one.doc); // one segment, written in order: a document's number is its row
    }
    return rows;
  }

  long bytes() throws IOException {
    long bytes = 0;
    for (String file : directory.listAll()) {
      bytes += Files.size(path.resolve(file));
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    reader.close();
    directory.close();
  }
}
