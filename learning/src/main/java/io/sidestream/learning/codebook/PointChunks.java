package io.sidestream.learning.codebook;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.sidestream.learning.tensor.Tensors;
import io.sidestream.model.onnx.Device;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Points on the device that multiplies them, a chunk after the other. Closed by its maker.
 *
 * <p>Legend: N points of a chunk, D dimensions.
 */
final class PointChunks implements AutoCloseable {
  /** Points of a chunk: what a product makes of one stays in the cache. */
  static final int CHUNK = 2048;

  private final NDManager manager;
  private final List<NDArray> chunks = new ArrayList<>(); // (N, D) each
  private final int points;
  private final int dimensions;

  private PointChunks(Device device, int points, int dimensions) {
    this.manager = Tensors.manager(device);
    this.points = points;
    this.dimensions = dimensions;
  }

  static PointChunks of(float[][] points, Device device) {
    int dimensions = points[0].length;
    PointChunks made = new PointChunks(device, points.length, dimensions);
    int most = Math.multiplyExact(Math.min(points.length, CHUNK) * Float.BYTES, dimensions);
    ByteBuffer chunk = ByteBuffer.allocateDirect(most).order(ByteOrder.nativeOrder());
    for (int start = 0; start < points.length; start += CHUNK) {
      int end = Math.min(points.length, start + CHUNK);
      FloatBuffer rows = chunk.asFloatBuffer();
      for (int row = start; row < end; row++) {
        rows.put(points[row]);
      }
      chunk.limit((end - start) * dimensions * Float.BYTES);
      made.chunks.add(Tensors.floats(made.manager, chunk, end - start, dimensions));
    }
    return made;
  }

  /** Of all chunks. */
  int points() {
    return points;
  }

  int dimensions() {
    return dimensions;
  }

  List<NDArray> chunks() {
    return chunks;
  }

  /** Where results of a step live; closed by the caller. */
  NDManager step() {
    return manager.newSubManager();
  }

  /**
   * The points times a matrix, shape [point][column].
   *
   * @param matrix shape [dimension * columns + column]
   */
  float[][] times(float[] matrix) {
    int columns = matrix.length / dimensions;
    float[][] rows = new float[points][];
    try (NDManager step = step()) {
      NDArray factor = Tensors.floats(step, matrix, dimensions, columns);
      int row = 0;
      for (NDArray chunk : chunks) {
        try (NDArray product = chunk.matMul(factor)) { // (N, columns)
          for (float[] each : Tensors.rows(product)) {
            rows[row++] = each;
          }
        }
      }
    }
    return rows;
  }

  @Override
  public void close() {
    manager.close();
  }
}
