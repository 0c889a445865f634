package io.sidestream.model.generator;

import static io.sidestream.schemas.Checks.check;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.sidestream.model.codes.CodebookShape;
import java.util.Set;
import java.util.TreeSet;

/** What the graphs of both kinds of generator have in common. */
final class GraphSession {
  private GraphSession() {}

  /** Refuses a graph with other inputs than these and a trie, or without one of these outputs. */
  static void checkNames(
      OrtSession session, Set<String> besideTrie, Set<String> outputs, CodebookShape codebook)
      throws OrtException {
    Set<String> inputs = new TreeSet<>(besideTrie);
    for (int level = 0; level < codebook.levels(); level++) {
      inputs.add(GraphInputs.trieName(level));
    }
    Set<String> found = new TreeSet<>(session.getInputNames());
    check(found.equals(inputs), "inputs are %s, expected %s", found, inputs);
    check(
        session.getOutputNames().containsAll(outputs),
        "outputs are %s, expected %s",
        session.getOutputNames(),
        new TreeSet<>(outputs));
    for (int level = 0; level < codebook.levels(); level++) {
      checkAxis(session, GraphInputs.trieName(level), 1, codebook.width());
    }
  }

  /** The graph may leave the axis open; a fixed length must be this one. */
  static void checkAxis(OrtSession session, String input, int axis, int length)
      throws OrtException {
    NodeInfo node = session.getInputInfo().get(input);
    if (node == null || !(node.getInfo() instanceof TensorInfo info)) {
      throw new IllegalArgumentException(input + " is no tensor");
    }
    long[] axes = info.getShape();
    check(axes.length > axis, "%s has %d axes, expected %d", input, axes.length, axis + 1);
    check(
        axes[axis] < 0 || axes[axis] == length,
        "%s takes %d numbers, expected %d",
        input,
        axes[axis],
        length);
  }

  static OnnxTensor tensor(OrtSession.Result result, String name) {
    return (OnnxTensor) result.get(name).orElseThrow();
  }
}
