package io.sidestream.trainer;

import io.sidestream.learning.evaluation.CaseCollector;
import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.evaluation.HeldOut;
import io.sidestream.learning.evaluation.Metric;
import io.sidestream.learning.evaluation.Metrics;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.generator.Task;
import io.sidestream.model.onnx.OnnxException;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.model.ranking.ItemAttributes;
import io.sidestream.model.ranking.LiveCounts;
import io.sidestream.model.ranking.QueryCache;
import io.sidestream.model.ranking.Retriever;
import io.sidestream.model.store.BundleStore;
import io.sidestream.model.store.FetchListener;
import io.sidestream.model.store.GenerationOpener;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the live generation finds of the events that a training holds out, answered as it would be
 * today: new items are coded by it, neighbours and clicks are counted up to now.
 */
record LiveRecall(BundleStore store) {
  private static final Logger LOG = LoggerFactory.getLogger(LiveRecall.class);
  private static final String STAGE = "live generation";

  /*
   * What it found when it was trained says nothing of today: events become easier to foresee while
   * a fashion holds, and harder when it breaks, for every generation.
   */

  /**
   * Its recall by task as {@link Metrics#LIVE_AT_30}.
   *
   * @param counts of the training events
   * @return nothing for a task without events, nor where its bundle cannot be opened, of which the
   *     log says why
   */
  Map<String, Double> on(
      HeldOut heldOut, LiveCounts counts, GenerationAnnouncement live, TrainingProgress progress) {
    GenerationOpener opener = new GenerationOpener(store, OnnxSessions.cpu(1), FetchListener.NONE);
    progress.stage(STAGE, "generation %s on the same tests", live.generation());
    Map<String, Double> recall = Map.of();
    try (OpenGeneration open = opener.open(live.generation(), live.manifestSha256())) {
      recall = on(heldOut, retriever(open, counts), catalogue(open, heldOut), progress);
    } catch (IOException | OnnxException e) { // a shortage of this machine, for example
      LOG.warn(
          "the gate uses the recall of generation {} when it was trained", live.generation(), e);
    }
    progress.finished(
        STAGE,
        recall.isEmpty() ? "not measured" : GateEvaluation.recalls(recall, Metrics.LIVE_AT_30));
    return recall;
  }

  private static Retriever retriever(OpenGeneration open, LiveCounts counts) {
    return new Retriever(open, counts, ItemAttributes.NONE, QueryCache.NONE);
  }

  private static Map<String, Double> on(
      HeldOut heldOut, Retriever retriever, Catalogue catalogue, TrainingProgress progress) {
    List<ItemId> rows = heldOut.training().items().stream().map(Item::id).toList();
    CaseCollector collector = new CaseCollector(retriever, catalogue, rows);
    Map<String, Double> recall = new TreeMap<>();
    for (Task task : Task.values()) {
      List<EvaluationCase> cases = EvaluationCase.of(task, heldOut.test());
      if (!cases.isEmpty()) {
        int[] ranks = collector.collect(cases, progress).ranks(retriever.ranking());
        recall.put(Metrics.of(task, Metrics.LIVE_AT_30), Metric.RECALL_AT_30.mean(ranks));
      }
    }
    return recall;
  }

  private static Catalogue catalogue(OpenGeneration open, HeldOut heldOut) {
    List<Item> items = heldOut.training().items();
    Set<ItemId> trained = new HashSet<>(open.assignments().items());
    List<Item> come = items.stream().filter(item -> !trained.contains(item.id())).toList();
    Set<ItemId> gone = new HashSet<>(trained);
    items.forEach(item -> gone.remove(item.id()));
    return Catalogue.of(open).with(come.isEmpty() ? List.of() : open.code(come), gone);
  }
}
