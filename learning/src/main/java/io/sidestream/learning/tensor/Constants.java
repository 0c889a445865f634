package io.sidestream.learning.tensor;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The numbers that graphs on a GPU use again and again, made once. Thread-safe. */
final class Constants {
  /*
   * A number made per call would be an allocation and a kernel each. One in main memory is neither:
   * the engine hands it to the kernels as an argument. It lives as long as the process; a
   * caller that multiplies by numbers that never come again gets no more than MOST of them kept.
   */
  static final int MOST = 1_024;

  private record Key(DataType type, float value) {}

  private final NDManager manager = NDManager.newBaseManager(Device.cpu());
  private final int most;
  private final Map<Key, NDArray> kept = new ConcurrentHashMap<>();

  Constants(int most) {
    this.most = most;
  }

  /** Those of the process. */
  static Constants shared() {
    return OfTheProcess.CONSTANTS;
  }

  /** Shape (), in main memory; absent when as many others are kept as may be. */
  Optional<NDArray> of(DataType type, double value) {
    Key key = new Key(type, (float) value);
    NDArray constant = kept.get(key);
    if (constant == null && kept.size() < most) {
      constant = kept.computeIfAbsent(key, this::make);
    }
    return Optional.ofNullable(constant);
  }

  private NDArray make(Key key) {
    return manager.full(new Shape(), key.value(), key.type());
  }

  /** Opened by the first constant, so that a process without a GPU opens nothing. */
  private static final class OfTheProcess {
    static final Constants CONSTANTS = new Constants(MOST);
  }
}
