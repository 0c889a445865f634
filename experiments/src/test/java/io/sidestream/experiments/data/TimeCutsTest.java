package io.sidestream.experiments.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.datasets.DatasetByKind;
import io.sidestream.datasets.sample.SampleCatalogue;
import io.sidestream.datasets.sample.SampleSize;
import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.pairs.WindowLimits;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeCutsTest {
  private static final DatasetByKind DATASET =
      DatasetByKind.of(new SampleCatalogue(1, new SampleSize(60, 30, 4, 900)).dataset());
  private static final TimeCuts CUTS = TimeCuts.of(DATASET, WindowLimits.DEFAULT);
  private static final int EVENTS = DATASET.interactions().size() + DATASET.userSearches().size();

  @Test
  void before_cuts_growByAnEleventhOfTheEvents() {
    for (int cut = 0; cut <= TimeCuts.REFRESHES; cut++) {
      int events = events(CUTS.before(cut));
      assertEquals(EVENTS * (7 + cut) / 11.0, events, 2, "cut " + cut);
    }
    assertTrue(CUTS.before(0).counts().size() > 100);
  }

  @Test
  void after_cases_areOfTheNextPartAndHaveTheirPastAlone() {
    for (int cut = 1; cut <= TimeCuts.REFRESHES; cut++) {
      List<EvaluationCase> cases = CUTS.after(cut, Integer.MAX_VALUE);
      int searches = EvaluationCase.of(Task.SEARCH, cases).size();
      int next = cut == TimeCuts.REFRESHES ? DATASET.userSearches().size() : searches(cut + 1);
      assertEquals(next - searches(cut), searches);
      for (EvaluationCase one : EvaluationCase.of(Task.RECOMMENDATION, cases)) {
        assertFalse(one.excluded().isEmpty());
        assertFalse(one.excluded().contains(one.relevant()));
      }
    }
  }

  @Test
  void after_moreCasesThanAllowed_areThinnedEvenly() {
    List<EvaluationCase> all =
        EvaluationCase.of(Task.RECOMMENDATION, CUTS.after(1, Integer.MAX_VALUE));
    List<EvaluationCase> some = EvaluationCase.of(Task.RECOMMENDATION, CUTS.after(1, 10));
    assertTrue(some.size() <= 10 && some.size() > 5, some.size() + " cases");
    assertEquals(all.get(0), some.get(0));
  }

  @Test
  void before_aCutBeyondTheLast_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> CUTS.before(TimeCuts.REFRESHES + 2));
  }

  private static int searches(int cut) {
    return CUTS.before(cut).searches().size();
  }

  private static int events(Corpus corpus) {
    return corpus.interactions().size() + corpus.searches().size();
  }
}
