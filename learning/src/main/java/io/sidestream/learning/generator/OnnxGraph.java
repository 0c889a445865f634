package io.sidestream.learning.generator;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An ONNX graph while it is written: each call adds one node and names what comes out of it. */
public final class OnnxGraph {
  public static final TensorProto.DataType FLOAT = TensorProto.DataType.FLOAT;
  public static final TensorProto.DataType INT32 = TensorProto.DataType.INT32;
  public static final TensorProto.DataType INT64 = TensorProto.DataType.INT64;

  private static final int OPSET = 17;
  private static final int IR_VERSION = 8;
  private static final String CONTRIBUTED = "com.microsoft";

  private final GraphProto.Builder graph;
  private final Map<String, String> constants = new HashMap<>();
  private int values;

  public OnnxGraph(String name) {
    graph = GraphProto.newBuilder().setName(name);
  }

  /** Declares an input. A dimension is a number, or a name when it varies. */
  public String input(String name, TensorProto.DataType type, Object... dimensions) {
    graph.addInput(value(name, type, dimensions));
    return name;
  }

  /** Declares an output and makes it the same as a value. */
  public void output(String name, TensorProto.DataType type, String value, Object... dimensions) {
    graph.addNode(NodeProto.newBuilder().setOpType("Identity").addInput(value).addOutput(name));
    graph.addOutput(value(name, type, dimensions));
  }

  private static ValueInfoProto value(
      String name, TensorProto.DataType type, Object... dimensions) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (Object dimension : dimensions) {
      TensorShapeProto.Dimension.Builder one = shape.addDimBuilder();
      if (dimension instanceof Number number) {
        one.setDimValue(number.longValue());
      } else {
        one.setDimParam(dimension.toString());
      }
    }
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  /** A weight, row-major; the same name twice is the same weight. */
  public String weight(String name, float[] data, long... shape) {
    return constants.computeIfAbsent(name, key -> floats(key, data, shape));
  }

  public String scalar(float number) {
    return constants.computeIfAbsent("float." + number, key -> floats(key, new float[] {number}));
  }

  private String floats(String name, float[] data, long... shape) {
    ByteBuffer bytes = littleEndian(data.length * Float.BYTES);
    bytes.asFloatBuffer().put(data);
    return add(name, TensorProto.DataType.FLOAT, bytes, shape);
  }

  /** A list of whole numbers, int64. */
  public String list(long... numbers) {
    String name = "list." + Arrays.toString(numbers);
    return constants.computeIfAbsent(name, key -> longs(key, numbers, numbers.length));
  }

  /** A whole number, int64, shape (). */
  public String whole(long number) {
    return constants.computeIfAbsent("whole." + number, key -> longs(key, new long[] {number}));
  }

  /** A whole number, int32, shape (). */
  public String whole32(int number) {
    ByteBuffer bytes = littleEndian(Integer.BYTES).putInt(0, number);
    return constants.computeIfAbsent(
        "whole32." + number, key -> add(key, TensorProto.DataType.INT32, bytes));
  }

  private String longs(String name, long[] numbers, long... shape) {
    ByteBuffer bytes = littleEndian(numbers.length * Long.BYTES);
    bytes.asLongBuffer().put(numbers);
    return add(name, TensorProto.DataType.INT64, bytes, shape);
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private String add(String name, TensorProto.DataType type, ByteBuffer bytes, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(bytes));
    for (long dimension : shape) {
      tensor.addDims(dimension);
    }
    graph.addInitializer(tensor);
    return name;
  }

  /** Adds a node with one output. */
  public String node(String operator, Map<String, Object> attributes, String... inputs) {
    return nodes(operator, 1, attributes, inputs).get(0);
  }

  /** Adds a node without attributes. */
  public String node(String operator, String... inputs) {
    return node(operator, Map.of(), inputs);
  }

  /** Adds a node that ONNX Runtime has beyond the standard. */
  public String contributed(String operator, String... inputs) {
    String output = operator + "." + values++;
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .setDomain(CONTRIBUTED)
            .setName(output)
            .addAllInput(List.of(inputs))
            .addOutput(output));
    return output;
  }

  /** Adds a node with several outputs. An attribute is a long, a long[] or a float. */
  public List<String> nodes(
      String operator, int outputs, Map<String, Object> attributes, String... inputs) {
    String name = operator + "." + values++;
    NodeProto.Builder node =
        NodeProto.newBuilder().setOpType(operator).setName(name).addAllInput(List.of(inputs));
    attributes.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> node.addAttribute(attribute(entry.getKey(), entry.getValue())));
    for (int i = 0; i < outputs; i++) {
      node.addOutput(outputs == 1 ? name : name + "." + i);
    }
    graph.addNode(node);
    return List.copyOf(node.getOutputList());
  }

  private static AttributeProto attribute(String name, Object value) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    if (value instanceof long[] list) {
      attribute.setType(AttributeProto.AttributeType.INTS);
      for (long number : list) {
        attribute.addInts(number);
      }
    } else if (value instanceof Float number) {
      attribute.setType(AttributeProto.AttributeType.FLOAT).setF(number);
    } else {
      attribute.setType(AttributeProto.AttributeType.INT).setI(((Number) value).longValue());
    }
    return attribute.build();
  }

  /** The same graph, the same bytes. */
  public void write(Path onnx) throws IOException {
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("sidestream")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(CONTRIBUTED).setVersion(1))
            .setGraph(graph)
            .build();
    try (OutputStream out = Files.newOutputStream(onnx)) {
      CodedOutputStream coded = CodedOutputStream.newInstance(out);
      coded.useDeterministicSerialization();
      model.writeTo(coded);
      coded.flush();
    }
  }
}
