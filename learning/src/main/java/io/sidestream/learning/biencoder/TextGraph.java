package io.sidestream.learning.biencoder;

import static io.sidestream.schemas.Checks.check;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An encoder's ONNX graph from word pieces to unit vectors, whose weights are read and replaced by
 * what they mean. Immutable.
 *
 * <p>A weight is named as in Hugging Face layout, {@code
 * encoder.layer.0.attention.self.query.weight}; matrices are stored [in, out].
 */
final class TextGraph {
  /*
   * The exporter that wrote the artifact folded each transposed matrix into a constant and gave it
   * a number for a name (onnx::MatMul_787). Its meaning is in the name of the node that multiplies
   * by it: /encoder/layer.0/attention/self/query/MatMul.
   */
  private static final String MULTIPLICATION = "/MatMul";

  private final ModelProto model;
  private final Map<String, Integer> places; // meaning → index of the initializer

  TextGraph(ModelProto model) {
    this.model = model;
    this.places = places(model.getGraph());
  }

  /** Appends pooling to a graph that ends in hidden states. */
  static TextGraph pooling(ModelProto hidden) {
    GraphProto.Builder graph = hidden.getGraph().toBuilder();
    Pooling.append(graph);
    return new TextGraph(hidden.toBuilder().setGraph(graph).build());
  }

  /** The numbers of a weight, in row order. */
  float[] weight(String name) {
    TensorProto tensor = initializer(name);
    float[] values = new float[size(tensor)];
    tensor
        .getRawData()
        .asReadOnlyByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return values;
  }

  /** The shape of a weight. */
  long[] shape(String name) {
    return initializer(name).getDimsList().stream().mapToLong(Long::longValue).toArray();
  }

  /** The same graph with other numbers in the weights named. */
  TextGraph with(Map<String, float[]> weights) {
    GraphProto.Builder graph = model.getGraph().toBuilder();
    weights.forEach(
        (name, values) -> {
          TensorProto old = initializer(name);
          check(
              values.length == size(old),
              "weight %s has %d numbers, expected %d",
              name,
              values.length,
              size(old));
          graph.setInitializer(place(name), old.toBuilder().setRawData(bytes(values)));
        });
    return new TextGraph(model.toBuilder().setGraph(graph).build());
  }

  void write(Path onnx) throws IOException {
    try (OutputStream out = Files.newOutputStream(onnx)) {
      CodedOutputStream coded = CodedOutputStream.newInstance(out);
      coded.useDeterministicSerialization();
      model.writeTo(coded);
      coded.flush();
    }
  }

  private TensorProto initializer(String name) {
    return model.getGraph().getInitializer(place(name));
  }

  private int place(String name) {
    Integer place = places.get(name);
    if (place == null) {
      throw new IllegalArgumentException("the graph has no weight " + name);
    }
    return place;
  }

  private static Map<String, Integer> places(GraphProto graph) {
    Map<String, Integer> places = new LinkedHashMap<>();
    for (int i = 0; i < graph.getInitializerCount(); i++) {
      if (graph.getInitializer(i).getDataType() == TensorProto.DataType.FLOAT_VALUE) {
        places.put(graph.getInitializer(i).getName(), i);
      }
    }
    for (NodeProto node : graph.getNodeList()) {
      if (node.getName().endsWith(MULTIPLICATION) && places.containsKey(node.getInput(1))) {
        places.put(meaning(node.getName()), places.remove(node.getInput(1)));
      }
    }
    return places;
  }

  private static String meaning(String node) {
    String path = node.substring(1, node.length() - MULTIPLICATION.length());
    return path.replace('/', '.') + ".weight";
  }

  private static int size(TensorProto tensor) {
    return Math.toIntExact(tensor.getDimsList().stream().reduce(1L, Math::multiplyExact));
  }

  private static ByteString bytes(float[] values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return ByteString.copyFrom(buffer);
  }
}
