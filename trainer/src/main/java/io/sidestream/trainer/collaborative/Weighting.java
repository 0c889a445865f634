package io.sidestream.trainer.collaborative;

/** What a count of two items met together is worth, beside how often each was met at all. */
public enum Weighting {
  /** The logarithm of the count, plus one. */
  LOGARITHM {
    @Override
    double of(double together, double one, double other, double all) {
      return Math.log1p(together);
    }
  },
  /** The count over the geometric mean of both items' sums. */
  COSINE {
    @Override
    double of(double together, double one, double other, double all) {
      return together / Math.sqrt(one * other);
    }
  },
  /** The square root of the count over the geometric mean of both items' sums' roots. */
  ROOT_COSINE {
    @Override
    double of(double together, double one, double other, double all) {
      return Math.sqrt(together / Math.sqrt(one * other));
    }
  },
  /** Pointwise mutual information, where it is positive. */
  POSITIVE_PMI {
    @Override
    double of(double together, double one, double other, double all) {
      return Math.max(0, Math.log(together * all / (one * other)));
    }
  },
  /** Positive PMI whose contexts' frequencies are raised to 3/4, which favours rare pairs less. */
  SMOOTHED_PMI {
    @Override
    double of(double together, double one, double other, double all) {
      // Both sides are smoothed, so that the matrix stays symmetric.
      double expected = Math.pow(one / all, 0.875) * Math.pow(other / all, 0.875);
      return Math.max(0, Math.log(together / all / expected));
    }
  };

  /**
   * @param together how often the two were met together
   * @param one the one's sum over all partners
   * @param other the other's sum over all partners
   * @param all the sum over all items
   */
  abstract double of(double together, double one, double other, double all);

  /** The weighted matrix of these counts. */
  public CoOccurrence weigh(CoOccurrence counts) {
    double[] sums = counts.sums();
    double all = java.util.Arrays.stream(sums).sum();
    return counts.map((row, column, value) -> of(value, sums[row], sums[column], all));
  }
}
