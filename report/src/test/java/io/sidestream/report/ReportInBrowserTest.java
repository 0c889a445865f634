package io.sidestream.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens a report of made-up findings in a browser, where one is installed, and measures it. */
class ReportInBrowserTest {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final long TIMEOUT_SECONDS = 120;

  private static final String DARK = "--blink-settings=preferredColorScheme=0";
  private static final String LIGHT = "--blink-settings=preferredColorScheme=1";

  /** Frames the report at a width, and notes what it measures there on the body of this page. */
  private static final String WRAPPER =
      """
      <!DOCTYPE html><meta charset="utf-8"><body>
      <iframe style="width:%dpx;height:900px;border:0" srcdoc="%s"></iframe>
      <script>
      addEventListener('load', () => {
        const page = document.querySelector('iframe').contentDocument;
        const outside = Array.from(page.querySelectorAll('svg[role=img] text')).filter(text => {
          const box = text.getBoundingClientRect();
          const picture = text.ownerSVGElement.getBoundingClientRect();
          return box.left < picture.left - 1 || box.right > picture.right + 1
              || box.top < picture.top - 1 || box.bottom > picture.bottom + 1;
        });
        const notes = {
          overflow: page.documentElement.scrollWidth - page.documentElement.clientWidth,
          pictures: Array.from(page.querySelectorAll('svg[role=img]'))
              .filter(svg => svg.getBoundingClientRect().height > 50).length,
          outside: outside.map(text => text.textContent).join(' | '),
          tables: page.querySelectorAll('table caption').length,
          page: getComputedStyle(page.body).backgroundColor
        };
        document.body.replaceChildren();
        for (const name in notes) document.body.dataset[name] = notes[name];
      });
      </script></body>
      """;

  @TempDir Path folder;
  private String browser;

  @BeforeEach
  void findBrowser() {
    Optional<String> found = BROWSERS.stream().filter(ReportInBrowserTest::isOnPath).findFirst();
    assumeTrue(found.isPresent(), "skipped: none of " + BROWSERS + " is on PATH");
    browser = found.orElseThrow();
  }

  @Test
  void report_onADarkPhone_isDarkAndHasNothingBesideThePage() throws Exception {
    String dom = open(400, DARK);

    assertEquals("0", note(dom, "overflow"));
    assertEquals("7", note(dom, "pictures"));
    assertEquals("2", note(dom, "tables"));
    assertEquals("rgb(20, 23, 27)", note(dom, "page"));
    assertEquals("", note(dom, "outside"));
  }

  @Test
  void report_onALightScreen_hasEveryTextInsideItsPicture() throws Exception {
    String dom = open(1200, LIGHT);

    assertEquals("0", note(dom, "overflow"));
    assertEquals("7", note(dom, "pictures"));
    assertEquals("rgb(255, 255, 255)", note(dom, "page"));
    assertEquals("", note(dom, "outside"));
  }

  private String open(int width, String option) throws Exception {
    String report = ReportHtml.page(MadeUpFindings.SETUP, MadeUpFindings.all());
    Path wrapper = folder.resolve("wrapper.html");
    Files.writeString(wrapper, WRAPPER.formatted(width, Html.escape(report)));
    Path errors = folder.resolve("errors.txt");
    Path dom = folder.resolve("dom.html");
    List<String> command = new ArrayList<>(List.of(browser, "--headless", "--no-sandbox"));
    command.addAll(List.of("--disable-gpu", "--disable-quic", "--no-first-run"));
    command.addAll(List.of("--disable-background-networking", "--disable-component-update"));
    command.addAll(List.of("--disable-sync", "--enable-logging=stderr", "--dump-dom"));
    command.add("--user-data-dir=" + Files.createTempDirectory(folder, "profile"));
    command.addAll(List.of("--window-size=1400,1000"));
    command.add(option);
    command.add(wrapper.toUri().toString());
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(dom.toFile())
            .redirectError(errors.toFile())
            .start();
    boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String output = Files.readString(errors, StandardCharsets.ISO_8859_1);
    assertTrue(ended && process.exitValue() == 0, () -> browser + " failed: " + output);
    assertTrue(output.lines().noneMatch(line -> line.contains("CONSOLE")), output);
    return Files.readString(dom);
  }

  private static String note(String dom, String name) {
    Matcher note = Pattern.compile("data-" + name + "=\"([^\"]*)\"").matcher(dom);
    assertTrue(note.find(), () -> name + " was not measured: " + dom);
    return note.group(1);
  }

  private static boolean isOnPath(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      if (Files.isExecutable(Path.of(folder).resolve(program))) {
        return true;
      }
    }
    return false;
  }
}
