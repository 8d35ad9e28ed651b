package dev.sandpiper.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.browser.Browser;
import dev.sandpiper.edge.browser.NodeModules;
import dev.sandpiper.edge.channel.Button;
import dev.sandpiper.edge.channel.Incoming;
import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.channel.web.Visitor;
import dev.sandpiper.edge.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The page in a real Chromium. Pictures of it are left in `target/page`.
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class PageIT {

  private static final String AXE = "4.14.1";

  private static final String ANSWER =
      """
      You paid **1,284.50 €** for electricity last year, in four parts [1]:

      | Quarter | Meter | Paid |
      |---|---:|---:|
      | Spring | 412 kWh | 131.84 € |
      | Summer | 377 kWh | 120.64 € |
      | Autumn | 958 kWh | 306.56 € |
      | Winter | 2,266 kWh | 725.46 € |

      The winter part is *more than half* of it. Two things stand out:

      1. The price rose on 1 October, from 0.28 € to 0.32 €.
      2. The meter was **estimated** in winter; you may send your own reading until 31 March.

      > Readings sent by the customer take the place of estimates. [2]

      ### Sources
      - [1] `stadtwerke-2025.pdf`, page 3
      - [2] `terms.pdf`, page 11
      """;

  @TempDir Path home;
  private ChatServer chat;
  private Browser browser;

  @BeforeEach
  void start() throws Exception {
    chat = new ChatServer(Files.createDirectory(home.resolve("agent")));
    browser = Browser.start(home.resolve("profile"), "en");
    browser.look(412, 860, "light");
  }

  @AfterEach
  void stop() {
    browser.close();
    chat.close();
  }

  private void open() throws Exception {
    browser.open("http://127.0.0.1:" + chat.port + "/");
    browser.until("!document.querySelector('#door').hidden");
  }

  private void logIn(String secret) throws Exception {
    open();
    browser.type(secret);
    browser.press("Enter", 0);
    browser.until("!document.querySelector('#room').hidden");
    browser.until(
        "document.querySelector('#link').textContent === '' && document.querySelector('#messages')");
    // The history is there, and with it the line.
    browser.until(
        "!document.querySelector('#beginning').hidden || document.querySelector('#messages > li')");
  }

  private void say(String text) throws Exception {
    browser.type(text);
    browser.press("Enter", 0);
  }

  private static String lastWords() {
    return "document.querySelector('#messages > li:last-child .body').innerText";
  }

  private void picture(String name) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(Path.of("target", "page"));
    browser.screenshot(folder.resolve(name + ".png"));
  }

  @Test
  void aConversation() throws Exception {
    open();
    picture("door-phone-light");
    accessible("the door");
    browser.look(1280, 800, "dark");
    picture("door-desktop-dark");
    browser.look(412, 860, "light");
    browser.type("nonsense");
    browser.press("Enter", 0);
    browser.until(
        "document.querySelector('#login-error').textContent.startsWith('That is neither the token')");
    picture("door-wrong");
    logIn(RawClient.TOKEN);
    say("How much did I pay for electricity last year?");
    Incoming incoming = chat.taken.take();
    assertThat(incoming.content())
        .isEqualTo(
            new Incoming.Content.Message(
                "How much did I pay for electricity last year?", List.of(), "1", null));
    browser.until("document.querySelectorAll('#messages > .me').length === 1");
    try (LiveReply live = chat.channel.live(incoming.address())) {
      browser.until("!document.querySelector('#live').hidden");
      picture("typing-phone-light");
      live.show("You paid **1,284.50 €**");
      browser.until("document.querySelector('#live strong').textContent === '1,284.50 €'");
      chat.clock.advance(Duration.ofSeconds(1));
      live.show(ANSWER.substring(0, 300));
      browser.until("document.querySelector('#live table')");
    }
    chat.deliver("a1", Outgoing.text(ANSWER), null);
    browser.until("document.querySelector('#messages .agent table')");
    browser.until("document.querySelector('#live').hidden");
    browser.until(
        "document.querySelector('#said').textContent.startsWith('Sandpiper says: You paid')");
    picture("answer-phone-light");
    accessible("a conversation");
    browser.look(412, 860, "dark");
    picture("answer-phone-dark");
    accessible("a conversation in the dark");
    browser.look(1280, 800, "light");
    picture("answer-desktop-light");
    browser.look(1280, 800, "dark");
    picture("answer-desktop-dark");
    browser.evaluate("location.reload()");
    browser.until("document.querySelectorAll('#messages > li').length === 2");
    assertThat(browser.complaints()).allMatch(line -> line.contains("401"));
  }

  @Test
  void filesComeByDropAndShowHowFarTheyAre() throws Exception {
    logIn(RawClient.TOKEN);
    Path large = home.resolve("scan of the contract.pdf");
    Files.write(large, new byte[600_000]);
    Path small = home.resolve("receipt.png");
    Files.write(small, java.util.Base64.getDecoder().decode(PIXEL));
    browser.network(false, 400_000);
    browser.drop(large, small);
    browser.until("document.querySelectorAll('#files li').length === 2");
    browser.until("document.querySelector('#files progress')?.value > 0.05");
    picture("upload-phone-light");
    browser.type("Please keep these");
    browser.press("Enter", 0);
    browser.until("document.querySelector('#trouble').textContent.includes('still on its way')");
    browser.until("document.querySelectorAll('#files .complete').length === 2");
    browser.network(false, -1);
    accessible("files");
    browser.evaluate("document.querySelector('#text').focus()");
    browser.press("Enter", 0);
    Incoming.Content.Message message = (Incoming.Content.Message) chat.taken.take().content();
    assertThat(message.text()).isEqualTo("Please keep these");
    assertThat(message.files()).hasSize(2);
    try (var in = chat.channel.open(message.files().getFirst())) {
      assertThat(in.readAllBytes()).hasSize(600_000);
    }
    browser.until("document.querySelector('#messages .attached img')?.naturalWidth === 1");
    chat.deliver(
        "p1",
        new Outgoing.Text(
            "Reading *scan of the contract.pdf* …",
            List.of(new Button("Cancel", "cancel:7")),
            null),
        null);
    browser.until("document.querySelector('#messages .buttons button')");
    picture("reading-phone-light");
    chat.deliver(
        "p2",
        new Outgoing.Edit(
            "p1",
            "*scan of the contract.pdf* could not be read: it is encrypted.",
            List.of(new Button("Retry", "retry:7"), new Button("Forget it", "forget:7"))),
        "2");
    browser.until(lastWords() + ".includes('encrypted')");
    browser.click("#messages .buttons button");
    assertThat(chat.taken.take().content()).isEqualTo(new Incoming.Content.Press("retry:7", "2"));
    browser.until("document.querySelector('#messages .pressed')");
    picture("pressed-phone-light");
    accessible("buttons");
    assertThat(browser.complaints()).allMatch(line -> line.contains("401"));
  }

  private static final String PIXEL =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

  @Test
  void anUploadCanBeCancelledAndAFileThatIsTooLargeIsNotSent() throws Exception {
    logIn(RawClient.TOKEN);
    Path large = Files.write(home.resolve("a.bin"), new byte[700_000]);
    Path huge = Files.write(home.resolve("huge.bin"), new byte[2 << 20]);
    browser.drop(huge);
    browser.until(
        "document.querySelector('#trouble').textContent === 'huge.bin is too large: at most 1 MB.'");
    browser.network(false, 100_000);
    browser.drop(large);
    browser.until("document.querySelector('#files progress')?.value > 0");
    browser.click("#files button");
    browser.until("document.querySelectorAll('#files li').length === 0");
    browser.network(false, -1);
    say("only words");
    assertThat(((Incoming.Content.Message) chat.taken.take().content()).files()).isEmpty();
  }

  @Test
  void whatIsWrittenOfflineIsSentOnceAfterAReload() throws Exception {
    logIn(RawClient.TOKEN);
    browser.network(true, -1);
    say("written in a tunnel");
    browser.until("document.querySelector('#waiting .me')");
    browser.until("document.querySelector('#link').textContent.startsWith('Offline.')");
    picture("offline-phone-light");
    accessible("offline");
    assertThat(chat.taken).isEmpty();
    browser.type("a draft");
    browser.network(false, -1);
    browser.evaluate("location.reload()");
    assertThat(((Incoming.Content.Message) chat.taken.take().content()).text())
        .isEqualTo("written in a tunnel");
    browser.until("document.querySelectorAll('#messages > .me').length === 1");
    browser.until("document.querySelectorAll('#waiting > li').length === 0");
    browser.until("document.querySelector('#text').value === 'a draft'");
    assertThat(chat.taken).isEmpty();
  }

  @Test
  void historyComesAsOneScrollsBack() throws Exception {
    for (int i = 1; i <= 130; i++) {
      chat.clock.advance(Duration.ofMinutes(30));
      chat.deliver("k" + i, Outgoing.text("Message number " + i), null);
    }
    logIn(RawClient.TOKEN);
    browser.until(lastWords() + " === 'Message number 130'");
    browser.until("document.querySelectorAll('#messages > li').length >= 40");
    for (int i = 0; i < 6; i++) {
      browser.evaluate("document.querySelector('#scroll').scrollTop = 0");
      browser.evaluate("new Promise(r => setTimeout(r, 60))");
    }
    browser.until(
        "(document.querySelector('#scroll').scrollTop = 0, document.querySelectorAll('#messages > li').length === 130)");
    browser.until("!document.querySelector('#beginning').hidden");
    JsonValue order =
        browser.evaluate(
            "[...document.querySelectorAll('#messages > li')].every((li, i) => li.dataset.id == i + 1)");
    assertThat(order).isEqualTo(new JsonValue.Flag(true));
    picture("history-phone-light");
    chat.deliver("new", Outgoing.text("while reading back"), null);
    browser.until("document.querySelectorAll('#messages > li').length === 131");
    assertThat(browser.evaluate("document.querySelector('#scroll').scrollTop < 200"))
        .isEqualTo(new JsonValue.Flag(true));
    browser.click("#latest");
    browser.until("document.querySelector('#latest').hidden");
    accessible("a long history");
  }

  @Test
  void theKeyboardIsEnough() throws Exception {
    chat.deliver(
        "b1", new Outgoing.Text("Try again?", List.of(new Button("Yes", "retry:1")), null), null);
    open();
    browser.type(RawClient.TOKEN);
    browser.press("Tab", 0);
    assertThat(focus()).isEqualTo("BUTTON");
    browser.press(" ", 0);
    browser.until("document.activeElement.id === 'text'");
    browser.until("document.querySelector('#messages button')");
    browser.press("Tab", 8);
    assertThat(focus()).isEqualTo("attach");
    browser.press("Tab", 8);
    browser.until("document.activeElement.textContent === 'Yes'");
    browser.press("Enter", 0);
    assertThat(chat.taken.take().content()).isEqualTo(new Incoming.Content.Press("retry:1", "1"));
    browser.evaluate("document.querySelector('#scroll').focus()");
    browser.press("Tab", 8);
    assertThat(focus()).isEqualTo("menu");
    browser.press("Enter", 0);
    browser.until(
        "document.querySelector('#devices').open && document.querySelector('#sessions li')");
    picture("devices-phone-light");
    accessible("the devices");
    browser.press("Escape", 0);
    browser.until(
        "!document.querySelector('#devices').open && document.activeElement.id === 'menu'");
    browser.press("Tab", 8);
    assertThat(browser.evaluate("document.activeElement.className").json()).isEqualTo("\"skip\"");
    picture("skip-phone-light");
    browser.press("Enter", 0);
    browser.until("document.activeElement.id === 'text'");
    say("first");
    chat.taken.take();
    browser.type("two");
    browser.press("Enter", 8);
    browser.type("lines");
    browser.press("Enter", 0);
    assertThat(((Incoming.Content.Message) chat.taken.take().content()).text())
        .isEqualTo("two\nlines");
  }

  @Test
  void anOwnerSeesWhatIsSpentByDay() throws Exception {
    int _ =
        chat.rig.database.write(tx -> {
          for (int day = 1; day <= 28; day++) {
            tx.update(
                "INSERT INTO spending_days (day, kind, what, workflow, person, purchases, estimated,"
                    + " unpriced, micros) VALUES (?, 'MODEL', 'everyday', 'ask', 1, 1, 0, 0, ?)",
                "2026-02-%02d".formatted(day),
                day % 7 == 0 ? 0 : 40_000L + 900L * day * day % 310_000L);
          }
          return 0;
        });
    logIn(RawClient.TOKEN);
    browser.look(390, 844, "light");
    browser.click("#menu");
    browser.until("document.querySelectorAll('#spending-chart rect').length === 30");
    assertThat(
            browser.evaluate("document.querySelector('#spending-chart svg > title').textContent"))
        .isInstanceOfSatisfying(
            JsonValue.Text.class,
            said -> assertThat(said.value()).startsWith("Spending of the last 30 days: $"));
    picture("spending-390-light");
    accessible("the chart");
    browser.look(390, 844, "dark");
    picture("spending-390-dark");
    accessible("the dark chart");
    browser.look(1440, 900, "light");
    picture("spending-1440-light");
    browser.look(1440, 900, "dark");
    picture("spending-1440-dark");
    chat.codes.put("K7QX-M3RD", new Visitor("0bob", "Bob", false, Locale.ENGLISH));
    String cookie = chat.logIn("K7QX-M3RD");
    assertThat(chat.page("GET", "/v1/chat/spending", cookie, "").statusCode()).isEqualTo(403);
  }

  private String focus() throws InterruptedException {
    return browser.evaluate("document.activeElement.id || document.activeElement.tagName")
            instanceof JsonValue.Text(String text)
        ? text
        : "";
  }

  @Test
  void itSpeaksGermanAndAGuestIsAPersonOfTheirOwn() throws Exception {
    chat.codes.put("K7QX-M3RD", new Visitor("0bob", "Bob", false, Locale.GERMAN));
    logIn("K7QX-M3RD");
    browser.until("document.documentElement.lang === 'de'");
    browser.until(
        "document.querySelector('#text').placeholder === 'Frag etwas oder schick ein Dokument'");
    say("Guten Tag");
    assertThat(chat.taken.take().sender().id()).isEqualTo("0bob");
    browser.until("document.querySelectorAll('#messages > .me').length === 1");
    picture("german-phone-light");
    accessible("in German");
    browser.click("#menu");
    browser.until("document.querySelector('#devices-who').textContent === 'Angemeldet als Bob.'");
    browser.until("document.querySelector('#sessions li')");
    browser.click("#logout");
    browser.until("!document.querySelector('#door').hidden");
    assertThat(browser.evaluate("localStorage.length").json()).isEqualTo("0");
  }

  @Test
  void aSessionThatEndsElsewhereShowsTheDoorAndKeepsWhatWaits() throws Exception {
    logIn(RawClient.TOKEN);
    chat.sessions.end(ChatServer.OWNER.id(), 1);
    say("too late");
    browser.until("!document.querySelector('#door').hidden");
    browser.until(
        "document.querySelector('#login-error').textContent.startsWith('You were logged out.')");
    assertThat(chat.taken).isEmpty();
    browser.type(RawClient.TOKEN);
    browser.press("Enter", 0);
    assertThat(((Incoming.Content.Message) chat.taken.take().content()).text())
        .isEqualTo("too late");
  }

  /// What a document or a model says stays text, however it is dressed up.
  @Test
  void nothingThatIsSaidRuns() throws Exception {
    logIn(RawClient.TOKEN);
    List<String> hostile =
        List.of(
            "<script>window.hit = 1</script><img src=x onerror=\"window.hit = 1\">",
            "[a](javascript:window.hit=1) [b](JaVaScRiPt:window.hit=1) [c](data:text/html,<script>)",
            "[d]( java\tscript:alert(1)) <javascript:alert(1)> ![e](https://evil.example/p.png)",
            "[f](//evil.example) [g](/v1/chat/logout) [h](vbscript:x) [i](\"onclick=window.hit=1)",
            "`<b>`\n\n```html onload=x\n<iframe src=javascript:alert(1)></iframe>\n```",
            "| <svg onload=window.hit=1> | [j](javascript:1) |\n|---|---|\n| <b>x</b> | y |",
            "<https://ok.example/?a=\"onmouseover=\"window.hit=1>",
            "> ".repeat(300) + "deep " + "- ".repeat(300) + "[".repeat(3_000) + "*".repeat(3_000),
            "*a _b ".repeat(2_500) + "![](".repeat(2_500) + "`".repeat(1_000) + "|".repeat(1_000));
    for (int i = 0; i < hostile.size(); i++) {
      chat.deliver("h" + i, Outgoing.text(hostile.get(i)), null);
    }
    browser.until("document.querySelectorAll('#messages > .agent').length === " + hostile.size());
    assertThat(
            browser.evaluate(
                "[...document.querySelectorAll('#messages .body *')].flatMap(e => ["
                    + "...(/^(SCRIPT|IFRAME|OBJECT|EMBED|SVG|FORM|STYLE|LINK|BASE|META|IMG)$/i"
                    + ".test(e.tagName) ? [e.tagName] : []),"
                    + "...e.getAttributeNames().filter(n => /^on|^style$|^srcdoc$/.test(n)),"
                    + "...(e.href && !/^(https?|mailto):/.test(e.href) ? [e.href] : []),"
                    + "...(e.href && e.host === location.host ? [e.href] : [])])"))
        .isEqualTo(new JsonValue.Items(List.of()));
    assertThat(browser.evaluate("window.hit === undefined")).isEqualTo(new JsonValue.Flag(true));
    JsonValue millis =
        browser.evaluate(
            "import('/web/markdown.js').then(({render}) => { const begin = performance.now();"
                + " for (const part of ['*a _b', '[a](', '![', '`a', '**a', '<http', '~~a', '> - ',"
                + " '|a', '[a[', 'http://']) render(part.repeat(16000 / part.length));"
                + " return performance.now() - begin; })");
    System.err.println(
        "markdown: 11 hostile texts of 16,000 characters in " + millis.json() + " ms");
    assertThat(browser.complaints()).allMatch(line -> line.contains("401"));
  }

  private void accessible(String what) throws IOException, InterruptedException {
    Path axe = NodeModules.with("axe-core", AXE).resolve("axe-core/axe.min.js");
    browser.evaluate(Files.readString(axe) + "; 0");
    JsonValue found =
        browser.evaluate(
            "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.map(v =>"
                + " v.impact + ' ' + v.id + ': ' + v.nodes.map(n => n.html + ' '"
                + " + n.any.map(a => a.message).join('; ')).join(' | ')))");
    assertThat(found.items()).as(what).isEmpty();
  }
}
