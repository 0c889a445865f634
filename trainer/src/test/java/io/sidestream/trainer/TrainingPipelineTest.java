package io.sidestream.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.TinyCorpus;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.model.ranking.Neighbours;
import io.sidestream.model.ranking.Retriever;
import io.sidestream.model.store.BundleStore;
import io.sidestream.model.store.BundleStoreConfig;
import io.sidestream.model.store.FetchListener;
import io.sidestream.model.store.GenerationOpener;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.pairs.WindowLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingPipelineTest {
  private static final Corpus CORPUS = TinyCorpus.of(60, 30, WindowLimits.DEFAULT, 3);

  @TempDir Path directory;

  @Test
  void train_twice_givesTheSameBundleAndAnswersByIt() throws Exception {
    PublishedGeneration one = train("one", "work-one", CORPUS);
    PublishedGeneration other = train("other", "work-other", CORPUS);
    assertEquals(one.manifest(), other.manifest());
    assertEquals(one.manifestSha256(), other.manifestSha256());
    PublishedGeneration warm = train("warm", "work-one", CORPUS);
    assertEquals(one.manifestSha256(), warm.manifestSha256(), "texts kept from before");
    assertFalse(Files.exists(directory.resolve("one/.generation-000001.staged")));

    Map<String, Double> metrics = one.manifest().quality().metrics();
    assertEquals(20, metrics.get("recommendation.cases"));
    assertTrue(metrics.get("search.cases") > 5);
    assertEquals("7", one.manifest().provenance().settings().get("trainer.seed"));
    assertTrue(one.manifest().quality().parity().get("generator") < 1e-4);
    answers("one", one);
  }

  private void answers(String generations, PublishedGeneration trained) throws IOException {
    GenerationOpener opener =
        new GenerationOpener(store(generations), OnnxSessions.cpu(1), FetchListener.NONE);
    try (OpenGeneration open =
        opener.open(trained.manifest().generation(), trained.manifestSha256())) {
      Retriever answering = new Retriever(open, Neighbours.NONE);
      Prompt prompt = new Prompt.ForSearch("a robot in space", 5, Set.of(), Optional.empty());
      assertEquals(5, answering.answer(prompt, Catalogue.of(open)).items().size());
    }
  }

  @Test
  void train_catalogueNobodyUsed_isTrainedOnItsOwnWords() throws Exception {
    Corpus unused = new Corpus(CORPUS.items(), List.of(), List.of(), List.of());
    PublishedGeneration trained = train("unused", "work", unused);
    assertEquals(
        "search is not evaluated: 0 test events, expected 5 or more; "
            + "recommendation is not evaluated: 0 test events, expected 5 or more",
        trained.manifest().quality().verdict());
    answers("unused", trained);
  }

  @Test
  void train_noItems_isRefused() {
    Corpus empty = new Corpus(List.of(), List.of(), List.of(), List.of());
    assertThrows(IllegalArgumentException.class, () -> train("empty", "work", empty));
    assertFalse(Files.exists(directory.resolve("empty/generation-000001")));
  }

  private BundleStore store(String generations) {
    return BundleStore.of(BundleStoreConfig.directory(directory.resolve(generations)));
  }

  private PublishedGeneration train(String generations, String work, Corpus corpus)
      throws IOException {
    return new TrainingPipeline(TinyTraining.SETTINGS, store(generations), directory.resolve(work))
        .train(corpus, TinyTraining.order(Optional.empty()), TrainingProgress.NONE);
  }
}
