package io.sidestream.learning.generator;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that exported graphs give to weights. */
final class ExportedNames {
  private static final Map<String, String> NAMES =
      Map.of(
          GeneratorParameters.TOKENS, "embeddings",
          GeneratorParameters.VECTOR, "vector",
          GeneratorParameters.START, "start",
          GeneratorParameters.HEADS, "heads",
          GeneratorParameters.CENTROID_LOGITS, "sight");
  private static final Map<String, String> PARTS =
      Map.of(
          "q", "query", "k", "key", "v", "value", "o", "out", "wi_0", "gate", "wi_1", "up", "wo",
          "down");
  private static final Pattern WEIGHT =
      Pattern.compile("(\\w+)\\.block\\.(\\d+)\\.layer\\.(\\d)\\.(.*)\\.weight");

  private ExportedNames() {}

  static String of(String name) {
    Matcher weight = WEIGHT.matcher(name);
    if (!weight.matches()) {
      return NAMES.getOrDefault(name, name.replace(".final_layer_norm.weight", ".norm"));
    }
    int part = Integer.parseInt(weight.group(3));
    boolean decoder = weight.group(1).equals("decoder");
    String what = part == 0 ? "self" : part == 1 && decoder ? "cross" : "feed";
    String[] last = weight.group(4).split("\\.");
    String own = last.length == 1 ? "norm" : PARTS.get(last[1]);
    return weight.group(1) + "." + weight.group(2) + "." + what + "." + own;
  }
}
