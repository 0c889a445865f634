package io.sidestream.model.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sidestream.model.fixtures.TinyEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class OnnxSessionsTest {
  @TempDir Path directory;

  @Test
  void open_cudaWithoutCuda_warnsOnceAndRunsOnTheCpu() throws IOException, OrtException {
    Path graph = directory.resolve("encoder.onnx");
    TinyEncoder.write(graph, 4, 1);
    ListAppender<ILoggingEvent> seen = new ListAppender<>();
    seen.start();
    Logger logger = (Logger) LoggerFactory.getLogger(OnnxSessions.class);
    logger.addAppender(seen);
    OnnxSessions sessions = new OnnxSessions(Device.CUDA, 1);
    try (OrtSession first = sessions.open(graph);
        OrtSession second = sessions.open(graph)) {
      assertEquals(first.getInputNames(), second.getInputNames());
    } finally {
      logger.detachAppender(seen);
    }
    // The runtime on the class path is built for the CPU alone, so no GPU can change this.
    assertEquals(Device.CPU, sessions.device());
    assertEquals(1, seen.list.size());
    assertTrue(
        seen.list
            .get(0)
            .getFormattedMessage()
            .startsWith("no CUDA device can be used, models run on the CPU instead"),
        seen.list.get(0).getFormattedMessage());
  }

  @Test
  void open_noGraph_namesTheFile() throws IOException {
    Path graph = Files.writeString(directory.resolve("broken.onnx"), "no graph");
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> OnnxSessions.cpu(1).open(graph).close());
    assertEquals("broken.onnx: is no ONNX graph", e.getMessage());
  }

  @Test
  void open_graphsInsideGraphsWithoutEnd_areRefusedBeforeTheyAreRead() throws IOException {
    GraphProto.Builder inner = GraphProto.newBuilder().setName("innermost");
    for (int depth = 0; depth < OnnxFile.MAX_DEPTH / 3 + 1; depth++) { // a graph, node, attribute
      inner =
          GraphProto.newBuilder()
              .addNode(
                  NodeProto.newBuilder()
                      .addAttribute(AttributeProto.newBuilder().setName("body").setG(inner)));
    }
    Path graph = directory.resolve("deep.onnx");
    Files.write(graph, ModelProto.newBuilder().setGraph(inner).build().toByteArray());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> OnnxSessions.cpu(1).open(graph).close());
    assertEquals("deep.onnx: holds more than 50 messages inside one another", e.getMessage());
  }

  @Test
  void constructor_threadsOutsideLimits_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> OnnxSessions.cpu(0));
    assertThrows(
        IllegalArgumentException.class, () -> OnnxSessions.cpu(OnnxSessions.MAX_THREADS + 1));
  }
}
