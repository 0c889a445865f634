package io.sidestream.model.vectors;

/** Arithmetic on vectors. */
public final class Vectors {
  private static final float SMALLEST_NORM = 1e-12f;

  private Vectors() {}

  /** The inner product of two vectors of one length. */
  public static float dot(float[] a, float[] b) {
    return dot(a, 0, b);
  }

  /** The inner product of {@code b} with the numbers of {@code a} from {@code offset} on. */
  public static float dot(float[] a, int offset, float[] b) {
    // Four sums, so that additions do not wait for each other and the compiler can vectorize.
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int d = 0;
    for (; d + 3 < b.length; d += 4) {
      s0 += a[offset + d] * b[d];
      s1 += a[offset + d + 1] * b[d + 1];
      s2 += a[offset + d + 2] * b[d + 2];
      s3 += a[offset + d + 3] * b[d + 3];
    }
    for (; d < b.length; d++) {
      s0 += a[offset + d] * b[d];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** The inner product of two vectors of one length, in doubles. */
  public static double dot(double[] a, double[] b) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int d = 0;
    for (; d + 3 < a.length; d += 4) {
      s0 += a[d] * b[d];
      s1 += a[d + 1] * b[d + 1];
      s2 += a[d + 2] * b[d + 2];
      s3 += a[d + 3] * b[d + 3];
    }
    for (; d < a.length; d++) {
      s0 += a[d] * b[d];
    }
    return s0 + s1 + (s2 + s3);
  }

  /** The sum of two vectors of one length. */
  public static float[] sum(float[] a, float[] b) {
    float[] sum = a.clone();
    for (int d = 0; d < sum.length; d++) {
      sum[d] += b[d];
    }
    return sum;
  }

  /** Scales the vector in place to length 1; one of length 0 stays as it is. Returns it. */
  public static float[] normalize(float[] vector) {
    float norm = (float) Math.sqrt(dot(vector, vector));
    if (norm > SMALLEST_NORM) {
      for (int d = 0; d < vector.length; d++) {
        vector[d] /= norm;
      }
    }
    return vector;
  }
}
