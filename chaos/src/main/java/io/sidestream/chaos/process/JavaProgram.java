package io.sidestream.chaos.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program on a class path, run by the Java of this process.
 *
 * @param main the class whose main method is called
 */
public record JavaProgram(String classPath, String main) {
  /** What the launcher sets for every process of this system. */
  public static final Map<String, String> ENVIRONMENT =
      Map.of("ORT_DISABLE_TELEMETRY", "1", "OMP_WAIT_POLICY", "passive", "MALLOC_ARENA_MAX", "2");

  /** The command that runs it, compiled fast rather than well: it is started often. */
  public List<String> command(int heapMebibytes, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heapMebibytes + "m");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseSerialGC");
    command.add("-Doffline=true");
    command.addAll(opens());
    command.add("-cp");
    command.add(classPath);
    command.add(main);
    command.addAll(arguments);
    return command;
  }

  /** The packages of Java that are open in this process, be it by options or by a manifest. */
  private static List<String> opens() {
    Module java = Object.class.getModule();
    Module own = JavaProgram.class.getModule();
    return java.getPackages().stream()
        .filter(opened -> java.isOpen(opened, own))
        .sorted()
        .map(opened -> "--add-opens=java.base/" + opened + "=ALL-UNNAMED")
        .toList();
  }
}
