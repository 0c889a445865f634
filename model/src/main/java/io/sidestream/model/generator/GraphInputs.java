package io.sidestream.model.generator;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.sidestream.model.codes.CodeTrie;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one call of a generator's graph is fed; closed after the call. Not for several threads. */
final class GraphInputs implements AutoCloseable {
  private final Map<String, OnnxTensor> fed = new LinkedHashMap<>();

  private GraphInputs() {}

  @FunctionalInterface
  interface Feeding {
    void into(GraphInputs inputs) throws OrtException;
  }

  /** Inputs that are fed so, and closed when that fails. */
  static GraphInputs of(Feeding feeding) throws OrtException {
    GraphInputs inputs = new GraphInputs();
    try {
      feeding.into(inputs);
      return inputs;
    } catch (OrtException | RuntimeException | Error e) { // also where memory is too little
      inputs.close();
      throw e;
    }
  }

  static String trieName(int level) {
    return "trie_" + level;
  }

  void feed(CodeTrie trie) throws OrtException {
    for (int level = 0; level < trie.shape().levels(); level++) {
      long[] axes = {trie.nodes(level), trie.shape().width()};
      fed.put(
          trieName(level),
          OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), trie.direct(level), axes));
    }
  }

  void feed(String name, long[] data, long... axes) throws OrtException {
    fed.put(
        name,
        OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), LongBuffer.wrap(data), axes));
  }

  void feed(String name, float[] data, long... axes) throws OrtException {
    fed.put(
        name,
        OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), FloatBuffer.wrap(data), axes));
  }

  Map<String, OnnxTensor> tensors() {
    return fed;
  }

  @Override
  public void close() {
    fed.values().forEach(OnnxTensor::close);
  }
}
