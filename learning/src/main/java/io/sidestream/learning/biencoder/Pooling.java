package io.sidestream.learning.biencoder;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;

/**
 * Nodes that turn hidden states (B, S, E) into one unit vector per text (B, E): the mean over the
 * positions of the mask, scaled to length 1.
 *
 * <p>Legend: B texts, S pieces, E text dimensions. Written for opset 11, where the axes of {@code
 * Unsqueeze} and {@code ReduceSum} are attributes.
 */
final class Pooling {
  static final String OUTPUT = "text_vector";
  static final String HIDDEN = "last_hidden_state";
  static final String MASK = "attention_mask";

  private static final String PREFIX = "pooling/";
  private static final float SMALLEST_NORM = 1e-12f;

  private final GraphProto.Builder graph;

  private Pooling(GraphProto.Builder graph) {
    this.graph = graph;
  }

  /** Makes {@code text_vector} the graph's only output. */
  static void append(GraphProto.Builder graph) {
    new Pooling(graph).append();
  }

  private void append() {
    constant("smallest_norm", SMALLEST_NORM);
    String mask =
        node("Cast", "mask", List.of(MASK), integer("to", TensorProto.DataType.FLOAT_VALUE));
    String column = node("Unsqueeze", "mask_column", List.of(mask), axes(2)); // (B, S, 1)
    String masked = node("Mul", "masked", List.of(HIDDEN, column)); // (B, S, E)
    String sum =
        node("ReduceSum", "sum", List.of(masked), axes(1), integer("keepdims", 0)); // (B, E)
    String pieces =
        node("ReduceSum", "pieces", List.of(mask), axes(1), integer("keepdims", 1)); // (B, 1)
    String mean = node("Div", "mean", List.of(sum, pieces)); // (B, E)
    String norm =
        node("ReduceL2", "norm", List.of(mean), axes(1), integer("keepdims", 1)); // (B, 1)
    String safe = node("Max", "safe_norm", List.of(norm, PREFIX + "smallest_norm")); // (B, 1)
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("Div")
            .setName(PREFIX + "unit")
            .addInput(mean)
            .addInput(safe)
            .addOutput(OUTPUT)); // (B, E)
    long dimensions = dimensions();
    graph.clearOutput();
    graph.addOutput(vectorOf(dimensions));
  }

  private String node(String type, String name, List<String> inputs, AttributeProto... attributes) {
    String output = PREFIX + name;
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(type)
            .setName(output)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(List.of(attributes)));
    return output;
  }

  private void constant(String name, float value) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(PREFIX + name)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addFloatData(value));
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static AttributeProto axes(long axis) {
    return AttributeProto.newBuilder()
        .setName("axes")
        .setType(AttributeProto.AttributeType.INTS)
        .addInts(axis)
        .build();
  }

  private long dimensions() {
    return graph.getOutputList().stream()
        .filter(output -> output.getName().equals(HIDDEN))
        .mapToLong(output -> output.getType().getTensorType().getShape().getDim(2).getDimValue())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the graph has no output " + HIDDEN));
  }

  private static ValueInfoProto vectorOf(long dimensions) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam("batch_size");
    shape.addDimBuilder().setDimValue(dimensions);
    TypeProto.Builder type = TypeProto.newBuilder();
    type.getTensorTypeBuilder().setElemType(TensorProto.DataType.FLOAT_VALUE).setShape(shape);
    return ValueInfoProto.newBuilder().setName(OUTPUT).setType(type).build();
  }
}
