package io.sidestream.trainer.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import io.sidestream.trainer.tensor.SafeMath;
import io.sidestream.trainer.tensor.TrainingStep;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The weighted sum of the three contrastive losses of a step: query to item, item to item, history
 * to item; with prefixes, of their means over all lengths.
 *
 * <p>Legend: B pairs of a kind, R items of the step, D dimensions.
 */
final class TowerLoss {
  /*
   * With prefixes, the first p numbers of each vector must tell items apart by themselves, once made unit: Kusupati et
   * al. 2022, arXiv 2205.13147, all lengths weighing alike. The mean, not their sum, so that a learning rate fits any
   * number of lengths.
   */
  private final Objective objective;
  private final ItemInputs inputs;

  TowerLoss(BiEncoderCorpus corpus, BiEncoderSettings settings) {
    this.objective = settings.objective();
    this.inputs = new ItemInputs(corpus, objective);
  }

  /** Shape (). The step has pairs of at least one kind. */
  NDArray of(TrainingStep step, Step pairs, TextSource source, SplittableRandom random) {
    Heads heads = new Heads(step);
    NDArray items = inputs.items(step, pairs.rows(), source.items(step, pairs), random); // (R, D)
    LossWeights weights = objective.weights();

    List<NDArray> losses = new ArrayList<>();
    if (pairs.chosen().size() > 0) {
      NDArray queries = heads.queries(source.queries(step, pairs)); // (B, D)
      losses.add(loss(step, queries, items, pairs.chosen(), weights.search()));
    }
    if (pairs.together().size() > 0) {
      NDArray anchors = anchors(step, items, pairs); // (B, D)
      losses.add(loss(step, anchors, items, pairs.together(), weights.together()));
    }
    if (pairs.next().size() > 0) {
      NDArray shares = step.floats(pairs.shares(), pairs.next().size(), pairs.rows().length);
      NDArray histories = heads.histories(shares, items); // (B, D)
      losses.add(loss(step, histories, items, pairs.next(), weights.next()));
    }
    return losses.stream().reduce(NDArray::add).orElseThrow();
  }

  private NDArray loss(
      TrainingStep step, NDArray anchors, NDArray items, Contrast contrast, double weight) {
    NDArray mask = contrast.mask(step, items); // (B, R)
    NDArray sum = loss(step, anchors, items, contrast, mask);
    for (int prefix : objective.prefixes()) {
      sum = sum.add(loss(step, first(prefix, anchors), first(prefix, items), contrast, mask));
    }
    return SafeMath.multiply(sum, weight / (1 + objective.prefixes().size()));
  }

  private NDArray loss(
      TrainingStep step, NDArray anchors, NDArray items, Contrast contrast, NDArray mask) {
    return ContrastiveLoss.of(step, anchors, items, contrast, mask, objective.temperature());
  }

  /** The first numbers of each row, made unit: (R, D) to (R, prefix). */
  private static NDArray first(int prefix, NDArray vectors) {
    return SafeMath.unitLength(vectors.get(new NDIndex(":, :" + prefix)));
  }

  private static NDArray anchors(TrainingStep step, NDArray items, Step pairs) {
    long[] places = new long[pairs.anchors().length];
    for (int b = 0; b < places.length; b++) {
      places[b] = pairs.anchors()[b];
    }
    return SafeMath.lookUp(items, step.indices(places, places.length)); // (B, D)
  }
}
