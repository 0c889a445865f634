package io.sidestream.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, with a program beside it that prints an argument as Java decodes it. */
class LauncherTest {
  private static final String TEXT = "père 夢";

  @TempDir Path root;

  @Tag("case-16")
  @Test
  void launch_localeThatIsNotUtf8_keepsTheLettersOfArguments() throws Exception {
    install();

    for (String locale : List.of("C", "POSIX", "C.UTF-8", "")) {
      assertEquals(TEXT, run(Map.of("LC_ALL", locale, "LANG", "C")), "LC_ALL=" + locale);
    }
  }

  /** Commands that read whole data sets or topics ended without memory. */
  @Test
  void launch_commandsThatHoldMuch_haveALargeHeap() throws Exception {
    install();
    print(root.resolve("jdk/bin/java"), "exec \"%s\" -version");
    Files.copy(Path.of("..", "docker", "sidestream"), root.resolve("image"));
    for (String command : List.of("train", "index", "produce", "check", "rehearse")) {
      assertTrue(run("./sidestream " + command + " x").contains(" -Xmx2g "), command);
      String image = run("PATH=$JAVA_HOME/bin:$PATH bash ./image " + command);
      assertTrue(image.contains("-XX:MaxRAMPercentage="), command + ": " + image);
    }
    for (String command : List.of("search", "gateway")) {
      assertTrue(run("./sidestream " + command + " x").contains(" -Xmx256m "), command);
    }
    assertTrue(run("PATH=$JAVA_HOME/bin:$PATH bash ./image search").contains(" -Xmx192m "));
  }

  /** Its port is asked for with the file and the settings that the process was given. */
  @Test
  void healthcheck_settingsOnTheCommandLine_areThoseItAsksWith() throws Exception {
    Path words = root.resolve("cmdline");
    String script = Files.readString(Path.of("..", "docker", "healthcheck"));
    assertTrue(script.contains("</proc/1/cmdline"));
    Files.writeString(
        root.resolve("healthcheck"), script.replace("/proc/1/cmdline", words.toString()));
    print(Files.createDirectories(root.resolve("jdk/bin")).resolve("sidestream"), "");
    for (String options :
        List.of(
            "--config a_b.yml",
            "--config=a.yml",
            "--set index.admin.port=9000 --set index.threads=2",
            "--set=index.admin.port=9000")) {
      String process = "java -jar /opt/sidestream/sidestream.jar index --work w " + options;
      Files.writeString(words, process.replace(' ', '\0') + '\0');
      assertEquals(
          " health index " + options + " --check live \n",
          run("PATH=$JAVA_HOME/bin:$PATH bash ./healthcheck"));
    }
  }

  /** A script that prints its arguments, between blanks. */
  private static void print(Path script, String version) throws IOException {
    Files.writeString(
        script,
        """
        #!/bin/sh
        if [ "$1" = -version ]; then %s; fi
        printf ' %%s' "$@"
        echo ' '
        """
            .formatted(
                version.isEmpty()
                    ? "exit 0"
                    : version.formatted(Path.of(System.getProperty("java.home"), "bin", "java"))));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  /** A launcher whose {@code java} says it is new enough, and runs the program below. */
  private void install() throws IOException {
    Files.copy(Path.of("..", "sidestream"), root.resolve("sidestream"));
    Files.createDirectories(root.resolve("cli/target"));
    Files.createFile(root.resolve("cli/target/sidestream.jar"));
    Path java = Files.createDirectories(root.resolve("jdk/bin")).resolve("java");
    Path program = Files.writeString(root.resolve("Print.java"), PROGRAM);
    assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, program.toString()));
    Files.writeString(
        java,
        """
        #!/bin/sh
        if [ "$1" = -version ]; then exec "%1$s" -version; fi
        for last; do :; done
        exec "%1$s" -cp "%2$s" Print "$last"
        """
            .formatted(Path.of(System.getProperty("java.home"), "bin", "java"), root));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    Files.setPosixFilePermissions(
        root.resolve("sidestream"), PosixFilePermissions.fromString("rwx------"));
  }

  private static final String PROGRAM =
      """
      public class Print {
        public static void main(String[] arguments) throws Exception {
          System.out.write(arguments[0].getBytes("UTF-8"));
          System.out.flush();
        }
      }
      """;

  /** The argument travels as bytes in a script, whatever the locale of this JVM. */
  private String run(Map<String, String> environment) throws Exception {
    return run("exec ./sidestream search '" + TEXT + "'", environment);
  }

  private String run(String command) throws Exception {
    return run(command, Map.of());
  }

  private String run(String command, Map<String, String> environment) throws Exception {
    Path script = root.resolve("call.sh");
    Files.writeString(script, command + "\n");
    ProcessBuilder builder = new ProcessBuilder("bash", script.toString());
    builder.directory(root.toFile()).redirectError(root.resolve("err").toFile());
    builder.environment().putAll(environment);
    builder.environment().put("JAVA_HOME", root.resolve("jdk").toString());
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> read(root.resolve("err")));
    return printed;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.getMessage();
    }
  }
}
