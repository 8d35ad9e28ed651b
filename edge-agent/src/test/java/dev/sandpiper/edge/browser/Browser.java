package dev.sandpiper.edge.browser;

import dev.sandpiper.edge.Needed;
import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.view.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/// A headless Chromium with one page.
public final class Browser implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonValue>> calls = new ConcurrentHashMap<>();
  private final BlockingQueue<String> complaints = new LinkedBlockingQueue<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private String session = "";

  private Browser(Process process, String address) throws InterruptedException {
    this.process = process;
    try {
      this.socket =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .buildAsync(URI.create(address), new Receiver())
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new IllegalStateException(e);
    }
  }

  /// Starts one.
  ///
  /// @param profile an empty folder for everything it writes
  /// @param language what it asks for, such as `de`
  public static Browser start(Path profile, String language)
      throws IOException, InterruptedException {
    Needed.command("Chromium, of Debian's package chromium", "chromium", "--version");
    Process process =
        new ProcessBuilder(
                "chromium",
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-extensions",
                "--disable-breakpad",
                "--no-first-run",
                "--no-default-browser-check",
                "--hide-scrollbars",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "--remote-debugging-port=0",
                "--remote-allow-origins=*",
                "--lang=" + language,
                "--accept-lang=" + language,
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .start();
    Browser browser = new Browser(process, address(process));
    browser.openPage();
    return browser;
  }

  private static String address(Process process) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String mark = "DevTools listening on ";
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(mark)) {
        // What it says later is nobody's, but must not fill the pipe.
        Thread.ofVirtual().start(() -> out.lines().forEach(_ -> {}));
        return line.substring(mark.length()).strip();
      }
    }
    throw new IOException("Chromium did not start");
  }

  private void openPage() throws InterruptedException {
    String target = call("Target.createTarget", "{\"url\":\"about:blank\"}").text("targetId", "");
    session =
        call("Target.attachToTarget", "{\"flatten\":true,\"targetId\":\"" + target + "\"}")
            .text("sessionId", "");
    for (String domain : List.of("Page", "Runtime", "DOM", "Network", "Log")) {
      call(domain + ".enable", "{}");
    }
  }

  private final class Receiver implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        take(JsonValue.ours(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }

  private void take(JsonValue message) {
    CompletableFuture<JsonValue> call = calls.remove((int) message.number(-1, "id"));
    if (call != null) {
      if (message.has("error")) {
        call.completeExceptionally(new IllegalStateException(message.json()));
      } else {
        call.complete(message.at("result"));
      }
      return;
    }
    switch (message.text("method", "")) {
      case "Runtime.exceptionThrown" -> complaints.add(message.at("params").json());
      case "Log.entryAdded" -> {
        if ("error".equals(message.at("params", "entry").text("level", ""))) {
          complaints.add(message.at("params", "entry").json());
        }
      }
      default -> {}
    }
  }

  /// Calls a method of the protocol.
  public JsonValue call(String method, String parameters) throws InterruptedException {
    int id = numbers.incrementAndGet();
    CompletableFuture<JsonValue> answer = new CompletableFuture<>();
    calls.put(id, answer);
    String of = session.isEmpty() ? "" : ",\"sessionId\":\"" + session + "\"";
    String text =
        "{\"id\":%d,\"method\":\"%s\",\"params\":%s%s}".formatted(id, method, parameters, of);
    try {
      WebSocket _ = socket.sendText(text, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(method + ": " + e, e);
    }
  }

  private static String object(Json.Writer writer) {
    return Json.line(json -> {
      json.writeStartObject();
      writer.write(json);
      json.writeEndObject();
    });
  }

  /// Loads an address.
  public void open(String url) throws InterruptedException {
    call("Page.navigate", object(json -> json.writeStringField("url", url)));
  }

  /// Evaluates an expression, awaits it when it is a promise, and answers its value.
  public JsonValue evaluate(String expression) throws InterruptedException {
    JsonValue answer =
        call(
            "Runtime.evaluate",
            object(json -> {
              json.writeStringField("expression", expression);
              json.writeBooleanField("awaitPromise", true);
              json.writeBooleanField("returnByValue", true);
            }));
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + answer.at("exceptionDetails").json());
    }
    return answer.at("result", "value");
  }

  /// Waits until an expression is true.
  public void until(String expression) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      if (evaluate(
                  "(() => { try { return Boolean(" + expression + ") } catch { return false } })()")
              instanceof JsonValue.Flag(boolean met)
          && met) {
        return;
      }
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "never came: "
                + expression
                + "\n"
                + evaluate("document.body.innerText").json()
                + "\n"
                + complaints);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /// Types text where the focus is.
  public void type(String text) throws InterruptedException {
    call("Input.insertText", object(json -> json.writeStringField("text", text)));
  }

  /// Presses a key such as `Enter`, `Tab` or `Escape`.
  ///
  /// @param modifiers 8 for shift
  public void press(String key, int modifiers) throws InterruptedException {
    int code =
        switch (key) {
          case "Enter" -> 13;
          case "Tab" -> 9;
          case "Escape" -> 27;
          case " " -> 32;
          default -> throw new IllegalArgumentException(key);
        };
    for (String type : List.of("keyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          object(json -> {
            json.writeStringField("type", type);
            json.writeStringField("key", key);
            json.writeStringField("code", key.equals(" ") ? "Space" : key);
            json.writeNumberField("windowsVirtualKeyCode", code);
            json.writeNumberField("modifiers", modifiers);
            if (type.equals("keyDown") && (code == 13 || code == 32)) {
              json.writeStringField("text", code == 13 ? "\r" : " ");
            }
          }));
    }
  }

  /// Clicks the middle of an element.
  public void click(String selector) throws InterruptedException {
    JsonValue box =
        evaluate(
            "(() => { const e = document.querySelector("
                + quoted(selector)
                + ");"
                + " e.scrollIntoView({block: 'nearest'}); const r = e.getBoundingClientRect();"
                + " return {x: r.x + r.width / 2, y: r.y + r.height / 2}; })()");
    for (String type : List.of("mousePressed", "mouseReleased")) {
      call(
          "Input.dispatchMouseEvent",
          object(json -> {
            json.writeStringField("type", type);
            json.writeNumberField("x", box.findReal("x").orElseThrow());
            json.writeNumberField("y", box.findReal("y").orElseThrow());
            json.writeStringField("button", "left");
            json.writeNumberField("clickCount", 1);
          }));
    }
  }

  /// Drags files from outside over the page and lets them go.
  public void drop(Path... files) throws InterruptedException {
    for (String type : List.of("dragEnter", "dragOver", "drop")) {
      call(
          "Input.dispatchDragEvent",
          object(json -> {
            json.writeStringField("type", type);
            json.writeNumberField("x", 200);
            json.writeNumberField("y", 300);
            json.writeObjectFieldStart("data");
            json.writeArrayFieldStart("items");
            json.writeEndArray();
            json.writeArrayFieldStart("files");
            for (Path file : files) {
              json.writeString(file.toString());
            }
            json.writeEndArray();
            json.writeNumberField("dragOperationsMask", 1);
            json.writeEndObject();
          }));
    }
  }

  /// Sets the window and what the person prefers.
  ///
  /// @param scheme `light` or `dark`
  public void look(int width, int height, String scheme) throws InterruptedException {
    call(
        "Emulation.setDeviceMetricsOverride",
        "{\"width\":%d,\"height\":%d,\"deviceScaleFactor\":2,\"mobile\":%b}"
            .formatted(width, height, width < 600));
    call(
        "Emulation.setEmulatedMedia",
        ("{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"%s\"},"
                + "{\"name\":\"prefers-reduced-motion\",\"value\":\"reduce\"}]}")
            .formatted(scheme));
  }

  /// Takes the network away, or slows uploads down, in bytes per second; -1: no limit.
  public void network(boolean offline, int upload) throws InterruptedException {
    call(
        "Network.emulateNetworkConditions",
        "{\"offline\":%b,\"latency\":0,\"downloadThroughput\":-1,\"uploadThroughput\":%d}"
            .formatted(offline, upload));
  }

  /// Draws what is seen into a PNG file.
  public void screenshot(Path file) throws IOException, InterruptedException {
    String data = call("Page.captureScreenshot", "{\"format\":\"png\"}").text("data", "");
    Files.write(file, Base64.getDecoder().decode(data));
  }

  /// Errors of scripts, and what the browser refused, since it was last asked.
  public List<String> complaints() {
    List<String> all = new java.util.ArrayList<>();
    complaints.drainTo(all);
    return all;
  }

  /// A string as JavaScript writes it.
  public static String quoted(String text) {
    return Json.line(json -> json.writeString(text));
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      boolean _ = process.waitFor(Duration.ofSeconds(10).toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
