package dev.sandpiper.parser.chunk;

import dev.sandpiper.parser.chunk.HeadingPath.Title;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The chunk being filled.
final class OpenChunk {

  private static final String GAP = "\n\n";
  private static final int ID_BYTES = 8;

  private final String documentHash;
  private final ChunkSize size;
  private final Consumer<DocumentChunk> sink;
  private final StringBuilder text = new StringBuilder();
  private List<Title> titles = List.of();

  /// Titles that are written in the text because they are not above all of it.
  private List<Title> written = List.of();

  private @Nullable Place place;
  private int ordinal;

  OpenChunk(String documentHash, ChunkSize size, Consumer<DocumentChunk> sink) {
    this.documentHash = documentHash;
    this.size = size;
    this.sink = sink;
  }

  /// Adds a piece of at most the largest size, closing the chunk before it when they do not belong
  /// together.
  void add(String piece, List<Title> above, Place from) {
    if (place != null && !(fits(piece, from) && join(piece, above))) {
      flush();
    }
    if (place == null) {
      titles = above;
      written = List.of();
    }
    text.append(text.isEmpty() ? "" : GAP).append(piece);
    place = place == null ? from : place.union(from);
  }

  private boolean fits(String piece, Place from) {
    if (place == null || !place.isBeside(from)) {
      return false;
    }
    int together = text.length() + GAP.length() + piece.length();
    return together <= (text.length() < size.tiny() ? size.max() : size.target());
  }

  /// Whether a piece under `above` may follow; makes it so by writing the titles that differ.
  private boolean join(String piece, List<Title> above) {
    int common = 0;
    while (common < Math.min(titles.size(), above.size())
        && titles.get(common) == above.get(common)) {
      common++;
    }
    List<Title> left = titles.subList(common, titles.size());
    List<Title> entered =
        above.subList(common, above.size()).stream()
            .filter(title -> !written.contains(title))
            .toList();
    if (left.isEmpty() && entered.isEmpty()) {
      return true;
    }
    String before = marked(left);
    String between = marked(entered);
    int total =
        before.length() + text.length() + between.length() + piece.length() + 3 * GAP.length();
    if (text.length() >= size.tiny() || total > size.target()) {
      return false;
    }
    text.insert(0, before.isEmpty() ? "" : before + GAP);
    text.append(between.isEmpty() ? "" : GAP + between);
    List<Title> nowWritten = new ArrayList<>(written);
    nowWritten.addAll(left);
    nowWritten.addAll(entered);
    written = nowWritten;
    titles = List.copyOf(titles.subList(0, common));
    return true;
  }

  private static String marked(List<Title> titles) {
    StringBuilder out = new StringBuilder();
    for (Title title : titles) {
      out.append(out.isEmpty() ? "" : GAP)
          .append("#".repeat(title.heading().level()))
          .append(' ')
          .append(title.text());
    }
    return out.toString();
  }

  /// Hands over what there is.
  void flush() {
    if (place == null) {
      return;
    }
    String content = text.toString();
    sink.accept(
        new DocumentChunk(
            id(content),
            ordinal,
            titles.stream().map(Title::text).toList(),
            place.firstPage(),
            place.lastPage(),
            place.describe(),
            content));
    ordinal++;
    text.setLength(0);
    place = null;
  }

  private String id(String content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash =
          digest.digest(
              (documentHash + "\n" + ordinal + "\n" + content).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
