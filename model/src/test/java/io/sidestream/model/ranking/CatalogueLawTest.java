package io.sidestream.model.ranking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.bundle.RankingFeature;
import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.fixtures.TinyGeneration;
import io.sidestream.model.generator.Task;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.pairs.ItemNeighbours;
import io.sidestream.schemas.pairs.Neighbour;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The law of catalogues: answers depend on the items alone, not on how they came. */
class CatalogueLawTest {
  /** More rows than a block, so that versions share some and own others. */
  private static final int ITEMS = Blocks.BLOCK + 30;

  private static final int ROUNDS = 20;

  /** Of a bundle whose random codes are fit to be opened, which not all are. */
  private static final long BUNDLE = 7;

  @TempDir Path root;

  @Test
  void with_randomChanges_answersAsACatalogueMadeAtOnce() throws IOException {
    long seed = System.nanoTime();
    System.out.println("with_randomChanges_answersAsACatalogueMadeAtOnce seed " + seed);
    Random random = new Random(seed);
    Path bundle = new TinyGeneration(new Generation(3), ITEMS, BUNDLE).publish(root);
    try (OpenGeneration generation = BundleReader.open(bundle, OnnxSessions.cpu(1))) {
      Retriever retriever = retriever(generation, random);
      Catalogue first = Catalogue.of(generation);
      Catalogue catalogue = first;
      Map<ItemId, CodedItem> changed = new TreeMap<>();
      Set<ItemId> removed = new TreeSet<>();
      for (int round = 0; round < ROUNDS; round++) {
        List<CodedItem> puts = new ArrayList<>();
        for (int i = random.nextInt(30); i > 0; i--) {
          puts.add(coded(generation, random));
        }
        List<ItemId> gone = new ArrayList<>();
        for (int i = random.nextInt(30); i > 0; i--) {
          gone.add(TinyGeneration.itemId(random.nextInt(ITEMS * 5 / 4)));
        }
        catalogue = catalogue.with(puts, gone);
        for (CodedItem item : puts) {
          changed.put(item.item(), item);
          removed.remove(item.item());
        }
        removed.addAll(gone);
        changed.keySet().removeAll(gone);
        assertSame(first.with(changed.values(), removed), catalogue, retriever, random);
      }
    }
  }

  private static void assertSame(
      Catalogue expected, Catalogue found, Retriever retriever, Random random) {
    assertEquals(expected.size(), found.size());
    assertEquals(expected.trie().size(), found.trie().size());
    for (int leaf = 0; leaf < expected.trie().size(); leaf++) {
      assertArrayEquals(expected.trie().codes(leaf), found.trie().codes(leaf));
      assertEquals(
          expected.itemsBehind(expected.id(expected.rows(leaf)[0])),
          found.itemsBehind(found.id(found.rows(leaf)[0])));
    }
    ItemId one = TinyGeneration.itemId(random.nextInt(ITEMS));
    ItemId other = TinyGeneration.itemId(random.nextInt(ITEMS));
    for (Prompt prompt :
        List.of(
            search("a story of " + random.nextInt(13) + " friends"),
            search("film number " + random.nextInt(ITEMS)),
            search(""),
            recommendation(List.of()),
            recommendation(List.of(one, other)))) {
      assertEquals(retriever.answer(prompt, expected), retriever.answer(prompt, found));
    }
  }

  private static CodedItem coded(OpenGeneration generation, Random random) {
    CodedItem coded =
        generation.code(
            TinyGeneration.item(random.nextInt(ITEMS * 5 / 4)),
            Optional.of(new float[] {random.nextFloat(), random.nextFloat(), -1}));
    return random.nextBoolean() ? coded : new CodedItem(coded.item(), coded.id(), coded.vector());
  }

  /** With weight on every feature of a task. */
  private static Retriever retriever(OpenGeneration generation, Random random) {
    Map<ItemId, ItemNeighbours> neighbours = new HashMap<>();
    for (int row = 0; row < ITEMS; row++) {
      int next = random.nextInt(ITEMS);
      neighbours.put(
          TinyGeneration.itemId(row),
          new ItemNeighbours(
              1_000_000,
              1_000_000,
              List.of(new Neighbour(TinyGeneration.itemId(next), 1_000_000))));
    }
    return new Retriever(
        PromptEncoder.of(generation),
        generation.generator(),
        generation.queryLog(),
        generation.itemTexts(),
        Neighbours.of(neighbours),
        new Manifest.Ranking(weights(Task.SEARCH), weights(Task.RECOMMENDATION), 10, 20, 5));
  }

  private static RankingWeights weights(Task task) {
    RankingWeights weights = RankingWeights.DEFAULT.with(RankingFeature.QUERY_LOG, 0);
    for (RankingFeature feature : RankingFeature.values()) {
      if (feature.isOf(task) && weights.of(feature) == 0) {
        weights = weights.with(feature, 0.3);
      }
    }
    return weights;
  }

  private static Prompt search(String query) {
    return new Prompt.ForSearch(query, 20, Set.of(), Optional.empty());
  }

  private static Prompt recommendation(List<ItemId> history) {
    return new Prompt.ForRecommendation(history, true, 20, Set.of(), Optional.empty());
  }
}
