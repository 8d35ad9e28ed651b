package dev.sandpiper.parser.format.epub;

import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.document.NoteIds;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.format.FormatParser;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.format.container.SafeZip;
import dev.sandpiper.parser.format.container.XmlCursor;
import dev.sandpiper.parser.format.html.HtmlBlocks;
import dev.sandpiper.parser.format.html.HtmlCharset;
import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.ParseFailure;
import dev.sandpiper.parser.task.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads EPUB books chapter by chapter.
public final class EpubParser implements FormatParser {

  private static final int LARGEST_CHAPTER = 24 << 20;

  @Override
  public Set<Format> formats() {
    return Set.of(Format.EPUB);
  }

  @Override
  public Document parse(ByteSource source, Format format, ParseContext context) throws IOException {
    try (SafeZip zip = SafeZip.open(source, context.budget())) {
      requireReadable(zip, source, context);
      String packageName = packageName(zip, context);
      BookPackage book = new BookPackage();
      try (XmlCursor xml =
          packageName == null ? null : zip.xml(packageName, BookPackage.PREFIXES, context)) {
        if (xml == null || packageName == null) {
          throw new ParseFailure(
              ParseFailure.Code.UNREADABLE,
              source.name() + " is a book without its package document. Download it again.");
        }
        book.read(xml);
      }
      List<Block> blocks = new ArrayList<>();
      Set<String> notes = new HashSet<>();
      int number = 0;
      for (String chapter : book.chapters()) {
        context.budget().checkDeadline();
        List<Block> content = chapter(zip, resolve(packageName, chapter), context);
        blocks.addAll(NoteIds.apart(content, notes, "chapter" + ++number + "-"));
      }
      return new Document(book.metadata(), 1, blocks);
    }
  }

  /// Fonts may be obfuscated, which is nobody's lock; anything else means rights management.
  private static void requireReadable(SafeZip zip, ByteSource source, ParseContext context) {
    boolean locked = false;
    try (XmlCursor xml = zip.xml("META-INF/encryption.xml", BookPackage.PREFIXES, context)) {
      while (xml != null && xml.next()) {
        if (xml.isStart("enc:EncryptionMethod")) {
          String method = xml.attr("Algorithm", "");
          locked |=
              !method.contains("idpf.org/2008/embedding")
                  && !method.contains("ns.adobe.com/pdf/enc#RC");
        }
      }
    }
    if (locked) {
      throw new ParseFailure(
          ParseFailure.Code.ENCRYPTED,
          source.name() + " is locked by rights management. Send a copy without it.");
    }
  }

  private static @Nullable String packageName(SafeZip zip, ParseContext context) {
    try (XmlCursor xml = zip.xml("META-INF/container.xml", BookPackage.PREFIXES, context)) {
      while (xml != null && xml.next()) {
        if (xml.isStart("c:rootfile")) {
          String path = xml.attr("full-path");
          if (path != null) {
            return path;
          }
        }
      }
    }
    return zip.entries().stream()
        .map(SafeZip.Entry::name)
        .filter(name -> name.endsWith(".opf"))
        .findFirst()
        .orElse(null);
  }

  private static List<Block> chapter(SafeZip zip, String name, ParseContext context) {
    try (InputStream in = zip.open(name)) {
      if (in == null) {
        context.warn("missing-part", "This chapter is not in the book.", name);
        return List.of();
      }
      byte[] bytes = in.readNBytes(LARGEST_CHAPTER);
      if (in.read() >= 0) {
        context.warn("text-cut", "Only the first bytes of this chapter are kept.", name);
      }
      org.jsoup.nodes.Document page = HtmlBlocks.parse(HtmlCharset.decode(bytes), context.budget());
      SourceSpan span = new SourceSpan.InPart(name);
      HtmlBlocks.LinkReader links = outward(HtmlBlocks.Origin.of(span, page).links(), name);
      return HtmlBlocks.of(page.body(), new HtmlBlocks.Origin(span, links), context);
    } catch (IOException e) {
      context.warn("damaged-part", "This chapter cannot be unpacked: " + Reason.of(e) + ".", name);
      return List.of();
    }
  }

  /// Links into the book lead nowhere once it is one document: of them the words remain. Pictures
  /// are named as the entries that hold them.
  private static HtmlBlocks.LinkReader outward(HtmlBlocks.LinkReader links, String chapter) {
    return (element, attribute) -> {
      String target = links.read(element, attribute);
      if (target == null || hasScheme(target)) {
        return target;
      }
      return attribute.equals("src") ? resolve(chapter, target) : null;
    };
  }

  private static boolean hasScheme(String target) {
    int colon = target.indexOf(':');
    return target.startsWith("//")
        || (colon > 1
            && target
                .substring(0, colon)
                .chars()
                .allMatch(c -> Character.isLetterOrDigit(c) || c == '+' || c == '-' || c == '.'));
  }

  /// A name as the entry `from` writes it, seen from the root of the zip file. It only ever names
  /// an entry, never a file.
  private static String resolve(String from, String href) {
    String path = decode(href);
    int slash = from.lastIndexOf('/');
    Deque<String> folders = new ArrayDeque<>();
    for (String step : (from.substring(0, slash + 1) + path).split("/", 64)) {
      if (step.equals("..")) {
        folders.pollLast();
      } else if (!step.isEmpty() && !step.equals(".")) {
        folders.addLast(step);
      }
    }
    return String.join("/", folders);
  }

  private static String decode(String href) {
    int hash = href.indexOf('#');
    String path = hash < 0 ? href : href.substring(0, hash);
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return path;
    }
  }
}
