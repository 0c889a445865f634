package io.sidestream.trainer.encoder;

import ai.djl.ndarray.NDArray;
import io.sidestream.trainer.tensor.SafeMath;
import io.sidestream.trainer.tensor.TrainingStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The sum of the three contrastive losses of a step: query to item, item to item, history to item.
 *
 * <p>Legend: B pairs of a kind, R items of the step, C collaborative dimensions, D dimensions.
 */
final class TowerLoss {
  private final float[][] collaborative;
  private final double temperature;
  private final double dropout;

  TowerLoss(BiEncoderCorpus corpus, BiEncoderSettings settings) {
    this.collaborative = corpus.collaborative();
    this.temperature = settings.temperature();
    this.dropout = settings.collaborativeDropout();
  }

  /** Shape (). The step has pairs of at least one kind. */
  NDArray of(TrainingStep step, Step pairs, TextSource source, SplittableRandom random) {
    Heads heads = new Heads(step);
    int rows = pairs.rows().length;
    NDArray events =
        step.floats(droppedOut(pairs.rows(), random), rows, collaborative[0].length); // (R, C)
    NDArray items = heads.items(source.items(step, pairs), events); // (R, D)

    List<NDArray> losses = new ArrayList<>();
    if (pairs.chosen().size() > 0) {
      losses.add(loss(step, heads.queries(source.queries(step, pairs)), items, pairs.chosen()));
    }
    if (pairs.together().size() > 0) {
      losses.add(loss(step, anchors(step, items, pairs), items, pairs.together()));
    }
    if (pairs.next().size() > 0) {
      NDArray shares = step.floats(pairs.shares(), pairs.next().size(), rows); // (B, R)
      losses.add(loss(step, heads.histories(shares, items), items, pairs.next()));
    }
    return losses.stream().reduce(NDArray::add).orElseThrow();
  }

  private NDArray loss(TrainingStep step, NDArray anchors, NDArray items, Contrast contrast) {
    return ContrastiveLoss.of(step, anchors, items, contrast, temperature);
  }

  private static NDArray anchors(TrainingStep step, NDArray items, Step pairs) {
    long[] places = new long[pairs.anchors().length];
    for (int b = 0; b < places.length; b++) {
      places[b] = pairs.anchors()[b];
    }
    return SafeMath.lookUp(items, step.indices(places, places.length)); // (B, D)
  }

  /** The rows' collaborative vectors, a share of them as if there were none. */
  private float[] droppedOut(int[] rows, SplittableRandom random) {
    float[] flat = Rows.flat(collaborative, rows);
    int width = collaborative[0].length;
    for (int place = 0; place < rows.length; place++) {
      if (random.nextDouble() < dropout) {
        Arrays.fill(flat, place * width, (place + 1) * width, 0);
      }
    }
    return flat;
  }
}
