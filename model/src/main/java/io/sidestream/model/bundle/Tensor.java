package io.sidestream.model.bundle;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkEqual;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Numbers with a type and a shape, as they lie in a file: row by row, lowest byte first. Immutable.
 */
public final class Tensor {
  /** What a tensor's numbers are. */
  public enum Type {
    F32(4),
    F16(2),
    BF16(2),
    I32(4),
    U8(1);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    /** The type of this name, where it is supported. */
    static Optional<Type> of(String name) {
      return Stream.of(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /** Whether these are floating-point numbers. */
    public boolean isFloat() {
      return this == F32 || this == F16 || this == BF16;
    }

    int bytes() {
      return bytes;
    }
  }

  private static final int FLOAT16_EXPONENT_BIAS = 112; // of float32's 127 less float16's 15

  private final Type type;
  private final int[] shape;
  private final byte[] data;

  Tensor(Type type, int[] shape, byte[] data) {
    long numbers = 1;
    for (int length : shape) {
      check(length >= 0, "tensor has an axis of length %d", length);
      numbers = Math.multiplyExact(numbers, length);
    }
    check(
        numbers * type.bytes() == data.length,
        "tensor of %s %s takes %d bytes, found %d",
        type,
        Arrays.toString(shape),
        numbers * type.bytes(),
        data.length);
    this.type = type;
    this.shape = shape.clone();
    this.data = data;
  }

  /** A tensor of these numbers. */
  public static Tensor floats(float[] values, int... shape) {
    byte[] data = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    littleEndian(data).asFloatBuffer().put(values);
    return new Tensor(Type.F32, shape, data);
  }

  /** A tensor of these numbers. */
  static Tensor ints(int[] values, int... shape) {
    byte[] data = new byte[Math.multiplyExact(values.length, Integer.BYTES)];
    littleEndian(data).asIntBuffer().put(values);
    return new Tensor(Type.I32, shape, data);
  }

  /** A tensor of these bytes. */
  public static Tensor bytes(byte[] values, int... shape) {
    return new Tensor(Type.U8, shape, values.clone());
  }

  /** A matrix of these rows, each {@code columns} long. */
  public static Tensor rows(float[][] rows, int columns) {
    byte[] data =
        new byte[Math.multiplyExact(Math.multiplyExact(rows.length, columns), Float.BYTES)];
    ByteBuffer buffer = littleEndian(data);
    for (float[] row : rows) {
      checkEqual(row.length, columns, "row of %d numbers");
      buffer.asFloatBuffer().put(row);
      buffer.position(buffer.position() + columns * Float.BYTES);
    }
    return new Tensor(Type.F32, new int[] {rows.length, columns}, data);
  }

  public Type type() {
    return type;
  }

  /** Length of each axis, a copy. */
  public int[] shape() {
    return shape.clone();
  }

  /** How many axes there are. */
  int rank() {
    return shape.length;
  }

  /** Length of one axis. */
  public int length(int axis) {
    check(axis < shape.length, "tensor has %d axes, expected more than %d", shape.length, axis);
    return shape[axis];
  }

  /** Whether no number is NaN or infinite. */
  boolean isFinite() {
    if (type != Type.F32) {
      return !type.isFloat() || finite(floats());
    }
    FloatBuffer numbers = littleEndian(data).asFloatBuffer();
    while (numbers.hasRemaining()) {
      if (!Float.isFinite(numbers.get())) {
        return false;
      }
    }
    return true;
  }

  private static boolean finite(float[] numbers) {
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        return false;
      }
    }
    return true;
  }

  /** Its numbers, a copy; those of half precision widened. */
  public float[] floats() {
    check(type.isFloat(), "tensor holds %s, expected F32, F16 or BF16", type);
    float[] values = new float[data.length / type.bytes()];
    ByteBuffer bytes = littleEndian(data);
    if (type == Type.F32) {
      bytes.asFloatBuffer().get(values);
      return values;
    }
    for (int i = 0; i < values.length; i++) {
      short half = bytes.getShort();
      values[i] = type == Type.F16 ? widened(half) : Float.intBitsToFloat(half << Short.SIZE);
    }
    return values;
  }

  /** IEEE 754 binary16 as binary32. */
  private static float widened(short half) {
    int exponent = half >> 10 & 0x1f;
    int fraction = half & 0x3ff;
    int sign = (half & 0x8000) << 16;
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int wide = exponent == 0x1f ? 0xff : exponent + FLOAT16_EXPONENT_BIAS;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }

  /** Its numbers, a copy. */
  int[] ints() {
    checkIs(Type.I32);
    int[] values = new int[data.length / Integer.BYTES];
    littleEndian(data).asIntBuffer().get(values);
    return values;
  }

  /** Its numbers, a copy. */
  public byte[] bytes() {
    checkIs(Type.U8);
    return data.clone();
  }

  /** Its rows, a copy; a matrix only. */
  public float[][] rows() {
    checkIs(Type.F32);
    check(shape.length == 2, "tensor has %d axes, expected 2", shape.length);
    ByteBuffer buffer = littleEndian(data);
    float[][] rows = new float[shape[0]][shape[1]];
    for (float[] row : rows) {
      buffer.asFloatBuffer().get(row);
      buffer.position(buffer.position() + shape[1] * Float.BYTES);
    }
    return rows;
  }

  /** The bytes themselves, not a copy. */
  byte[] raw() {
    return data;
  }

  private void checkIs(Type expected) {
    check(type == expected, "tensor holds %s, expected %s", type, expected);
  }

  private static ByteBuffer littleEndian(byte[] data) {
    return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && type == that.type
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return type + Arrays.toString(shape);
  }
}
