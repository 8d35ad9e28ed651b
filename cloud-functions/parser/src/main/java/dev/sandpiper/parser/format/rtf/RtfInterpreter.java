package dev.sandpiper.parser.format.rtf;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.document.Metadata;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.format.ParseContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Follows the control words of an RTF file.
final class RtfInterpreter {

  private static final int DEEPEST = 1000;

  /// Tables in cells beyond this count as this deep.
  private static final int DEEPEST_TABLE = 8;

  private static final int TOKENS_PER_DEADLINE_CHECK = 8192;
  private static final int LONGEST_COLLECTED = 4096;

  private final RtfTokens tokens;
  private final ParseContext context;
  private final Deque<RtfState> outer = new ArrayDeque<>();
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private final StringBuilder collected = new StringBuilder();
  private final Map<Integer, Charset> fonts = new HashMap<>();
  private final Map<Integer, Integer> headingStyles = new HashMap<>();
  private final Metadata.Builder metadata = Metadata.builder();
  private final List<Block> notes = new ArrayList<>();
  private Charset page = CodePages.WESTERN;
  private RtfState state = new RtfState(page);
  private RtfBlocks blocks;
  private final RtfBlocks body;
  private String fieldLink = "";
  private int definedFont;
  private int definedStyle;
  private int skipCharacters;
  private int pages = 1;
  private int tooDeep;

  RtfInterpreter(RtfTokens tokens, ParseContext context) {
    this.tokens = tokens;
    this.context = context;
    this.body = new RtfBlocks(context.budget());
    this.blocks = body;
  }

  Document document() throws IOException {
    int count = 0;
    for (RtfTokens.Kind kind = tokens.next(); kind != RtfTokens.Kind.END; kind = tokens.next()) {
      if (++count % TOKENS_PER_DEADLINE_CHECK == 0) {
        context.budget().checkDeadline();
      }
      if (kind == RtfTokens.Kind.BYTE) {
        text(tokens.value());
      } else if (kind == RtfTokens.Kind.OPEN) {
        open();
      } else if (kind == RtfTokens.Kind.CLOSE) {
        close();
      } else {
        flush();
        word(tokens.word());
      }
    }
    flush();
    if (!outer.isEmpty()) {
      context.warn("truncated", "The file ends inside a group; what came before is kept.", null);
    }
    while (!outer.isEmpty()) {
      close();
    }
    List<Block> all = new ArrayList<>(body.build(state, heading()));
    all.addAll(notes);
    return new Document(metadata.build(), pages, all);
  }

  private void open() {
    flush();
    skipCharacters = 0;
    if (outer.size() >= DEEPEST) {
      tooDeep++;
      return;
    }
    outer.push(state);
    state = state.inner();
  }

  private void close() {
    flush();
    skipCharacters = 0;
    if (tooDeep > 0) {
      tooDeep--;
      return;
    }
    RtfState around = outer.poll();
    if (around == null) {
      return;
    }
    RtfState inner = state;
    state = around;
    if (inner.destination != around.destination) {
      finished(inner);
    } else if (inner.destination == RtfState.Destination.BODY) {
      around.takeParagraph(inner);
    } else if (inner.destination == RtfState.Destination.STYLE_SHEET) {
      styleDefined();
    }
  }

  private void finished(RtfState inner) {
    String text = collected.toString().strip();
    switch (inner.destination) {
      case TITLE -> metadata.title(text);
      case AUTHOR -> metadata.author(text);
      case SUBJECT -> metadata.property("subject", text);
      case FIELD_INSTRUCTION -> fieldLink = link(text);
      case STYLE_SHEET -> styleDefined();
      case LIST_MARK -> listMark(text);
      case NOTE -> note(inner);
      case BODY, SKIP, FONT_TABLE -> {}
    }
    collected.setLength(0);
  }

  private void listMark(String mark) {
    state.inList = true;
    state.orderedList = mark.chars().anyMatch(Character::isLetterOrDigit) && mark.length() > 1;
  }

  private void note(RtfState inner) {
    List<Block> content = blocks.build(inner, 0);
    blocks = body;
    if (!content.isEmpty()) {
      String id = "note-" + (notes.size() + 1);
      body.text().noteRef(id, Integer.toString(notes.size() + 1));
      notes.add(new Block.Note(Block.Note.Kind.FOOTNOTE, id, content, SourceSpan.whole()));
    }
  }

  private void styleDefined() {
    String name = collected.toString().strip().toLowerCase(Locale.ROOT);
    collected.setLength(0);
    if (name.startsWith("heading ") && name.length() >= 9) {
      int level = Character.digit(name.charAt(8), 10);
      if (level >= 1) {
        headingStyles.put(definedStyle, Math.min(level, 6));
      }
    } else if (name.startsWith("title")) {
      headingStyles.put(definedStyle, 1);
    }
    definedStyle = 0;
  }

  private static String link(String instruction) {
    if (!instruction.toUpperCase(Locale.ROOT).startsWith("HYPERLINK")) {
      return "";
    }
    String rest = instruction.substring("HYPERLINK".length()).strip();
    if (rest.startsWith("\\l")) {
      return "";
    }
    if (rest.startsWith("\"")) {
      int end = rest.indexOf('"', 1);
      return end < 0 ? rest.substring(1) : rest.substring(1, end);
    }
    int space = rest.indexOf(' ');
    return space < 0 ? rest : rest.substring(0, space);
  }

  private void text(int value) {
    if (tooDeep > 0 || state.destination == RtfState.Destination.SKIP) {
      return;
    }
    if (skipCharacters > 0) {
      skipCharacters--;
      return;
    }
    pending.write(value);
  }

  private void flush() {
    if (pending.size() > 0) {
      String text = pending.toString(state.charset);
      pending.reset();
      emit(text);
    }
  }

  private void emit(String text) {
    if (tooDeep > 0) {
      return;
    }
    switch (state.destination) {
      case BODY, NOTE -> blocks.text().append(text, state.frozenMarks(), state.link);
      case SKIP, FONT_TABLE -> {}
      default -> {
        if (collected.length() < LONGEST_COLLECTED) {
          collected.append(text);
        }
      }
    }
  }

  private int heading() {
    int styled = headingStyles.getOrDefault(state.style, 0);
    return state.outline >= 0 && state.outline < 9 ? Math.min(6, state.outline + 1) : styled;
  }

  private void word(String word) {
    if (tooDeep > 0) {
      return;
    }
    if (word.equals("nesttableprops")) {
      nestedProperties();
    } else if (!destination(word) && state.destination != RtfState.Destination.SKIP) {
      if (!character(word) && !paragraph(word)) {
        mark(word);
      }
    }
  }

  /// The definition of a row in a cell stands after its cells, in a group marked `\\*` that belongs
  /// to the text around it.
  private void nestedProperties() {
    RtfState around = outer.peek();
    if (around != null) {
      state.destination = around.destination;
      state.nestedProperties = true;
    }
  }

  private boolean destination(String word) {
    RtfState.Destination destination =
        switch (word) {
          case "fonttbl" -> RtfState.Destination.FONT_TABLE;
          case "stylesheet" -> RtfState.Destination.STYLE_SHEET;
          case "fldinst" -> RtfState.Destination.FIELD_INSTRUCTION;
          case "title" -> RtfState.Destination.TITLE;
          case "author" -> RtfState.Destination.AUTHOR;
          case "subject" -> RtfState.Destination.SUBJECT;
          case "listtext", "pntext" -> RtfState.Destination.LIST_MARK;
          case "footnote" -> RtfState.Destination.NOTE;
          case "shptxt", "fldrslt", "shpinst", "shp" -> RtfState.Destination.BODY;
          case "*",
              "colortbl",
              "pict",
              "object",
              "header",
              "headerl",
              "headerr",
              "headerf",
              "footer",
              "footerl",
              "footerr",
              "footerf",
              "listtable",
              "listoverridetable",
              "revtbl",
              "rsidtbl",
              "themedata",
              "colorschememapping",
              "datastore",
              "latentstyles",
              "operator",
              "company",
              "manager",
              "category",
              "keywords",
              "comment",
              "doccomm",
              "hlinkbase",
              "creatim",
              "revtim",
              "printim",
              "buptim",
              "pnseclvl",
              "filetbl",
              "generator",
              "xmlnstbl",
              "nonshppict",
              "sp",
              "atnid",
              "atnauthor",
              "annotation",
              "atrfstart",
              "atrfend",
              "atndate",
              "bkmkstart",
              "bkmkend",
              "xe",
              "tc",
              "txe",
              "rxe",
              "template",
              "userprops",
              "nonesttables",
              "objdata",
              "objclass" ->
              RtfState.Destination.SKIP;
          default -> null;
        };
    if (destination == null) {
      return false;
    }
    enter(word, destination);
    return true;
  }

  /// A group marked `\*` is skipped unless the word after it is known.
  private void enter(String word, RtfState.Destination destination) {
    boolean skipped = state.destination == RtfState.Destination.SKIP;
    boolean inside = destination != RtfState.Destination.BODY;
    if (skipped && !inside && !word.equals("shpinst") && !word.equals("shptxt")) {
      return;
    }
    if (word.equals("fldrslt")) {
      state.link = fieldLink.isEmpty() ? state.link : fieldLink;
      fieldLink = "";
      return;
    }
    if (destination == RtfState.Destination.NOTE) {
      if (blocks != body || skipped) {
        state.destination = RtfState.Destination.SKIP;
        return;
      }
      blocks = new RtfBlocks(context.budget());
    }
    if (destination != RtfState.Destination.BODY && destination != RtfState.Destination.SKIP) {
      collected.setLength(0);
    }
    state.destination = destination;
  }

  private boolean character(String word) {
    switch (word) {
      case "u" -> {
        int code = tokens.number('?');
        emit(Character.toString((char) (code < 0 ? code + 0x10000 : code)));
        skipCharacters = state.fallbackCharacters;
      }
      case "tab" -> emit("\t");
      case "line" -> emit("\n");
      case "~" -> emit("\u00a0");
      case "_" -> emit("\u2011");
      case "emdash" -> emit("—");
      case "endash" -> emit("–");
      case "lquote" -> emit("‘");
      case "rquote" -> emit("’");
      case "ldblquote" -> emit("“");
      case "rdblquote" -> emit("”");
      case "bullet" -> emit("•");
      case "emspace", "enspace", "qmspace" -> emit(" ");
      case "uc" -> state.fallbackCharacters = Math.clamp(tokens.number(1), 0, 16);
      case "ansicpg" -> {
        page = CodePages.page(tokens.number(1252));
        state.charset = page;
      }
      case "mac" -> {
        page = CodePages.page(10000);
        state.charset = page;
      }
      case "fcharset" -> fonts.put(definedFont, CodePages.font(tokens.number(0), page));
      case "f" -> font(tokens.number(0));
      default -> {
        return false;
      }
    }
    return true;
  }

  private void font(int number) {
    if (state.destination == RtfState.Destination.FONT_TABLE) {
      definedFont = number;
    } else {
      state.charset = fonts.getOrDefault(number, page);
    }
  }

  private boolean paragraph(String word) {
    switch (word) {
      case "par", "sect" -> {
        if (isText()) {
          blocks.paragraph(state, heading());
        }
      }
      case "pard" -> state.resetParagraph();
      case "intbl" -> state.inTable = true;
      case "itap" -> state.nesting = Math.clamp(tokens.number(1), 0, DEEPEST_TABLE);
      case "cell", "nestcell", "row", "nestrow", "trowd", "clmrg", "clvmgf", "clvmrg", "cellx" -> {
        if (isText()) {
          table(word);
        }
      }
      case "outlinelevel" -> state.outline = tokens.number(-1);
      case "ilvl" -> state.listLevel = Math.clamp(tokens.number(0), 0, 8);
      case "ls" -> state.inList = tokens.number(0) > 0;
      case "s" -> {
        if (state.destination == RtfState.Destination.STYLE_SHEET) {
          definedStyle = tokens.number(0);
        } else {
          state.style = tokens.number(0);
        }
      }
      case "page" -> {
        if (isText()) {
          blocks.paragraph(state, heading());
          if (blocks == body) {
            pages++;
            blocks.block(new Block.PageBreak(pages, SourceSpan.whole()));
          }
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void table(String word) {
    switch (word) {
      case "cell" -> blocks.endCell(1);
      case "nestcell" -> blocks.endCell(state.nestedLevel());
      case "row" -> blocks.endRow(1);
      case "nestrow" -> blocks.endRow(state.nestedLevel());
      case "trowd" -> blocks.tables(state.definedLevel()).defineRow();
      case "cellx" -> blocks.tables(state.definedLevel()).defineCell();
      default -> blocks.tables(state.definedLevel()).defineMerge(word);
    }
  }

  private boolean isText() {
    return state.destination == RtfState.Destination.BODY
        || state.destination == RtfState.Destination.NOTE;
  }

  private void mark(String word) {
    boolean on = tokens.number(1) != 0;
    switch (word) {
      case "plain" -> state.marks.clear();
      case "b" -> state.set(Span.Mark.BOLD, on);
      case "i" -> state.set(Span.Mark.ITALIC, on);
      case "strike", "striked" -> state.set(Span.Mark.STRIKE, on);
      case "ul", "uld", "uldb", "ulw" -> state.set(Span.Mark.UNDERLINE, on);
      case "ulnone" -> state.set(Span.Mark.UNDERLINE, false);
      case "super" -> state.set(Span.Mark.SUPERSCRIPT, on);
      case "sub" -> state.set(Span.Mark.SUBSCRIPT, on);
      case "nosupersub" -> {
        state.set(Span.Mark.SUPERSCRIPT, false);
        state.set(Span.Mark.SUBSCRIPT, false);
      }
      case "v" -> state.set(Span.Mark.HIDDEN, on);
      case "deleted" -> state.destination = on ? RtfState.Destination.SKIP : state.destination;
      default -> {}
    }
  }
}
