package io.sidestream.cli.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Clients that others wrote, against a running system: the tests of the Python client, and the
 * recipes of the guides with kcat. What is not installed here is skipped, and said so.
 */
final class OutsideClients {
  private static final Path PYTHON_CLIENT = Path.of("..", "clients", "python");
  private static final List<Path> GUIDES =
      List.of(Path.of("..", "docs", "produce.md"), Path.of("..", "docs", "ask.md"));
  private static final String SHOWN_SERVERS = "127.0.0.1:9092";
  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w*)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final long LIMIT_SECONDS = 240;

  private final String servers;

  OutsideClients(String servers) {
    this.servers = servers;
  }

  /** Runs all that is installed. */
  void run() throws IOException, InterruptedException {
    if (succeeds(List.of("python3", "-c", "import confluent_kafka"))) {
      require(
          List.of("python3", "-m", "unittest", "-v", "test_sidestream"), PYTHON_CLIENT.toFile());
    } else {
      System.out.println("skipped the Python client: python3 has no module confluent_kafka");
    }
    if (!succeeds(List.of("kcat", "-V"))) {
      System.out.println("skipped the recipes of the guides: kcat is not installed");
      return;
    }
    for (Path guide : GUIDES) {
      for (String recipe : recipes(guide)) {
        require(List.of("bash", "-ec", recipe.replace(SHOWN_SERVERS, servers)), null);
      }
    }
  }

  /** The blocks of commands with kcat alone; what is in a language is none. */
  private static List<String> recipes(Path guide) throws IOException {
    List<String> recipes = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(Files.readString(guide));
    while (blocks.find()) {
      String block = blocks.group(2);
      if (blocks.group(1).isEmpty() && block.contains("kcat ")) {
        recipes.add(
            block
                .lines()
                .filter(line -> !line.startsWith("./sidestream"))
                .reduce("", (a, b) -> a + b + "\n"));
      }
    }
    return recipes;
  }

  private static boolean succeeds(List<String> command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void require(List<String> command, java.io.File directory)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("outside-client", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TEST_BOOTSTRAP_SERVERS", servers);
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    Process process = builder.directory(directory).redirectOutput(output.toFile()).start();
    boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String said =
        new String(Files.readAllBytes(output), StandardCharsets.UTF_8); // replies may be Avro
    Files.delete(output);
    System.out.println(said);
    assertEquals(true, ended, () -> command + " ran for " + LIMIT_SECONDS + " s: " + said);
    assertEquals(0, process.exitValue(), () -> command + ": " + said);
  }
}
