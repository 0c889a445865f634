package io.sidestream.model.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class OnnxSessionsTest {
  @TempDir Path directory;

  /** So an index whose card is gone answers after its next start. */
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
  void isOfMachine_failureOfTheGpuOrOfARunThere_isTrue() {
    OnnxException run =
        new OnnxException("generator failed", new OrtException("Non-zero status code"));
    assertTrue(new OnnxSessions(Device.CUDA, 1).isOfMachine(run));
    assertFalse(OnnxSessions.cpu(1).isOfMachine(run), "fails each time");
    assertFalse(
        new OnnxSessions(Device.CUDA, 1).isOfMachine(new IllegalArgumentException("codes")));
    OnnxException lost =
        new OnnxException("generator failed", new OrtException("CUDA failure 700: "));
    assertTrue(OnnxSessions.cpu(1).isOfMachine(lost), "a session that was opened before");
  }

  /** A bundle that is opened then would be refused until the next start. */
  @Test
  void isOfMachine_wantOfMemoryOrHandles_isTrueOnACpuToo() {
    for (String words :
        List.of(
            "Error code - ORT_RUNTIME_EXCEPTION - message: std::bad_alloc",
            "bfc_arena.cc Failed to allocate memory for requested buffer of size 4096",
            "env.cc pthread_create failed, error code: 11",
            "Load model from encoder.onnx failed:Too many open files")) {
      IllegalArgumentException opening =
          new IllegalArgumentException("cannot open encoder.onnx", new OrtException(words));
      assertTrue(OnnxSessions.cpu(1).isOfMachine(opening), words);
    }
  }

  @Test
  void open_noGraph_namesTheFile() throws IOException {
    Path graph = Files.writeString(directory.resolve("broken.onnx"), "no graph");
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> OnnxSessions.cpu(1).open(graph).close());
    assertEquals("broken.onnx: is no ONNX graph", e.getMessage());
  }

  @Tag("M7")
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

  /** Also where no writer of ours puts them: what reads the format takes any order of fields. */
  @Test
  void open_weightNaN_isFoundInEachFormOfTheFormat() throws IOException {
    byte[] nan = {0, 0, (byte) 0xC0, 0x7F};
    byte[] isFloat = {DATA_TYPE, 1};
    assertEquals("nan.onnx: holds a weight NaN", refusal(isFloat, bytes(9, nan)));
    assertEquals("nan.onnx: holds a weight NaN", refusal(isFloat, bytes(4, nan)));
    assertEquals("nan.onnx: holds a weight NaN", refusal(isFloat, joined(new byte[] {FLOAT}, nan)));
    String before = "nan.onnx: a tensor's data comes before its type";
    assertEquals(before, refusal(bytes(9, nan), isFloat));
    assertEquals(before, refusal(new byte[] {DATA_TYPE, 2}, bytes(9, nan), isFloat));
  }

  private static final byte DATA_TYPE = 2 << 3; // a number
  private static final byte FLOAT = 4 << 3 | 5; // one of float_data, not packed

  /** Of a graph whose initializer has these fields. */
  private String refusal(byte[]... tensor) throws IOException {
    Path graph = directory.resolve("nan.onnx");
    Files.write(graph, bytes(7, bytes(5, joined(tensor))));
    return assertThrows(
            IllegalArgumentException.class, () -> OnnxSessions.cpu(1).open(graph).close())
        .getMessage();
  }

  private static byte[] bytes(int field, byte[] value) {
    return joined(new byte[] {(byte) (field << 3 | 2), (byte) value.length}, value);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  @Test
  void constructor_threadsOutsideLimits_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> OnnxSessions.cpu(0));
    assertThrows(
        IllegalArgumentException.class, () -> OnnxSessions.cpu(OnnxSessions.MAX_THREADS + 1));
  }
}
