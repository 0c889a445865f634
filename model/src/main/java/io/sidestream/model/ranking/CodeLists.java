package io.sidestream.model.ranking;

import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.codes.ResidualCodebook;
import io.sidestream.model.vectors.Vectors;
import java.util.Arrays;

/**
 * The codes of one generation as an index: lists of items by their first codes, and a sketch of
 * what those leave over of each vector. Immutable.
 */
public final class CodeLists {
  /*
   * A list is what two codes have in common (one, of a codebook with one level): its inner product
   * with a query is the sum of two that were computed once per code [1]. What the codes leave over,
   * a tenth to a half of the squared length, decides which items of a list are near: it is kept as
   * the signs of the turned residual r and one number, |r|^2 over the sum of |r_j|, from which the
   * inner product with a query is estimated without bias [2]. Sixteen bytes and a few bit counts an
   * item tell which of hundreds of thousands are worth an exact product.
   *
   * An item is in its list by the codes it has anyway: nothing is built, and what comes is found at
   * once. Which list it is in need not be the nearest to it; loads of codes are bounded.
   *
   * [1] Babenko and Lempitsky 2012, The inverted multi-index, CVPR
   * [2] Gao and Long 2024, RaBitQ, arXiv 2405.12497
   */
  private static final int LEVELS = 2;

  private final float[][] centroids; // [level][code * dimensions + dimension]
  private final int dimensions;
  private final int width;
  private final RandomRotation rotation;
  private final ListSettings settings;

  public CodeLists(ResidualCodebook codebook, ListSettings settings) {
    this.dimensions = codebook.dimensions();
    this.width = codebook.shape().width();
    this.centroids = new float[Math.min(LEVELS, codebook.shape().levels())][];
    Arrays.setAll(centroids, codebook::centroids);
    this.rotation = new RandomRotation(dimensions);
    this.settings = settings;
  }

  ListSettings settings() {
    return settings;
  }

  int dimensions() {
    return dimensions;
  }

  /** 64-bit words of a sketch. */
  int words() {
    return rotation.size() / Long.SIZE;
  }

  /** How many codes name a list. */
  int levels() {
    return centroids.length;
  }

  /**
   * Writes the signs of what an item's first codes leave over; returns their scale.
   *
   * @param codes shape [level]
   */
  float sketch(int[] codes, float[] vector, long[] signs, int from) {
    float[] residual = vector.clone();
    for (int level = 0; level < centroids.length; level++) {
      int offset = codes[level] * dimensions;
      for (int d = 0; d < dimensions; d++) {
        residual[d] -= centroids[level][offset + d];
      }
    }
    float[] turned = rotation.of(residual);
    double squares = 0;
    double lengths = 0;
    for (float value : turned) {
      squares += (double) value * value;
      lengths += Math.abs(value);
    }
    for (int word = 0; word < words(); word++) {
      long set = 0;
      for (int bit = 0; bit < Long.SIZE; bit++) {
        set |= turned[word * Long.SIZE + bit] > 0 ? 1L << bit : 0;
      }
      signs[from + word] = set;
    }
    return lengths == 0 ? 0 : (float) (squares / lengths);
  }

  QuerySketch sketch(float[] query) {
    return new QuerySketch(rotation.of(query));
  }

  /** The inner product of a query with what the codes of each list of a trie add up to: [list]. */
  float[] products(float[] query, CodeTrie trie) {
    float[] first = ofLevel(0, query);
    float[] products = new float[lists(trie)];
    float[] second = centroids.length == LEVELS ? ofLevel(1, query) : new float[0];
    for (int code = 0; code < width && products.length > 0; code++) {
      int node = trie.next(0, 0, code);
      if (node != CodeTrie.ABSENT && second.length == 0) {
        products[node] = first[code];
      }
      for (int next = 0; node != CodeTrie.ABSENT && next < second.length; next++) {
        int list = trie.next(1, node, next);
        if (list != CodeTrie.ABSENT) {
          products[list] = first[code] + second[next];
        }
      }
    }
    return products;
  }

  private int lists(CodeTrie trie) {
    return trie.shape().levels() == centroids.length ? trie.size() : trie.nodes(centroids.length);
  }

  private float[] ofLevel(int level, float[] query) {
    float[] products = new float[width];
    for (int code = 0; code < width; code++) {
      products[code] = Vectors.dot(centroids[level], code * dimensions, query);
    }
    return products;
  }
}
