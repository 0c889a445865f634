package io.sidestream.model.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
  private static final Safetensors CONTENT =
      new Safetensors(
          Map.of(
              "b", Tensor.floats(new float[] {1, -2.5f}, 2, 1),
              "a", Tensor.ints(new int[] {258}, 1),
              "c", Tensor.bytes(new byte[] {7}, 1),
              "empty", Tensor.floats(new float[0], 0, 4)),
          Map.of("note", "x"));

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("t.safetensors");
  }

  @Test
  void write_content_givesTheGoldenBytes() throws IOException {
    CONTENT.write(file);
    String header =
        "{\"__metadata__\":{\"note\":\"x\"},"
            + "\"a\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[4,12]},"
            + "\"c\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[12,13]},"
            + "\"empty\":{\"dtype\":\"F32\",\"shape\":[0,4],\"data_offsets\":[13,13]}}";
    int padded = (header.length() + 7) / 8 * 8;
    byte[] data = {2, 1, 0, 0, 0, 0, (byte) 0x80, 0x3f, 0, 0, 0x20, (byte) 0xc0, 7};
    ByteBuffer expected =
        ByteBuffer.allocate(8 + padded + data.length).order(ByteOrder.LITTLE_ENDIAN);
    expected.putLong(padded);
    expected.put((header + " ".repeat(padded - header.length())).getBytes(StandardCharsets.UTF_8));
    expected.put(data);
    assertArrayEquals(expected.array(), Files.readAllBytes(file));
  }

  @Test
  void read_whatWasWritten_isEqual() throws IOException {
    CONTENT.write(file);
    Safetensors read = Safetensors.read(file);
    assertEquals(CONTENT, read);
    assertArrayEquals(new float[] {1, -2.5f}, read.tensor("b").floats());
    assertArrayEquals(new float[][] {{1}, {-2.5f}}, read.tensor("b").rows());
    assertArrayEquals(new int[] {258}, read.tensor("a").ints());
    assertEquals("x", read.note("note"));
  }

  @Test
  void rows_matrix_equalsFlatNumbers() {
    assertEquals(
        Tensor.floats(new float[] {1, 2, 3, 4, 5, 6}, 2, 3),
        Tensor.rows(new float[][] {{1, 2, 3}, {4, 5, 6}}, 3));
    assertThrows(IllegalArgumentException.class, () -> Tensor.rows(new float[][] {{1, 2}, {3}}, 2));
  }

  @Test
  void read_everyShorterFile_isRefused() throws IOException {
    CONTENT.write(file);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      IOException e = assertThrows(IOException.class, () -> Safetensors.read(file));
      assertTrue(e.getMessage().startsWith("t.safetensors: "), e.getMessage());
    }
  }

  @Test
  void read_oneByteMore_isRefused() throws IOException {
    CONTENT.write(file);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    IOException e = assertThrows(IOException.class, () -> Safetensors.read(file));
    assertEquals("t.safetensors: goes on after the last tensor", e.getMessage());
  }

  @Test
  void read_headerLongerThanTheLimit_isRefused() throws IOException {
    byte[] length =
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(Safetensors.MAX_HEADER + 1L)
            .array();
    Files.write(file, length);
    IOException e = assertThrows(IOException.class, () -> Safetensors.read(file));
    assertEquals("t.safetensors: header of 16777217 bytes, expected 1 to 16777216", e.getMessage());
  }

  @Tag("M6")
  @Test
  void read_tensorLongerThanTheLimit_isRefused() throws IOException {
    long bytes = Safetensors.MAX_TENSOR + 1L;
    byte[] header =
        ("{\"a\":{\"dtype\":\"U8\",\"shape\":[" + bytes + "],\"data_offsets\":[0," + bytes + "]}}")
            .getBytes(StandardCharsets.UTF_8);
    Files.write(
        file,
        ByteBuffer.allocate(8 + header.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .put(header)
            .array());
    IOException e = assertThrows(IOException.class, () -> Safetensors.read(file));
    assertEquals(
        "t.safetensors: tensor a takes 2147483640 bytes, expected 0 to 2147483639", e.getMessage());
  }

  @Tag("M6")
  @Test
  void read_shapeThatDoesNotFitItsBytes_isRefused() throws IOException {
    CONTENT.write(file);
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.writeString(
        file, text.replace("\"shape\":[2,1]", "\"shape\":[3,1]"), StandardCharsets.ISO_8859_1);
    IOException e = assertThrows(IOException.class, () -> Safetensors.read(file));
    assertEquals("t.safetensors: tensor of F32 [3, 1] takes 12 bytes, found 8", e.getMessage());
  }

  @Test
  void read_fails_isNoFaultOfTheFile() throws IOException {
    CONTENT.write(file);
    Thread.currentThread().interrupt(); // closes the channel
    FileSystemException e = assertThrows(FileSystemException.class, () -> Safetensors.read(file));
    assertTrue(Thread.interrupted());
    assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
  }

  @Test
  void floats_halfPrecision_isWidened() throws IOException {
    String header =
        "{\"a\":{\"dtype\":\"F16\",\"shape\":[6],\"data_offsets\":[0,12]},"
            + "\"b\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[12,16]}}";
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + 16).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json);
    for (int half : new int[] {0x3c00, 0xc000, 0x7bff, 0x0001, 0x8000, 0xfc00, 0x3f80, 0xc049}) {
      bytes.putShort((short) half);
    }
    file = directory.resolve("half.safetensors");
    Files.write(file, bytes.array());
    Safetensors weights = Safetensors.read(file);

    assertArrayEquals(
        new float[] {1, -2, 65_504, 0x1p-24f, -0f, Float.NEGATIVE_INFINITY},
        weights.tensor("a").floats());
    assertArrayEquals(new float[] {1, -3.140625f}, weights.tensor("b").floats());
  }

  @Test
  void tensor_oneOfSeveral_isReadAlone() throws IOException {
    CONTENT.write(file);
    SafetensorsFile opened = SafetensorsFile.open(file);
    assertEquals(CONTENT.tensors().keySet(), opened.names());
    assertEquals(CONTENT.tensor("c"), opened.tensor("c"));
    IOException e = assertThrows(IOException.class, () -> opened.tensor("d"));
    assertEquals("t.safetensors: tensor d is missing", e.getMessage());
  }

  @Test
  void tensor_unknownName_saysWhatThereIs() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> CONTENT.tensor("d"));
    assertEquals("holds tensors [a, b, c, empty], expected d", e.getMessage());
  }
}
