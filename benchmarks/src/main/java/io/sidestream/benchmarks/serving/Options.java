package io.sidestream.benchmarks.serving;

import io.sidestream.benchmarks.measure.NamedValues;
import io.sidestream.model.onnx.Device;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is measured, and where.
 *
 * @param shape of the generator
 * @param device that runs it
 * @param threads of a session
 * @param seconds that each combination is measured for, after a third of it unmeasured
 * @param prompts how many together
 * @param beams of each prompt
 * @param tokens of each prompt
 * @param parity prompts that are compared with the CPU, 0 for none
 * @param directory for the graph, the weights and the work, which a peer reads
 */
record Options(
    ServingShape shape,
    Device device,
    int threads,
    double seconds,
    List<Integer> prompts,
    List<Integer> beams,
    List<Integer> tokens,
    int parity,
    Path directory) {
  static final String HELP =
      """
      usage: shape=default|flan-t5-base|tiny device=cpu|cuda threads=N seconds=S
             prompts=1,8,32,64 beams=60,10 tokens=32,128 parity=N directory=PATH
      Each has a default. Writes one JSON object a line.""";

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "shape", "default",
          "device", "cpu",
          "threads", Integer.toString(Runtime.getRuntime().availableProcessors()),
          "seconds", "1",
          "prompts", "1,8,32,64",
          "beams", "60,10",
          "tokens", "32,128",
          "parity", "64",
          "directory", "target/serving");

  static Options parse(String... arguments) {
    NamedValues values = NamedValues.read(DEFAULTS, HELP, arguments);
    return new Options(
        ServingShape.of(values.text("shape")),
        Device.valueOf(values.text("device").toUpperCase(Locale.ROOT)),
        values.integer("threads"),
        values.number("seconds"),
        values.integers("prompts"),
        values.integers("beams"),
        values.integers("tokens"),
        values.integer("parity"),
        Path.of(values.text("directory")));
  }
}
