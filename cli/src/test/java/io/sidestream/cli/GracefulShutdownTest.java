package io.sidestream.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class GracefulShutdownTest {
  @Test
  void signal_whileTheSystemCloses_runsNoOtherShutdownHookBefore() throws Exception {
    Process process = OwnJvm.start(Stopped.class);
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();
      while (line != null && !line.equals("runs")) {
        line = out.readLine();
      }
      process.toHandle().destroy(); // SIGTERM; the process itself would close its output
      List<String> rest = out.lines().filter(each -> !each.isBlank()).toList();
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
      assertEquals(List.of("stopping …", "closed", "stopped", "hook"), rest);
      assertEquals(143, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  /** A process with a library that cleans up in a hook of its own, as ONNX Runtime does. */
  static final class Stopped {
    private static final long CLOSING_MILLIS = 300;

    private Stopped() {}

    public static void main(String[] arguments) throws Exception {
      PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> out.println("hook")));
      AtomicBoolean closed = new AtomicBoolean();
      try (GracefulShutdown stop =
          GracefulShutdown.of(
              () -> {
                try {
                  Thread.sleep(CLOSING_MILLIS);
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                closed.set(true);
                out.println("closed");
              },
              out)) {
        out.println("runs");
        while (!closed.get()) {
          Thread.sleep(10);
        }
        assertTrue(stop.stopping());
      }
      System.exit(0);
    }
  }
}
