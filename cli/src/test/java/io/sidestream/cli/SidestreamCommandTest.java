package io.sidestream.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SidestreamCommandTest {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @Test
  void help_everyCommand_isPrinted() {
    List<List<String>> commands = new ArrayList<>();
    collect(commandLine(), List.of(), commands);

    assertTrue(commands.size() > 10, commands.toString());
    assertAll(
        commands.stream()
            .map(
                command ->
                    () -> {
                      String[] words =
                          Stream.concat(command.stream(), Stream.of("--help"))
                              .toArray(String[]::new);
                      assertEquals(DONE, run(words));
                      assertTrue(out.toString().contains("Usage: sidestream"));
                    }));
  }

  @Test
  void run_nothing_isWrongUsage() {
    assertEquals(WRONG_USAGE, run());
    assertTrue(err.toString().startsWith("sidestream: "), err.toString());
  }

  @Test
  void run_unknownOption_isWrongUsageInOneSentence() {
    assertEquals(WRONG_USAGE, run("search", "--nonsense", "up"));
    assertEquals(
        List.of("sidestream: Unknown option: '--nonsense'", "see: sidestream search --help"),
        err.toString().lines().toList());
  }

  @Test
  void demo_portThatCannotBe_isWrongUsage() {
    assertEquals(WRONG_USAGE, run("demo", "--exit", "--port", "65536"));
    assertEquals("sidestream: port is 65536, expected 0 to 65535", firstError());
  }

  @Test
  void search_tooManyItems_isWrongUsage() {
    assertEquals(WRONG_USAGE, run("search", "up", "-k", "501"));
    assertEquals("sidestream: k is 501, expected 1 to 500", firstError());
  }

  /** A reply that is waited for no time at all cannot come. */
  @Test
  void answer_noTimeToWait_isWrongUsage() {
    assertEquals(WRONG_USAGE, run("search", "up", "--timeout", "0"));
    assertEquals("sidestream: --timeout is 0, expected 1 to 86400", firstError());
    assertEquals(WRONG_USAGE, run("recommend", "--trending", "--timeout", "-1"));
    assertTrue(errors().contains("sidestream: --timeout is -1, expected 1 to 86400"), errors());
  }

  @Test
  void process_wrongSettings_isWrongUsage() throws IOException {
    String work = folder.resolve("work").toString();
    String missing = folder.resolve("none.yml").toString();
    for (String process : List.of("ingest", "train", "index", "gateway", "standalone")) {
      for (List<String> wrong :
          List.of(List.of("--set", "nonsense=1"), List.of("--config", missing))) {
        assertEquals(
            WRONG_USAGE, run(process, "--work", work, wrong.get(0), wrong.get(1)), errors());
      }
    }
    assertEquals(10, errors().lines().filter(line -> line.startsWith("sidestream: ")).count());
    assertEquals(FAILED, run("config", "check", "--set", "nonsense=1"));
    assertEquals(FAILED, run("config", "check", "--config", missing));
  }

  @Test
  void acls_namesThatAShellReads_areQuoted() {
    for (String usual : List.of("User:sidestream-index", "shop.items.rejected", "a:9092,b:9092")) {
      assertEquals(usual, AclsCommand.quoted(usual));
    }
    assertEquals("'User:*'", AclsCommand.quoted("User:*"));
    assertEquals("'User:CN=O'\\''Hara Ltd,C=$X'", AclsCommand.quoted("User:CN=O'Hara Ltd,C=$X"));
    assertEquals("''", AclsCommand.quoted(""));

    assertEquals(
        DONE, run("topics", "acls", "--role", "producer", "--principal", "User:CN=shop;reboot"));
    assertTrue(
        out.toString().contains(" --allow-principal 'User:CN=shop;reboot' --topic items "),
        out.toString());
  }

  @Test
  void recommend_userAndHistory_isWrongUsage() {
    assertEquals(WRONG_USAGE, run("recommend", "--user", "ann", "--history", "a,b"));
    assertEquals(WRONG_USAGE, run("recommend", "--user", "ann", "--like", "a"));
  }

  @Test
  void recommend_blankItem_isWrongUsage() {
    assertEquals(WRONG_USAGE, run("recommend", "--history", "a, ,b"));
    assertEquals("sidestream: item id is blank", firstError());
  }

  @Test
  void simulate_noRate_isWrongUsage() {
    assertEquals(WRONG_USAGE, run("simulate", "--rate", "0"));
    assertEquals("sidestream: --rate is 0, expected 1 to 100000", firstError());
  }

  @Test
  void simulate_daysBeyondTheirLimits_isWrongUsage() {
    assertEquals(WRONG_USAGE, run("simulate", "--days", "366"));
    assertEquals("sidestream: plan of 366 days, expected 1 to 365", firstError());
    assertEquals(WRONG_USAGE, run("simulate", "--days", "7", "--seconds-per-day", "86401"));
    assertEquals(WRONG_USAGE, run("simulate", "--days", "7", "--events", "100001"));
    assertEquals(WRONG_USAGE, run("simulate", "--days", "7", "--rate", "5"));
    assertEquals(WRONG_USAGE, run("simulate", "--days", "7", "--count", "5"));
    assertEquals(WRONG_USAGE, run("simulate", "--rate", "7", "--events", "5"));
    assertEquals(WRONG_USAGE, run("simulate"));
  }

  @Test
  void experiment_unknownName_isWrongUsage() {
    assertEquals(WRONG_USAGE, run("experiment", "trade-off", "--out", folder.toString()));
    assertTrue(
        firstError()
            .startsWith("sidestream: experiment \"trade-off\" is not known, expected one of"),
        firstError());
  }

  @Test
  void rehearse_beyondItsLimits_isWrongUsage() {
    String out = folder.toString();
    for (List<String> option :
        List.of(
            List.of("--films", "99"),
            List.of("--films", "100001"),
            List.of("--users", "0"),
            List.of("--users", "100001"),
            List.of("--events", "0"),
            List.of("--events", "100001"))) {
      assertEquals(WRONG_USAGE, run("rehearse", "--out", out, option.get(0), option.get(1)));
      assertTrue(err.toString().contains(option.get(0) + " is " + option.get(1)), err.toString());
    }
  }

  /** The work of a system there was deleted. */
  @Test
  void rehearse_folderWithOthers_deletesItsOwnAlone() throws Exception {
    Path others = Files.createDirectories(folder.resolve("work"));
    Path own =
        RehearseCommand.inOwnFolder(
            folder,
            work -> {
              Files.createFile(work.resolve("bundle"));
              return work;
            });
    assertEquals(folder, own.getParent());
    assertTrue(own.getFileName().toString().startsWith("rehearsal-"), own.toString());
    assertFalse(Files.exists(own));
    assertTrue(Files.exists(others));
  }

  /** A stop by Ctrl-C runs the hooks of the JVM alone. */
  @Test
  void rehearse_stopped_deletesItsFolder() throws Exception {
    Process process = OwnJvm.start(StoppedRehearsal.class, folder.toString());
    try (InputStream out = process.getInputStream()) {
      String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(130, process.exitValue(), said);
      try (Stream<Path> left = Files.list(folder)) {
        assertEquals(List.of(), left.toList(), said);
      }
    } finally {
      process.destroyForcibly();
    }
  }

  /** A rehearsal in which the JVM is asked to end. */
  static final class StoppedRehearsal {
    private StoppedRehearsal() {}

    public static void main(String[] arguments) throws Exception {
      RehearseCommand.inOwnFolder(
          Path.of(arguments[0]),
          work -> {
            Files.createFile(work.resolve("bundle"));
            System.exit(130);
            return work;
          });
    }
  }

  @Test
  void experiment_moreSeedsThanThereMayBe_isWrongUsage() {
    assertEquals(
        WRONG_USAGE,
        run("experiment", "loss-mixing", "--out", folder.toString(), "--seeds", "101"));
    assertEquals("sidestream: --seeds is 101, expected 1 to 100", firstError());
  }

  /** It was known after hours only, and what was measured was in no file. */
  @Test
  void json_whereNoneCanBeWritten_isWrongUsageBeforeAnythingIsDone() throws IOException {
    String file = Files.createFile(folder.resolve("file")).toString();
    String below = folder.resolve("file/report.json").toString();
    String out = folder.resolve("out").toString();
    for (String[] command :
        new String[][] {
          {"experiment", "loss-mixing", "--out", out},
          {"chaos", "--seed", "1", "--work", out},
          {"demo", "--exit", "--work", out}
        }) {
      List<String> words = new ArrayList<>(List.of(command));
      words.addAll(List.of("--json", below));
      assertEquals(WRONG_USAGE, run(words.toArray(String[]::new)), command[0]);
      assertEquals(
          "sidestream: --json " + below + " cannot be written: " + file + " cannot be made",
          firstError());
      assertFalse(Files.exists(folder.resolve("out")), command[0]);
    }
  }

  @Test
  void json_inAFolderThatIsNotThere_makesTheFolder() {
    Path json = folder.resolve("reports/experiment.json");
    String nowhere = folder.resolve("nowhere").toString();
    assertEquals(
        FAILED,
        run(
            "experiment",
            "loss-mixing",
            "--out",
            folder.toString(),
            "--data",
            nowhere,
            "--json",
            json.toString()));
    assertTrue(Files.isDirectory(json.getParent()));
  }

  @Test
  void experiment_noFolder_failsInOneSentence() {
    String nowhere = folder.resolve("nowhere").toString();
    assertEquals(
        FAILED, run("experiment", "loss-mixing", "--out", folder.toString(), "--data", nowhere));
    assertEquals("sidestream: folder " + nowhere + " does not exist", firstError());
  }

  @Test
  void experiment_encoderOfNoFolder_failsInOneSentence() {
    Path nowhere = folder.resolve("nowhere");
    assertEquals(
        FAILED,
        run(
            "experiment",
            "cold-start",
            "--out",
            folder.toString(),
            "--encoder",
            nowhere.toString()));
    assertEquals("sidestream: nowhere: is no folder\n", errors());
  }

  @Test
  void experiment_generatorThatIsNone_failsInOneSentence() throws IOException {
    Path model = Files.createDirectory(folder.resolve("model"));
    Files.writeString(model.resolve("config.json"), "{\"model_type\": \"gpt2\"}");
    assertEquals(
        FAILED,
        run(
            "experiment",
            "cold-start",
            "--out",
            folder.toString(),
            "--generator",
            model.toString()));
    assertEquals("sidestream: model: tokenizer.json is missing\n", errors());
  }

  @Test
  void experiment_encoderWithoutValue_isWrongUsage() {
    assertEquals(
        WRONG_USAGE, run("experiment", "cold-start", "--out", folder.toString(), "--encoder"));
  }

  @Test
  void rejectedReplay_unknownTopic_isWrongUsage() {
    assertEquals(WRONG_USAGE, run("rejected", "replay", "--topic", "nothing"));
    assertTrue(firstError().startsWith("sidestream: --topic is nothing, expected one of "));
  }

  @Test
  void produce_missingFolder_failsInOneSentence() {
    Path missing = folder.resolve("none");
    assertEquals(FAILED, run("produce", "--data", missing.toString()));
    assertEquals("sidestream: folder " + missing + " does not exist\n", errors());
  }

  @Test
  void demo_brokenLine_failsInOneSentence() throws IOException {
    Files.writeString(folder.resolve("movies.csv"), "movieId,title,genres\n1,Up\n");
    Path work = folder.resolve("work");

    assertEquals(
        FAILED, run("demo", "--data", folder.toString(), "--work", work.toString(), "--exit"));
    assertEquals(
        "sidestream: " + folder.resolve("movies.csv") + ", line 2: 2 values, expected 3\n",
        errors());
    assertFalse(Files.exists(work));
  }

  @Test
  void search_noBroker_failsInOneSentence() {
    assertEquals(
        FAILED,
        run("search", "up", "--bootstrap-servers", "127.0.0.1:1", "--set", "broker.timeout=1s"));
    assertEquals("sidestream: no broker answers at 127.0.0.1:1 within 1 s\n", errors());
  }

  @Test
  void search_badAddress_failsInOneSentence() {
    assertEquals(FAILED, run("search", "up", "--bootstrap-servers", "nonsense"));
    assertTrue(errors().startsWith("sidestream: bootstrap servers are \"nonsense\": "), errors());
    assertEquals(1, errors().lines().count());
  }

  @Test
  void demo_busyPort_failsInOneSentence() throws IOException {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(busy.getLocalPort());
      String work = folder.resolve("work").toString();

      assertEquals(FAILED, run("demo", "--work", work, "--port", port, "--exit"));
      assertTrue(errors().contains(port), errors());
      assertEquals(1, errors().lines().count());
    }
  }

  private static void collect(
      CommandLine command, List<String> words, List<List<String>> commands) {
    commands.add(words);
    command
        .getSubcommands()
        .forEach(
            (name, sub) ->
                collect(sub, Stream.concat(words.stream(), Stream.of(name)).toList(), commands));
  }

  private CommandLine commandLine() {
    return SidestreamCommand.commandLine(new PrintWriter(out), new PrintWriter(err));
  }

  private int run(String... words) {
    return commandLine().execute(words);
  }

  private String firstError() {
    return errors().lines().findFirst().orElse("");
  }

  private String errors() {
    return err.toString().replace(System.lineSeparator(), "\n");
  }
}
