package io.sidestream.model.ranking;

import io.sidestream.model.terms.ItemTexts;
import io.sidestream.model.terms.SparseScores;
import io.sidestream.model.terms.TermIndex;
import io.sidestream.model.terms.Titles;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.ClickedItem;
import io.sidestream.schemas.pairs.ClickedItems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Scores of items of the corpus by their rows there, and of rows that have scores of their own. */
final class CorpusRowScores implements SparseRowScores {
  private final CatalogueRows rows;
  private final List<ItemId> corpus; // [corpus row]
  private final SparseScores ofCorpus; // by corpus row
  private final Map<Integer, Float> own; // by row; these rows have no score by corpus row
  private final boolean ownTexts; // rows with a text of their own have no score by corpus row

  private CorpusRowScores(
      CatalogueRows rows,
      List<ItemId> corpus,
      SparseScores ofCorpus,
      Map<Integer, Float> own,
      boolean ownTexts) {
    this.rows = rows;
    this.corpus = corpus;
    this.ofCorpus = ofCorpus;
    this.own = own;
    this.ownTexts = ownTexts;
  }

  /** Scores of the corpus's items, by their rows in the corpus. */
  static CorpusRowScores ofCorpus(SparseScores scores, CatalogueRows rows, List<ItemId> corpus) {
    return new CorpusRowScores(rows, corpus, scores, Map.of(), false);
  }

  /**
   * ln(1 + clicks) of the items clicked after a query.
   *
   * @param trained as of the training, by corpus row
   * @param live counted up to now: what is higher counts, since the events that a training holds
   *     out are missing in the one, and those before the counting began in the other
   */
  static CorpusRowScores ofClicks(
      SparseScores trained, ClickedItems live, CatalogueRows rows, List<ItemId> corpus) {
    Map<Integer, Float> own = new HashMap<>();
    for (ClickedItem clicked : live.best()) {
      int row = rows.find(clicked.item());
      if (row >= 0) {
        int corpusRow = rows.get(row).corpusRow();
        double known = corpusRow == CatalogueRow.NEW ? 0 : trained.get(corpusRow);
        own.put(row, (float) Math.max(known, Math.log1p(clicked.clicks())));
      }
    }
    return new CorpusRowScores(rows, corpus, trained, own, false);
  }

  /** Match of words with a query, in [0, 1]: of an item's own text, where it has one. */
  static CorpusRowScores ofWords(
      ItemTexts texts, String query, CatalogueRows rows, List<ItemId> corpus) {
    TermIndex.Query terms = texts.terms().query(query);
    Map<Integer, Float> own = new HashMap<>();
    rows.withText().stream()
        .forEach(row -> put(own, row, (float) terms.score(rows.get(row).ownText().counts())));
    return new CorpusRowScores(rows, corpus, terms.matches(), own, true);
  }

  /** 1 for the rows whose title a query is: an item's own title, where it has one. */
  static CorpusRowScores ofTitles(
      ItemTexts texts, String query, CatalogueRows rows, List<ItemId> corpus) {
    Titles.Query titles = new Titles.Query(query);
    SparseScores ofCorpus = new SparseScores();
    for (int row : texts.titles().rows(titles)) {
      ofCorpus.add(row, 1);
    }
    Map<Integer, Float> own = new HashMap<>();
    rows.withText().stream()
        .filter(row -> titles.is(rows.get(row).ownText().titles()))
        .forEach(row -> own.put(row, 1f));
    return new CorpusRowScores(rows, corpus, ofCorpus, own, true);
  }

  private static void put(Map<Integer, Float> scores, int row, float score) {
    if (score > 0) {
      scores.put(row, score);
    }
  }

  @Override
  public float at(int row) {
    Float known = own.get(row);
    if (known != null) {
      return known;
    }
    CatalogueRow read = rows.get(row);
    boolean none = read.corpusRow() == CatalogueRow.NEW || (ownTexts && read.text().isPresent());
    return none ? 0 : (float) ofCorpus.get(read.corpusRow());
  }

  @Override
  public void offerTo(TopRows top, IntPredicate eligible) {
    own.forEach((row, score) -> SparseRowScores.offer(top, row, score, eligible));
    ofCorpus.forEach(
        (corpusRow, score) -> {
          if (top.mayTake((float) score)) {
            int row = rows.find(corpus.get(corpusRow));
            if (row >= 0 && !own.containsKey(row)) {
              SparseRowScores.offer(top, row, at(row), eligible);
            }
          }
        });
  }
}
