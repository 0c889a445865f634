package io.sidestream.model.ranking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.fixtures.TinyGeneration;
import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.Prompt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodedQueriesTest {
  @TempDir static Path root;
  private static OpenGeneration generation;
  private static OpenGeneration next;

  private final AtomicInteger hits = new AtomicInteger();
  private final AtomicInteger misses = new AtomicInteger();

  @BeforeAll
  static void open() throws IOException {
    generation = opened(1, 5);
    next = opened(2, 6);
  }

  private static OpenGeneration opened(int number, long seed) throws IOException {
    return BundleReader.open(
        new TinyGeneration(new Generation(number), 40, seed).publish(root), OnnxSessions.cpu(1));
  }

  @AfterAll
  static void close() {
    generation.close();
    next.close();
  }

  private QueryCache cache(int most) {
    return new QueryCache(most, hits::incrementAndGet, misses::incrementAndGet);
  }

  @Test
  void of_repeatedQuery_isEncodedOnce() {
    EncodedQueries queries = new EncodedQueries(PromptEncoder.of(generation), cache(5));
    GeneratorPrompt first = queries.of("Hello  friends");
    GeneratorPrompt second = queries.of("hello friends "); // the same, once normalized
    assertSame(PromptEncoder.of(generation).search("hello friends"), first);
    assertSame(first, second);
    assertEquals(1, misses.get());
    assertEquals(1, hits.get());
  }

  @Test
  void of_moreQueriesThanItKeeps_forgetsThoseNotAskedForLongest() {
    EncodedQueries queries = new EncodedQueries(PromptEncoder.of(generation), cache(2));
    queries.of("one");
    queries.of("two");
    queries.of("one");
    queries.of("three"); // "two" goes
    assertEquals(2, queries.size());
    queries.of("one");
    assertEquals(2, hits.get());
    queries.of("two");
    assertEquals(4, misses.get());
    assertEquals(2, queries.size());
  }

  @Test
  void of_noRoom_encodesEachTime() {
    EncodedQueries queries = new EncodedQueries(PromptEncoder.of(generation), QueryCache.NONE);
    assertSame(queries.of("one"), queries.of("one"));
    assertEquals(0, queries.size());
    assertThrows(IllegalArgumentException.class, () -> cache(-1));
  }

  /** Law: with and without a cache, whichever generation answers, an answer is the same. */
  @Test
  void answer_generationsInTurn_neverTakeEachOthersVectors() {
    assertFalse(
        Arrays.equals(
            PromptEncoder.of(generation).search("query 1").vector(),
            PromptEncoder.of(next).search("query 1").vector()));
    long seed = Long.getLong("seed", 7);
    System.out.println("seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    QueryCache shared = cache(6);
    Retriever[] cached = {retriever(generation, shared), retriever(next, shared)};
    Retriever[] plain = {retriever(generation, QueryCache.NONE), retriever(next, QueryCache.NONE)};
    Catalogue[] catalogues = {Catalogue.of(generation), Catalogue.of(next)};
    for (int request = 0; request < 60; request++) {
      int of = random.nextInt(2);
      Prompt prompt =
          new Prompt.ForSearch("query " + random.nextInt(10), 9, Set.of(), Optional.empty());
      assertEquals(
          plain[of].answer(prompt, catalogues[of]), cached[of].answer(prompt, catalogues[of]));
    }
    assertEquals(60, hits.get() + misses.get());
    assertTrue(hits.get() > 0, "nothing was kept");
  }

  private static Retriever retriever(OpenGeneration of, QueryCache cache) {
    return new Retriever(of, LiveCounts.NONE, ItemAttributes.NONE, cache);
  }

  private static void assertSame(GeneratorPrompt expected, GeneratorPrompt actual) {
    assertArrayEquals(expected.tokens(), actual.tokens());
    assertArrayEquals(expected.vector(), actual.vector());
  }
}
