package io.sidestream.experiments.baselines;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.evaluation.EvaluationQuery;
import io.sidestream.learning.evaluation.Scorer;
import io.sidestream.model.text.ItemTextTemplate;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.Search;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MultiDocValues;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;

/** Lucene's BM25 over item texts. Only for search. */
final class Bm25 implements Scorer, AutoCloseable {
  /*
   * English analyzer: lower case, no stop words, Porter's stemmer. k1 = 1.2 and b = 0.75 as Lucene
   * has them; a term that a query repeats counts as often. An item that shares no word scores 0.
   * Lucene rounds the lengths of documents above 40 terms to one byte, so scores are not BM25's to
   * the last digit.
   */

  /** Maximum number of different terms of a query; further ones are ignored. */
  public static final int MAX_TERMS = 1_024;

  static final String TEXT = "text";
  private static final String ROW = "row";

  private final Analyzer analyzer = new EnglishAnalyzer();
  private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
  private final DirectoryReader reader;
  private final IndexSearcher searcher;
  private final int[] rows; // [document]

  /**
   * @param texts one for each item, shape [row]
   */
  public Bm25(List<String> texts) {
    try {
      index(texts);
      this.reader = DirectoryReader.open(directory);
      this.rows = rows(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.searcher = new IndexSearcher(reader);
    searcher.setSimilarity(new BM25Similarity());
    searcher.setQueryCache(null);
  }

  /** Over the items' texts. */
  public static Bm25 ofTexts(ExperimentData data) {
    return new Bm25(texts(data.training().items()));
  }

  /** Over the items' texts, each followed by the queries of training's searches for it. */
  public static Bm25 ofTextsAndSearches(ExperimentData data) {
    List<StringBuilder> texts =
        texts(data.training().items()).stream().map(StringBuilder::new).toList();
    for (Search search : data.training().searches()) {
      data.rows()
          .row(search.clicked())
          .ifPresent(row -> texts.get(row).append('\n').append(search.query()));
    }
    return new Bm25(texts.stream().map(StringBuilder::toString).toList());
  }

  @Override
  public float[] scores(EvaluationCase one) {
    return one.query().fold(query -> scores(query.text()), Bm25::refuse);
  }

  /** The score of each item for a query, shape [row]. */
  public float[] scores(String query) {
    try {
      float[] scores = new float[rows.length];
      for (ScoreDoc match : searcher.search(parsed(query), rows.length).scoreDocs) {
        scores[rows[match.doc]] = match.score;
      }
      return scores;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      reader.close();
      directory.close();
      analyzer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static float[] refuse(EvaluationQuery.History history) {
    throw new IllegalArgumentException(
        "BM25 got a history of " + history.rows().size() + " items, expected a query");
  }

  private static List<String> texts(List<Item> items) {
    return items.stream().map(ItemTextTemplate.V1::render).toList();
  }

  private void index(List<String> texts) throws IOException {
    check(!texts.isEmpty(), "no items to index");
    try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
      for (int row = 0; row < texts.size(); row++) {
        Document document = new Document();
        document.add(new TextField(TEXT, texts.get(row), Field.Store.NO));
        document.add(new NumericDocValuesField(ROW, row));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
  }

  private static int[] rows(DirectoryReader reader) throws IOException {
    int[] rows = new int[reader.maxDoc()];
    NumericDocValues values = MultiDocValues.getNumericValues(reader, ROW);
    while (values.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
      rows[values.docID()] = (int) values.longValue();
    }
    return rows;
  }

  private Query parsed(String query) throws IOException {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    List<Map.Entry<String, Integer>> terms = new ArrayList<>(Terms.of(analyzer, query).entrySet());
    for (Map.Entry<String, Integer> term : terms.subList(0, Math.min(MAX_TERMS, terms.size()))) {
      Query one = new TermQuery(new Term(TEXT, term.getKey()));
      any.add(new BoostQuery(one, term.getValue()), BooleanClause.Occur.SHOULD);
    }
    return any.build();
  }
}
