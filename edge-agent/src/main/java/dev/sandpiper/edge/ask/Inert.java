package dev.sandpiper.edge.ask;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Makes a model's words safe to show: no picture is fetched, nothing can be pressed. An address
/// that the person wrote stays a link; one that stands in a passage, to the letter, is shown as
/// code; any other may carry what the model has read, and is left out.
final class Inert {
  private static final Pattern AUTOLINK = Pattern.compile("<([a-zA-Z][a-zA-Z0-9+.-]*:[^>\\s]*)>");
  private static final Pattern LINK =
      Pattern.compile(
          "!?\\[([^\\[\\]]{0,500})\\]\\(\\s*<?([^()\\s<>]*(?:\\([^()\\s]*\\)[^()\\s<>]*)*)>?[^()]*\\)");
  private static final Pattern DEFINITION = Pattern.compile("(?m)^([ >\\t]*\\[[^\\]\\n]*\\]):");
  private static final String REST = "[^\\s<>\"'`|]*";
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:\\b[a-z][a-z0-9+.-]{1,15}:(?://|\\\\\\\\)|\\bwww\\.|(?<!:)//(?=[\\w.-]+\\.)"
              + "|\\b(?:javascript|vbscript|data|mailto|tg|intent|file|blob|tel|sms):(?=[^\\s]))"
              + REST
              + "|(?<![\\w@./-])(?:[\\p{L}\\p{N}-]+\\.)+[a-z]{2,24}(?::\\d+)?[/?#]"
              + REST
              + "|(?<![\\w.])\\d{1,3}(?:\\.\\d{1,3}){3}(?::\\d+)?[/?#]"
              + REST,
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SCHEME = Pattern.compile("^[a-zA-Z][a-zA-Z0-9+.-]*:(?://)?|^//");
  private static final Pattern TAG = Pattern.compile("<(?=[a-zA-Z/!?])");
  private static final int DEEPEST = 6;

  private final Set<String> own;
  private final Predicate<String> quoted;
  private final String leftOut;

  /// @param own addresses in the person's own words
  /// @param passages what the model was shown
  /// @param leftOut stands where an address was
  Inert(Set<String> own, List<String> passages, String leftOut) {
    this.own = Set.copyOf(own);
    this.quoted = address -> passages.stream().anyMatch(passage -> passage.contains(address));
    this.leftOut = leftOut;
  }

  /// The addresses in somebody's words.
  static Set<String> addresses(String words) {
    return find(words).stream()
        .map(found -> words.substring(found.start(), found.end()))
        .collect(Collectors.toSet());
  }

  /// Where an address stands.
  record Found(int start, int end) {}

  /// The addresses in a text, in order.
  static List<Found> find(String text) {
    return ADDRESS
        .matcher(text)
        .results()
        .map(result ->
            new Found(result.start(), result.start() + withoutTail(result.group()).length()))
        .filter(found -> found.end() > found.start())
        .toList();
  }

  /// An address that nothing recognises as one that can be opened.
  static String bare(String address) {
    return SCHEME.matcher(address).replaceFirst("");
  }

  /// The text, whole or as far as it has come.
  String of(String text) {
    String shown = AUTOLINK.matcher(Invisible.strip(text)).replaceAll("$1");
    shown = shown.replace("![", "[");
    for (int depth = 0; depth < DEEPEST && LINK.matcher(shown).find(); depth++) {
      shown = links(shown);
    }
    shown = shown.replace("](", "] (");
    shown = DEFINITION.matcher(shown).replaceAll("$1 :");
    shown = TAG.matcher(shown).replaceAll("‹");
    return addressesIn(shown);
  }

  private String links(String text) {
    Matcher matcher = LINK.matcher(text);
    StringBuilder out = new StringBuilder();
    while (matcher.find()) {
      String label = matcher.group(1).strip();
      String target = matcher.group(2);
      String bare = label.matches("\\d{1,3}") ? "[" + label + "]" : label;
      boolean known =
          ADDRESS.matcher(target).matches() && (own.contains(target) || quoted.test(target));
      String shown = !known || label.equals(target) ? bare : bare + " " + target;
      matcher.appendReplacement(out, Matcher.quoteReplacement(shown.isEmpty() ? leftOut : shown));
    }
    return matcher.appendTail(out).toString();
  }

  private String addressesIn(String text) {
    Matcher matcher = ADDRESS.matcher(text);
    StringBuilder out = new StringBuilder();
    int before = 0;
    boolean code = false;
    while (matcher.find()) {
      code ^= ticks(text, before, matcher.start()) % 2 == 1;
      before = matcher.end();
      String address = withoutTail(matcher.group());
      String tail = matcher.group().substring(address.length());
      matcher.appendReplacement(out, Matcher.quoteReplacement(shown(address, code) + tail));
    }
    return matcher.appendTail(out).toString();
  }

  private String shown(String address, boolean inCode) {
    if (own.contains(address)) {
      return address;
    }
    if (!quoted.test(address)) {
      return leftOut;
    }
    String bare = bare(address);
    return inCode ? bare : "`" + bare + "`";
  }

  /// Runs of backticks: each opens or closes code.
  private static int ticks(String text, int from, int to) {
    int runs = 0;
    for (int i = from; i < to; i++) {
      boolean tick = text.charAt(i) == '`';
      runs += tick && (i == from || text.charAt(i - 1) != '`') ? 1 : 0;
    }
    return runs;
  }

  private static String withoutTail(String address) {
    int end = address.length();
    while (end > 0 && ".,;:!?)]}*_'’”»".indexOf(address.charAt(end - 1)) >= 0) {
      end--;
    }
    return address.substring(0, end);
  }
}
