package io.sidestream.experiments.baselines;

import java.io.IOException;
import java.util.Collection;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/** Collects the scores of matching documents by row. For one search. */
final class RowScores extends SimpleCollector {
  private final float[] scores; // [row]
  private NumericDocValues rows;
  private Scorable scorer;

  @SuppressWarnings("NullAway.Init") // Lucene sets both before it collects
  private RowScores(float[] scores) {
    this.scores = scores;
  }

  /** Collects into one array: the collectors of a search have disjoint documents. */
  static CollectorManager<RowScores, float[]> into(float[] scores) {
    return new CollectorManager<>() {
      @Override
      public RowScores newCollector() {
        return new RowScores(scores);
      }

      @Override
      public float[] reduce(Collection<RowScores> collectors) {
        return scores;
      }
    };
  }

  @Override
  protected void doSetNextReader(LeafReaderContext context) throws IOException {
    rows = DocValues.getNumeric(context.reader(), Bm25.ROW);
  }

  @Override
  public void setScorer(Scorable scorer) {
    this.scorer = scorer;
  }

  @Override
  public void collect(int document) throws IOException {
    if (!rows.advanceExact(document)) {
      throw new IllegalStateException("document " + document + " has no row");
    }
    scores[(int) rows.longValue()] = scorer.score();
  }

  @Override
  public ScoreMode scoreMode() {
    return ScoreMode.COMPLETE;
  }
}
