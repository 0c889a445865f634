package io.sidestream.model.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.fixtures.TinyGeneration;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemBoost;
import io.sidestream.schemas.ItemFilter;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.RankedItem;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.Selection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrendingAnswersTest {
  private static final ItemFilter RED =
      new ItemFilter("color", List.of("red"), List.of(), Optional.empty(), Optional.empty());

  @TempDir Path root;

  /** Trend scores 1 to 6 by number; even ones are red; one item is not in the catalogue. */
  @Test
  void answer_excludedFilteredBoostedAndPaged_holdsWhatTrendsInOrder() throws IOException {
    Map<ItemId, Double> scores =
        Map.of(
            item(1),
            1.0,
            item(2),
            2.0,
            item(3),
            3.0,
            item(4),
            4.0,
            item(5),
            5.0,
            item(6),
            6.0,
            new ItemId("gone"),
            9.0);
    ItemAttributes attributes =
        item -> Optional.of(Map.of("color", List.of(red(item, scores) ? "red" : "blue")));
    TrendingAnswers trending = new TrendingAnswers(() -> scores, attributes);
    Path bundle = new TinyGeneration(new Generation(12), 20, 9).publish(root);
    try (OpenGeneration open = BundleReader.open(bundle, OnnxSessions.cpu(1))) {
      Catalogue catalogue = Catalogue.of(open);

      Answer answer = trending.answer(prompt(3, Set.of(item(5)), Selection.ALL), catalogue);
      assertEquals(Reply.Status.OK, answer.status());
      assertEquals(List.of(item(6), item(4), item(3)), ids(answer));
      assertEquals(6.0, answer.items().get(0).score());
      assertEquals(
          List.of(item(3), item(2)),
          ids(trending.answer(prompt(2, Set.of(), new Selection(List.of(), 3)), catalogue)));
      Selection red = new Selection(List.of(RED), 0);
      assertEquals(
          List.of(item(6), item(4), item(2)),
          ids(trending.answer(prompt(10, Set.of(), red), catalogue)));
      Selection boosted = new Selection(List.of(), 0, 0, List.of(new ItemBoost(RED, 100)));
      assertEquals(
          List.of(item(6), item(4), item(2), item(5)),
          ids(trending.answer(prompt(4, Set.of(), boosted), catalogue)));
      assertEquals(
          List.of(),
          ids(
              new TrendingAnswers(Trends.NONE, attributes)
                  .answer(prompt(4, Set.of(), Selection.ALL), catalogue)));
    }
  }

  private static boolean red(ItemId item, Map<ItemId, Double> scores) {
    return scores.getOrDefault(item, 1.0) % 2 == 0;
  }

  private static ItemId item(int number) {
    return TinyGeneration.itemId(number);
  }

  private static List<ItemId> ids(Answer answer) {
    return answer.items().stream().map(RankedItem::item).toList();
  }

  private static Prompt prompt(int k, Set<ItemId> excluded, Selection selection) {
    return new Prompt.ForRecommendation(
        List.of(), true, k, excluded, Optional.empty(), false, selection, true);
  }
}
