package io.sidestream.learning.sequence;

import static java.util.Objects.requireNonNull;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.learning.transformer.CausalTransformer;
import io.sidestream.learning.transformer.Dropout;
import io.sidestream.model.generator.GeneratorShape;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The sequence generator inside one step: from positions to states, from states to log p(item).
 *
 * <p>Letters: B sequences, S positions, T tokens of a position, D vector dimensions, M model
 * dimensions, K codes of a level, n states that answer, P pairs of an answer and an item that
 * shares its ID.
 */
final class SequenceNetwork {
  private final GeneratorShape shape;
  private final SequenceItems items;
  private final TrainingStep step;
  private final CausalTransformer layers;

  SequenceNetwork(GeneratorShape shape, SequenceItems items, TrainingStep step, Dropout dropout) {
    this.shape = shape;
    this.items = items;
    this.step = step;
    this.layers = new CausalTransformer(step, SequenceParameters.layers(shape), dropout);
  }

  /** The state of each position, one sequence after the other: (B S, M). */
  NDArray states(PositionBatch batch) {
    int positions = batch.size() * batch.length();
    int dimensions = shape.vectorDimensions();
    NDArray vectors = step.floats(batch.vectors(), positions, dimensions); // (B S, D)
    NDArray projection =
        step.weight(batch.history() ? SequenceParameters.TEXT : SequenceParameters.QUERY);
    NDArray x = vectors.matMul(projection).add(tokens(batch)); // (B S, M)
    if (batch.history()) {
      NDArray own = rows(SequenceParameters.RESIDUAL, batch.rows()); // (B S, M)
      x = x.add(own.mul(step.floats(batch.residuals(), positions, 1)));
    }
    NDArray seen = step.floats(batch.seen(), positions, 1);
    long model = shape.modelDimensions();
    return layers
        .states(x.mul(seen).reshape(batch.size(), batch.length(), model))
        .reshape(positions, model);
  }

  /** The sum of each position's tokens (B S, M). */
  private NDArray tokens(PositionBatch batch) {
    int positions = batch.size() * batch.length();
    int each = batch.tokens().length / positions;
    NDArray indices = step.indices(batch.tokens(), positions, each); // (B S, T)
    return SafeMath.lookUp(step.weight(SequenceParameters.TOKENS), indices).sum(new int[] {1});
  }

  private NDArray rows(String table, long[] rows) {
    return SafeMath.lookUp(step.weight(table), step.indices(rows, rows.length));
  }

  /** The states at some places (n, M). */
  NDArray at(NDArray states, long[] places) {
    return SafeMath.lookUp(states, step.indices(places, places.length));
  }

  /** log p of one item after each state, natural; shapes: states (n, M), rows (n), result (n). */
  NDArray logLikelihood(NDArray states, int[] rows, PositionBatch.Dropped dropped) {
    NDArray sum = logCode(logits(0, states), 0, rows); // (n)
    NDArray prefix = null;
    for (int level = 1; level < shape.codebook().levels(); level++) {
      NDArray code = rows(SequenceParameters.prefix(level - 1), codes(rows, level - 1)); // (n, M)
      prefix = prefix == null ? code : prefix.add(code);
      sum = sum.add(logCode(logits(level, read(level, states, prefix)), level, rows));
    }
    return sum.add(logShare(states, rows, dropped));
  }

  private long[] codes(int[] rows, int level) {
    return Arrays.stream(rows).mapToLong(row -> items.code(row, level)).toArray();
  }

  /** Scores of a level's codes, shape (n, K), of what {@link #read} returned. */
  private NDArray logits(int level, NDArray read) {
    return scores(level, read).add(step.weight(SequenceParameters.headBias(level)));
  }

  private NDArray scores(int level, NDArray read) {
    return read.matMul(step.weight(SequenceParameters.head(level))); // (n, K)
  }

  /** What a level's codes are read from, given the codes before; shape (n, M). */
  private NDArray read(int level, NDArray states, NDArray prefix) {
    NDArray both = states.add(prefix); // (n, M)
    NDArray in = states.mul(prefix).concat(both, 1); // (n, 2M)
    NDArray inner = SafeMath.gelu(in.matMul(step.weight(SequenceParameters.inner(level))));
    NDArray outer = inner.matMul(step.weight(SequenceParameters.outer(level))); // (n, M)
    return layers.norm(SequenceParameters.norm(level), both.add(outer));
  }

  /** log p of each row's code at a level among those that the trie lets follow (n). */
  private NDArray logCode(NDArray logits, int level, int[] rows) {
    return SafeMath.elements(
        SafeMath.logSoftmax(logits.add(mask(level, rows)), 1),
        step.indices(codes(rows, level), rows.length));
  }

  /**
   * Scores of some of a level's codes after each state, shape (n, cells).
   *
   * @param prefixes codes of the levels before, shape [prefix][level]
   * @param cells prefix * K + code of each
   */
  NDArray logits(NDArray states, int level, int[][] prefixes, long[] cells) {
    int count = Math.toIntExact(states.getShape().get(0));
    int width = shape.codebook().width();
    NDArray read =
        level == 0
            ? states
            : read(level, repeated(states, prefixes.length), repeated(prefixes, level, count));
    long[] codes = Arrays.stream(cells).map(cell -> cell % width).toArray();
    return scores(level, read)
        .reshape(count, (long) prefixes.length * width)
        .gather(step.indices(cells, 1, cells.length).broadcast(count, cells.length), 1)
        .add(
            step.weight(SequenceParameters.headBias(level))
                .gather(step.indices(codes, codes.length), 0));
  }

  /** Each state once for each of some prefixes, (n prefixes, M). */
  private NDArray repeated(NDArray states, int prefixes) {
    long[] places =
        LongStream.range(0, states.getShape().get(0) * prefixes).map(i -> i / prefixes).toArray();
    return at(states, places);
  }

  /** The sums of the codes of prefixes, all of them once for each state, (n prefixes, M). */
  private NDArray repeated(int[][] prefixes, int level, int states) {
    NDArray sum = null;
    for (int before = 0; before < level; before++) {
      int column = before;
      NDArray codes =
          rows(
              SequenceParameters.prefix(before),
              IntStream.range(0, states * prefixes.length)
                  .mapToLong(i -> prefixes[i % prefixes.length][column])
                  .toArray());
      sum = sum == null ? codes : sum.add(codes);
    }
    return requireNonNull(sum);
  }

  /**
   * What the items of each ID share its probability by: scores of all items (n, N).
   *
   * @param compared {@link #comparedItems}
   */
  NDArray itemLogits(NDArray states, NDArray compared) {
    return queries(states)
        .matMul(compared.transpose())
        .add(step.weight(SequenceParameters.ITEM_BIAS).reshape(1, items.size()));
  }

  /** All items as they are compared (N, M). */
  NDArray comparedItems() {
    return items(IntStream.range(0, items.size()).toArray(), PositionBatch.Dropped.NONE);
  }

  /** What hides the codes that the trie does not let follow; broadcasts to (n, K). */
  private NDArray mask(int level, int[] rows) {
    int[] nodes = Arrays.stream(rows).map(row -> node(level, row)).toArray();
    int[] distinct = Arrays.stream(nodes).sorted().distinct().toArray();
    int width = shape.codebook().width();
    float[] mask = new float[distinct.length * width];
    for (int i = 0; i < mask.length; i++) {
      boolean absent = items.trie().next(level, distinct[i / width], i % width) < 0;
      mask[i] = absent ? SafeMath.MASKED : 0;
    }
    NDArray table = step.floats(mask, distinct.length, width);
    long[] places =
        Arrays.stream(nodes).mapToLong(node -> Arrays.binarySearch(distinct, node)).toArray();
    return distinct.length == 1 ? table : SafeMath.lookUp(table, step.indices(places, rows.length));
  }

  /** The node of the trie that the codes of a row before a level lead to. */
  private int node(int level, int row) {
    int node = 0;
    for (int before = 0; before < level; before++) {
      node = items.trie().next(before, node, items.code(row, before));
    }
    return node;
  }

  /** log p of each item among those of its ID (n); 0 where it is alone. */
  private NDArray logShare(NDArray states, int[] rows, PositionBatch.Dropped dropped) {
    SharedIds shared = SharedIds.of(rows, items);
    if (shared.isEmpty()) {
      return step.floats(new float[rows.length], rows.length);
    }
    NDArray queries = queries(states); // (n, M)
    NDArray own = items(shared.items(), dropped); // (U, M)
    NDArray scores =
        SafeMath.lookUp(queries, step.indices(shared.pairAnswers(), shared.pairs()))
            .mul(SafeMath.lookUp(own, step.indices(shared.pairItems(), shared.pairs())))
            .sum(new int[] {1}, true)
            .add(bias(shared)); // (P, 1)
    NDArray masked = scores.concat(step.floats(new float[] {SafeMath.MASKED}, 1, 1), 0);
    NDArray table =
        SafeMath.lookUp(
                masked, step.indices(shared.cells(), shared.size(), shared.most())) // (s, most, 1)
            .squeeze(2);
    NDArray log =
        SafeMath.elements(
            SafeMath.logSoftmax(table, 1), step.indices(shared.places(), shared.size())); // (s)
    NDArray orZero = log.expandDims(1).concat(step.floats(new float[1], 1, 1), 0); // (s + 1, 1)
    return SafeMath.lookUp(orZero, step.indices(shared.ofAnswer(), rows.length)).squeeze(1);
  }

  private NDArray bias(SharedIds shared) {
    long[] pairRows =
        Arrays.stream(shared.pairItems()).map(at -> shared.items()[(int) at]).toArray();
    return rows(SequenceParameters.ITEM_BIAS, pairRows); // (P, 1)
  }

  /** What states compare items with, over the root of M: (n, M). */
  private NDArray queries(NDArray states) {
    return SafeMath.divide(
        states
            .matMul(step.weight(SequenceParameters.ITEM_QUERY))
            .add(step.weight(SequenceParameters.ITEM_QUERY_BIAS)),
        Math.sqrt(shape.modelDimensions()));
  }

  /** Items as they are compared, shape (U, M). */
  private NDArray items(int[] rows, PositionBatch.Dropped dropped) {
    int dimensions = items.dimensions();
    float scale = PositionBatch.scale(dimensions);
    float[] texts = new float[rows.length * dimensions];
    float[] kept = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      float[] text = items.text(rows[i]);
      for (int d = 0; d < dimensions; d++) {
        texts[i * dimensions + d] = text[d] * scale;
      }
      kept[i] = dropped.residualKept();
    }
    NDArray own =
        rows(SequenceParameters.ITEM_RESIDUAL, Arrays.stream(rows).asLongStream().toArray())
            .mul(step.floats(kept, rows.length, 1));
    return step.floats(texts, rows.length, dimensions)
        .matMul(step.weight(SequenceParameters.ITEM_TEXT))
        .add(own);
  }
}
