package io.sidestream.learning.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The calls that corrupt gradients or leak, by the constant pools of the trainer's classes. */
class UnsafeCallsTest {
  private static final Pattern EVERYWHERE =
      Pattern.compile(
          String.join(
              "|",
              "ai/djl/ndarray/NDArray\\.(mul|div|pow|mod|maximum|minimum)i?\\(Ljava/lang/Number;.*",
              "ai/djl/ndarray/NDArray\\.(toType|set|normalize|norm)\\(.*",
              "ai/djl/ndarray/internal/NDArrayEx\\.(r(add|sub|mul|div|mod|pow)i?|\\w+Update|dropout|leakyRelu|elu)\\(.*",
              "ai/djl/ndarray/NDManager\\.random.*",
              "ai/djl/engine/Engine\\.setRandomSeed.*",
              "ai/djl/(nn|training/loss|training/optimizer|training/initializer)/.*"));
  private static final Pattern OUTSIDE_THIS_PACKAGE =
      Pattern.compile(
          String.join(
              "|",
              "ai/djl/ndarray/NDManager\\.create.*",
              "ai/djl/ndarray/NDArray\\.(getGradient|setRequiresGradient)\\(.*",
              "ai/djl/ndarray/internal/NDArrayEx\\..*",
              "ai/djl/engine/Engine\\.newGradientCollector.*"));

  /** Draws from the engine's generator, which it seeds before each draw. */
  private static final String SEEDS_AND_DRAWS = "EngineDropout.class";

  @Test
  void learning_classes_holdNoUnsafeCall() throws IOException {
    List<String> found = new ArrayList<>();
    int classes = 0;
    try (Stream<Path> files = Files.walk(Path.of("target/classes"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        classes++;
        boolean here = file.toString().contains("/learning/tensor/");
        for (String call : calls(Files.readAllBytes(file))) {
          if (isUnsafe(call, here) && !file.endsWith(SEEDS_AND_DRAWS)) {
            found.add(file.getFileName() + " calls " + call);
          }
        }
      }
    }
    assertTrue(classes > 5, "only " + classes + " classes were read");
    assertEquals(List.of(), found);
  }

  @Test
  void unsafeCalls_ofTheLibrary_areRecognized() {
    assertTrue(isUnsafe("ai/djl/ndarray/NDArray.mul(Ljava/lang/Number;)L;", true));
    assertTrue(isUnsafe("ai/djl/ndarray/NDArray.divi(Ljava/lang/Number;)L;", true));
    assertTrue(isUnsafe("ai/djl/training/loss/L2Loss.<init>()V", true));
    assertTrue(isUnsafe("ai/djl/ndarray/NDManager.create([F)L;", false));
    assertTrue(!isUnsafe("ai/djl/ndarray/NDArray.mul(Lai/djl/ndarray/NDArray;)L;", false));
  }

  private static boolean isUnsafe(String call, boolean here) {
    return EVERYWHERE.matcher(call).matches()
        || !here && OUTSIDE_THIS_PACKAGE.matcher(call).matches();
  }

  /** Class.method(descriptor) of every method reference; JVM specification, section 4.4. */
  private static Set<String> calls(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    in.skipBytes(8);
    int count = in.readUnsignedShort();
    String[] texts = new String[count];
    int[][] pairs = new int[count][];
    int[] tags = new int[count];
    for (int i = 1; i < count; i++) {
      tags[i] = in.readUnsignedByte();
      switch (tags[i]) {
        case 1 -> texts[i] = in.readUTF();
        case 3, 4 -> in.skipBytes(4);
        case 5, 6 -> {
          in.skipBytes(8);
          i++;
        }
        case 7, 8, 16, 19, 20 -> pairs[i] = new int[] {in.readUnsignedShort()};
        case 15 -> in.skipBytes(3);
        default -> pairs[i] = new int[] {in.readUnsignedShort(), in.readUnsignedShort()};
      }
    }
    Set<String> calls = new TreeSet<>();
    for (int i = 1; i < count; i++) {
      if (tags[i] == 10 || tags[i] == 11) {
        int[] name = pairs[pairs[i][1]];
        calls.add(texts[pairs[pairs[i][0]][0]] + "." + texts[name[0]] + texts[name[1]]);
      }
    }
    return calls;
  }
}
