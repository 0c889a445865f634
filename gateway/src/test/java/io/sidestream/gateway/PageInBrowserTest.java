package io.sidestream.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Uses the page of a running gateway in a browser, where one is installed. */
@TestMethodOrder(MethodOrderer.MethodName.class)
class PageInBrowserTest {
  private static final String TAB = "\uE004";
  private static final String ENTER = "\uE007";
  private static final String ESCAPE = "\uE00C";
  private static final String LEFT = "\uE012";
  private static final String DOWN = "\uE015";
  private static final String THREE_ANSWERS =
      "return document.querySelectorAll('#answers .choose').length === 3";

  @TempDir static Path folder;
  private static Browser browser;
  private static RunningGateway running;

  @BeforeAll
  static void start() throws Exception {
    browser = Browser.open(Files.createDirectory(folder.resolve("browser")));
    running = RunningGateway.start(Files.createDirectory(folder.resolve("broker")), Map.of());
  }

  @AfterAll
  static void stop() throws Exception {
    if (running != null) {
      running.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void page_onADarkPhone_showsAnswersAndNothingBesideThePage() throws Exception {
    browser.view(400, 900, true);
    browser.go(running.address() + "/?q=a%20dream");
    browser.await(THREE_ANSWERS);

    assertEquals(
        "rgb(20, 23, 26)", text("getComputedStyle(document.documentElement).backgroundColor"));
    assertEquals(
        "0",
        text(
            "String(document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
    assertEquals(
        RunningGateway.MARKUP, text("document.querySelector('#answers .title').textContent"));
    assertEquals("0", text("String(document.querySelectorAll('main img, main b b').length)"));
    assertEquals("Sidestream", text("document.title"));
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void page_onALightScreen_explainsTheChosenItemByKeyboardAlone() throws Exception {
    browser.view(1600, 1000, false);
    browser.go(running.address() + "/");
    browser.await("return document.querySelectorAll('#generations tbody tr').length === 2");
    assertEquals("query", text("document.activeElement.id"));

    browser.type("a dream");
    browser.await(THREE_ANSWERS);
    browser.run("document.querySelector('#answers .choose').focus()");
    browser.type(DOWN);

    assertEquals("Inception", text("document.querySelector('.why-head span').textContent"));
    assertEquals("3", text("String(document.querySelectorAll('.why-table tbody tr').length)"));
    assertEquals(
        "From the history|" + RunningGateway.MARKUP + " 3.000|Inception 1.000",
        text("[...document.querySelectorAll('.reasons > *')].map(n => n.textContent).join('|')"));
    assertEquals("5", text("String(document.querySelectorAll('.tree .node').length - 2)"));
    assertEquals(
        "4,4-1,4-1-8",
        text("[...document.querySelectorAll('.node.on')].map(n => n.dataset.path).join()"));
    assertEquals(
        "rgb(250, 248, 243)", text("getComputedStyle(document.documentElement).backgroundColor"));
    assertEquals(
        "0",
        text(
            "String(document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void page_idsByGeneration_areDrawnAndChosenByKeyboard() throws Exception {
    browser.view(1600, 1000, false);
    browser.go(running.address() + "/");
    browser.await("return document.querySelectorAll('#ids-charts figure').length === 4");
    String figures =
        "[...document.querySelectorAll('#ids-charts b')].map(n => n.textContent).join('|')";
    String name = "document.getElementById('ids-name').textContent";
    assertEquals("80 %, 40 %|90 %, 50 %|2.0 %|–", text(figures));
    assertTrue(text(name).startsWith("generation 7, "), "the newest is chosen");
    assertEquals(
        "M0 4L100 8,M0 22L100 24",
        text(
            "[...document.querySelectorAll('#ids-charts figure:first-child [class^=level]')]"
                + ".map(n => n.getAttribute('d')).join()"));

    browser.run("document.getElementById('ids-chosen').focus()");
    browser.type(LEFT);
    assertEquals("90 %, 45 %|–|2.0 %|–", text(figures));
    assertTrue(text(name).startsWith("generation 6, "), "the one before is chosen");
    browser.view(1600, 1000, true);
    assertEquals(
        "rgb(108, 197, 187)",
        text("getComputedStyle(document.querySelector('#ids-charts .level-1')).stroke"));
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void page_plusBesideAnAnswer_asksForWhatFollows() throws Exception {
    browser.view(1600, 1000, false);
    browser.go(running.address() + "/?q=a%20dream");
    browser.await(THREE_ANSWERS);
    browser.run("document.querySelectorAll('#answers .add')[1].focus()");
    browser.type(ENTER);

    browser.await(
        "return document.querySelector('#history li button')?.textContent === 'Inception'");
    browser.await(THREE_ANSWERS);
    assertEquals("true", text("document.getElementById('tab-history').ariaSelected"));
  }

  @Test
  void page_similarBesideAnAnswer_asksForItemsLikeIt() throws Exception {
    browser.go(running.address() + "/?q=a%20dream");
    browser.await(THREE_ANSWERS);
    browser.run("document.querySelectorAll('#answers .like')[1].focus()");
    browser.type(ENTER);

    browser.await(
        "return document.getElementById('told').textContent"
            + " === '2 answers like Inception of generation 7'");
  }

  @Test
  void page_rollBack_isConfirmedFirst() throws Exception {
    browser.view(1600, 1000, false);
    browser.go(running.address() + "/");
    browser.await("return !!document.querySelector('#generations button')");
    browser.run("document.querySelector('#generations button').focus()");
    browser.type(ENTER);
    browser.await("return document.getElementById('confirm').open");
    browser.type(TAB + ENTER);

    browser.await("return document.getElementById('told').textContent.startsWith('Rolled back')");
    browser.await(
        "return document.getElementById('serving').textContent === 'generation 6 serves'");
    assertTrue(running.get("/generations").body().contains("\"RETIRED\""));
  }

  @Test
  void page_replicasOfAProcess_countTogether() throws Exception {
    browser.go(running.address() + "/");
    String looks =
        "import('/metrics.js').then(metrics => { const old = {a: {n_total: 5, items: 9}, b:"
            + " {n_total: 7, items: 9}, c: {n_total: 4}}; const now = {a: {n_total: 8, items: 9},"
            + " b: {n_total: 9, items: 8}, c: undefined, d: {n_total: 100}, e: {m_sum: 3, m_count:"
            + " 1}, f: {m_sum: 1, m_count: 3}}; return [metrics.increase(old, now, 'n_total'),"
            + " metrics.overall(now, 'n_total'), metrics.overall(now, 'items'), metrics.mean(now,"
            + " 'm'), metrics.increase(old, now, 'none')].join(); })";

    assertEquals("5,117,9,1,NaN", text(looks));
  }

  @Test
  void page_tokenSet_isAskedForUntilTheDialogIsClosed() throws Exception {
    String open = "return document.getElementById('token-dialog').open";
    String refused = "!document.getElementById('token-refused').hidden";
    String token = "a-token-of-some-length";
    try (GatewayApplication guarded = running.open(Map.of("gateway.token", token))) {
      browser.go(guarded.address() + "/");
      browser.await(open);
      assertEquals("false", text(refused));
      browser.type("a-wrong-one" + ENTER);
      browser.await(open + " && " + refused);
      browser.type(token + ENTER);
      browser.await(
          "return document.getElementById('serving').textContent.startsWith('generation')");

      browser.run("sessionStorage.clear()");
      browser.go(guarded.address() + "/");
      browser.await(open);
      browser.type(ESCAPE);
      browser.await("return !document.getElementById('token-dialog').open");
      String message =
          text("import('/ask.js').then(m => m.call('GET', '/users')).catch(e => e.message)");
      assertEquals("no token is given: load this page again to be asked for it", message);
      assertEquals("false", text("document.getElementById('token-dialog').open"));
    }
  }

  @Test
  void page_everyControl_hasAName() throws Exception {
    browser.go(running.address() + "/?q=a%20dream");
    browser.await(THREE_ANSWERS);

    assertEquals(
        "",
        text(
            "[...document.querySelectorAll('button, input')].filter(one => !one.textContent.trim()"
                + " && !one.ariaLabel && !(one.labels && one.labels.length)).map(one =>"
                + " one.outerHTML).join()"));
  }

  private static String text(String expression) throws Exception {
    return browser.run("return " + expression).asText();
  }
}
