package io.sidestream.learning.biencoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.TrainingStep;
import java.util.ArrayList;
import java.util.Arrays;
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
   * With prefixes, the first p numbers of each vector are trained to rank by themselves, normalized
   * (Matryoshka): Kusupati et al. 2022, arXiv 2205.13147, all lengths weighing alike. The mean, not
   * their sum, so that a learning rate fits any number of lengths.
   *
   * Sampled negatives represent all items that the batch leaves out: their scores get the logarithm
   * of the inverse sampling rate, so that the expected denominator of the softmax is that over the
   * whole catalogue (sampled softmax with importance weights, Bengio and Senécal 2008, doi
   * 10.1109/TNN.2007.912312). With all items it is exact.
   */
  private final Objective objective;
  private final ItemInputs inputs;
  private final CommitmentLoss commitment;
  private final int catalogue; // N

  TowerLoss(BiEncoderCorpus corpus, BiEncoderSettings settings, CommitmentLoss commitment) {
    this.commitment = commitment;
    this.objective = settings.objective();
    this.catalogue = corpus.items();
    this.inputs = new ItemInputs(corpus, objective);
  }

  /** Shape (). The step has pairs of at least one kind. */
  NDArray of(TrainingStep step, Batch pairs, TextSource source, SplittableRandom random) {
    Heads heads = new Heads(step);
    ItemInputs.Encoded encoded =
        inputs.items(step, pairs.rows(), source.items(step, pairs), random); // (R, D)
    NDArray items = encoded.vectors();
    LossWeights weights = objective.weights();
    NDArray others = step.floats(logInverseSamplingRate(pairs), 1, pairs.rows().length); // (1, R)

    List<NDArray> losses = new ArrayList<>();
    commitment.of(step, pairs.rows(), encoded).ifPresent(losses::add);
    if (pairs.queryItems().size() > 0) {
      NDArray queries = heads.queries(source.queries(step, pairs)); // (B, D)
      losses.add(loss(step, queries, items, others, pairs.queryItems(), weights.queryItem()));
    }
    if (pairs.itemItems().size() > 0) {
      NDArray anchors = anchors(step, items, pairs); // (B, D)
      losses.add(loss(step, anchors, items, others, pairs.itemItems(), weights.itemItem()));
    }
    if (pairs.nextItems().size() > 0) {
      NDArray shares = step.floats(pairs.shares(), pairs.nextItems().size(), pairs.rows().length);
      NDArray histories = heads.histories(shares, items); // (B, D)
      losses.add(loss(step, histories, items, others, pairs.nextItems(), weights.nextItem()));
    }
    return losses.stream().reduce(NDArray::add).orElseThrow();
  }

  /** Logarithm of the inverse sampling rate of each item of the batch. Shape [place]. */
  private float[] logInverseSamplingRate(Batch pairs) {
    int drawn = pairs.rows().length - pairs.inside();
    float[] logarithms = new float[pairs.rows().length];
    if (drawn > 0) {
      double each = (double) (catalogue - pairs.inside()) / drawn;
      Arrays.fill(logarithms, pairs.inside(), logarithms.length, (float) Math.log(each));
    }
    return logarithms;
  }

  private NDArray loss(
      TrainingStep step,
      NDArray anchors,
      NDArray items,
      NDArray others,
      ContrastiveTargets contrast,
      double weight) {
    NDArray mask = contrast.falseNegativeMask(step, items).add(others); // (B, R)
    NDArray sum = loss(step, anchors, items, contrast, mask);
    for (int prefix : objective.prefixes()) {
      sum = sum.add(loss(step, first(prefix, anchors), first(prefix, items), contrast, mask));
    }
    return SafeMath.multiply(sum, weight / (1 + objective.prefixes().size()));
  }

  private NDArray loss(
      TrainingStep step,
      NDArray anchors,
      NDArray items,
      ContrastiveTargets contrast,
      NDArray mask) {
    return ContrastiveLoss.of(step, anchors, items, contrast, mask, objective.temperature());
  }

  /** The first numbers of each row, made unit: (R, D) to (R, prefix). */
  private static NDArray first(int prefix, NDArray vectors) {
    return SafeMath.unitLength(vectors.get(new NDIndex(":, :" + prefix)));
  }

  private static NDArray anchors(TrainingStep step, NDArray items, Batch pairs) {
    long[] places = new long[pairs.anchors().length];
    for (int b = 0; b < places.length; b++) {
      places[b] = pairs.anchors()[b];
    }
    return SafeMath.lookUp(items, step.indices(places, places.length)); // (B, D)
  }
}
