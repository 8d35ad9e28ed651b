import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// What the scripts ask a running agent, over HTTP: `java -cp DIST/lib/* Agent.java HOME COMMAND ARGUMENT…`.
///
///     submit PATH…     sends files and folders and waits for the last outcome; shows progress on a terminal
///     table            every document with its outcome, aligned for 80 columns
///     find WORDS…      the first three hits with their snippets
///     totals           documents, parsed, failed, pages, on one line
public final class Agent {

  private static final int WIDTH = 80;
  private static final boolean TERMINAL = System.getenv("SANDPIPER_COLOUR") != null;

  private final HttpClient http = HttpClient.newHttpClient();
  private final String base;
  private final String token;

  private Agent(Path home) throws IOException {
    Map<String, Object> agent = object(Files.readString(home.resolve("agent.json")));
    base = "http://127.0.0.1:" + agent.get("port");
    token = Files.readString(home.resolve("http.token")).strip();
  }

  public static void main(String[] args) throws Exception {
    Agent agent = new Agent(Path.of(args[0]));
    List<String> rest = List.of(args).subList(2, args.length);
    switch (args[1]) {
      case "submit" -> agent.submit(rest);
      case "table" -> agent.table();
      case "find" -> agent.find(String.join(" ", rest));
      case "totals" -> agent.totals();
      default -> throw new IllegalArgumentException("no such command: " + args[1]);
    }
  }

  private void submit(List<String> paths) throws IOException, InterruptedException {
    long pagesBefore = pages(documents());
    long start = System.nanoTime();
    int sent = 0;
    for (String path : paths) {
      List<Path> files;
      try (Stream<Path> walk = Files.walk(Path.of(path))) {
        files = walk.filter(Files::isRegularFile).sorted().toList();
      }
      for (Path file : files) {
        String name = URLEncoder.encode(file.getFileName().toString(), StandardCharsets.UTF_8).replace("+", "%20");
        HttpResponse<String> answer =
            http.send(request("/v1/documents?name=" + name).POST(BodyPublishers.ofFile(file)).build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
          throw new IOException(file + " was refused: " + answer.body());
        }
        sent++;
      }
    }
    List<Map<String, Object>> documents = documents();
    while (documents.stream().anyMatch(d -> d.get("state").equals("pending"))) {
      progress(documents, start, "\r");
      TimeUnit.MILLISECONDS.sleep(100);
      documents = documents();
    }
    progress(documents, start, "\r");
    double seconds = (System.nanoTime() - start) / 1e9;
    long pages = pages(documents) - pagesBefore;
    System.out.printf(
        "%s%d documents sent, all ended after %.1f s: %d pages, %.1f pages/s%n",
        TERMINAL ? "\n" : "", sent, seconds, pages, pages / seconds);
  }

  private static void progress(List<Map<String, Object>> documents, long start, String end) {
    if (!TERMINAL) {
      return;
    }
    long done = documents.stream().filter(d -> !d.get("state").equals("pending")).count();
    int filled = documents.isEmpty() ? 0 : (int) (30 * done / documents.size());
    System.out.printf(
        "[%s%s] %d of %d, %d pages, %.1f s   %s",
        "█".repeat(filled), "░".repeat(30 - filled), done, documents.size(), pages(documents), (System.nanoTime() - start) / 1e9, end);
    System.out.flush();
  }

  private void table() throws IOException, InterruptedException {
    List<Map<String, Object>> documents = new ArrayList<>(documents());
    documents.sort((a, b) -> text(a, "name").compareToIgnoreCase(text(b, "name")));
    System.out.println("  " + fit("document", 38) + " " + fit("type", 14) + " pages  chunks");
    for (Map<String, Object> d : documents) {
      if (d.get("state").equals("parsed")) {
        System.out.printf("%s %s %s %5s %7s%n", colour("32", "✓"), fit(text(d, "name"), 38), fit(type(text(d, "mediaType")), 14), d.get("pages"), d.get("chunks"));
      }
    }
    List<Map<String, Object>> failed = documents.stream().filter(d -> !d.get("state").equals("parsed")).toList();
    if (!failed.isEmpty()) {
      System.out.println("\nNot parsed, and why:");
    }
    for (Map<String, Object> d : failed) {
      System.out.printf("%s %s %s%n", colour("31", "✗"), fit(text(d, "name"), 38), text(d, "code"));
      wrap(text(d, "message"), "    ").forEach(System.out::println);
    }
  }

  private void find(String words) throws IOException, InterruptedException {
    String query = URLEncoder.encode(words, StandardCharsets.UTF_8);
    Map<String, Object> page = object(get("/v1/search?limit=3&q=" + query));
    for (Object item : (List<?>) page.get("hits")) {
      @SuppressWarnings("unchecked") // the JSON above
      Map<String, Object> hit = (Map<String, Object>) item;
      Object first = hit.get("firstPage");
      System.out.println("  " + colour("1", text(hit, "name")) + (first == null ? "" : ", page " + first));
      String snippet = text(hit, "snippet").replaceAll("\\s+", " ");
      for (String line : wrap(snippet, "    ")) {
        System.out.println(plain(line));
      }
    }
  }

  private void totals() throws IOException, InterruptedException {
    List<Map<String, Object>> documents = documents();
    long parsed = documents.stream().filter(d -> d.get("state").equals("parsed")).count();
    System.out.printf("documents=%d parsed=%d failed=%d pages=%d%n", documents.size(), parsed, documents.size() - parsed, pages(documents));
  }

  private static long pages(List<Map<String, Object>> documents) {
    return documents.stream().mapToLong(d -> d.get("state").equals("parsed") ? ((Number) d.get("pages")).longValue() : 0).sum();
  }

  private List<Map<String, Object>> documents() throws IOException, InterruptedException {
    List<Map<String, Object>> all = new ArrayList<>();
    Object before = Long.MAX_VALUE;
    while (before != null) {
      Map<String, Object> page = object(get("/v1/documents?limit=1000&before=" + before));
      for (Object item : (List<?>) page.get("documents")) {
        @SuppressWarnings("unchecked") // the JSON above
        Map<String, Object> document = (Map<String, Object>) item;
        all.add(document);
      }
      before = page.get("nextBefore");
    }
    return all;
  }

  private String get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request(path).GET().build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer " + token);
  }

  private static String text(Map<String, Object> object, String field) {
    Object value = object.get(field);
    return value == null ? "" : value.toString();
  }

  private static String type(String mediaType) {
    String name = mediaType.substring(mediaType.lastIndexOf('/') + 1);
    return switch (name) {
      case "vnd.openxmlformats-officedocument.wordprocessingml.document" -> "docx";
      case "vnd.openxmlformats-officedocument.spreadsheetml.sheet" -> "xlsx";
      case "vnd.openxmlformats-officedocument.presentationml.presentation" -> "pptx";
      case "tab-separated-values" -> "tsv";
      case "rfc822" -> "mail";
      case "plain" -> "text";
      case "vnd.oasis.opendocument.text" -> "odt";
      case "vnd.oasis.opendocument.spreadsheet" -> "ods";
      case "vnd.oasis.opendocument.presentation" -> "odp";
      default -> name.replaceFirst("^vnd\\.ms-", "").replaceFirst("\\+zip$", "");
    };
  }

  /// Cuts or pads to `columns` as a terminal counts them: CJK is two wide, combining marks are none.
  private static String fit(String text, int columns) {
    StringBuilder fitted = new StringBuilder();
    int used = 0;
    for (int point : text.codePoints().toArray()) {
      int width = width(point);
      if (used + width > columns - 1) {
        fitted.append('…');
        used++;
        break;
      }
      fitted.appendCodePoint(point);
      used += width;
    }
    return fitted + " ".repeat(Math.max(0, columns - used));
  }

  private static int width(int point) {
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
      return 0;
    }
    boolean wide = (point >= 0x1100 && point <= 0x115F) || (point >= 0x2E80 && point <= 0xA4CF) || (point >= 0xAC00 && point <= 0xD7A3) || (point >= 0xF900 && point <= 0xFAFF) || (point >= 0xFE30 && point <= 0xFE6F) || (point >= 0xFF00 && point <= 0xFF60) || point >= 0x1F300;
    return wide ? 2 : 1;
  }

  private static List<String> wrap(String text, String indent) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(indent);
    int used = indent.length();
    for (String word : text.strip().split(" ")) {
      int width = plainWidth(word);
      if (used > indent.length() && used + width > WIDTH) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder(indent);
        used = indent.length();
      }
      line.append(word).append(' ');
      used += width + 1;
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }

  private static int plainWidth(String word) {
    return word.replace("<mark>", "").replace("</mark>", "").codePoints().map(Agent::width).sum();
  }

  private static String plain(String snippet) {
    return snippet
        .replace("<mark>", TERMINAL ? "\033[1;33m" : "[")
        .replace("</mark>", TERMINAL ? "\033[0m" : "]")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }

  private static String colour(String code, String text) {
    return TERMINAL ? "\033[" + code + "m" + text + "\033[0m" : text;
  }

  private static Map<String, Object> object(String json) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      parser.nextToken();
      @SuppressWarnings("unchecked") // an object is asked for
      Map<String, Object> object = (Map<String, Object>) value(parser);
      return object;
    }
  }

  private static Object value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> object = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          json.nextToken();
          object.put(name, value(json));
        }
        yield object;
      }
      case START_ARRAY -> {
        List<Object> array = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(json));
        }
        yield array;
      }
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> json.getText();
    };
  }
}
