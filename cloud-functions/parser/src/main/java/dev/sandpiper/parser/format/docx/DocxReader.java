package dev.sandpiper.parser.format.docx;

import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.format.FormatParser;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.format.container.XmlCursor;
import dev.sandpiper.parser.format.ooxml.OoxmlPackage;
import dev.sandpiper.parser.format.ooxml.Properties;
import dev.sandpiper.parser.format.ooxml.Relationship;
import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.ParseFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads DOCX files. Order of the blocks: headers, body, notes, footers, embedded documents.
public final class DocxReader implements FormatParser {

  @Override
  public Set<Format> formats() {
    return Set.of(Format.DOCX);
  }

  @Override
  public Document parse(ByteSource source, Format format, ParseContext context) throws IOException {
    try (OoxmlPackage ooxml = OoxmlPackage.open(source, context)) {
      return new Assembly(ooxml, context).document(source);
    }
  }

  private static final class Assembly {
    private final OoxmlPackage ooxml;
    private final ParseContext context;
    private final String main;
    private final Map<String, Relationship> relationships;
    private final Styles styles;
    private final Numbering numbering;
    private final Story.Pages pages = new Story.Pages();
    private final List<Block> blocks = new ArrayList<>();

    private Assembly(OoxmlPackage ooxml, ParseContext context) {
      this.ooxml = ooxml;
      this.context = context;
      this.main = ooxml.mainPart("word/document.xml");
      this.relationships = ooxml.relationships(main);
      try (XmlCursor xml = related("styles")) {
        this.styles = Styles.read(xml);
      }
      try (XmlCursor xml = related("numbering")) {
        this.numbering = Numbering.read(xml);
      }
    }

    private @Nullable XmlCursor related(String type) {
      Relationship relationship = OoxmlPackage.first(relationships, type);
      return relationship == null ? null : ooxml.xml(relationship.target());
    }

    private Document document(ByteSource source) {
      margins("header");
      try (XmlCursor xml = ooxml.xml(main)) {
        if (xml == null) {
          throw new ParseFailure(
              ParseFailure.Code.UNREADABLE,
              source.name() + " has no main part " + main + ". Save it anew as DOCX.");
        }
        Story story = story(main, relationships);
        while (xml.next()) {
          if (xml.isStart("w:body")) {
            blocks.addAll(new BodyReader(story).read(xml));
          }
        }
      }
      notes("footnotes", "w:footnote", Block.Note.Kind.FOOTNOTE, "footnote-");
      notes("endnotes", "w:endnote", Block.Note.Kind.ENDNOTE, "endnote-");
      notes("comments", "w:comment", Block.Note.Kind.COMMENT, "comment-");
      margins("footer");
      embedded();
      return new Document(Properties.read(ooxml).build(), pages.count(), blocks);
    }

    private Story story(String part, Map<String, Relationship> related) {
      return new Story(part, related, styles, numbering, ooxml, context, pages);
    }

    /// Every distinct header or footer once.
    private void margins(String type) {
      Set<String> seen = new HashSet<>();
      for (Relationship relationship : relationships.values()) {
        String part = relationship.target();
        if (relationship.external() || !relationship.type().equals(type) || !seen.add(part)) {
          continue;
        }
        try (XmlCursor xml = ooxml.xml(part)) {
          if (xml != null && xml.next()) {
            List<Block> read = new BodyReader(story(part, ooxml.relationships(part))).inner(xml);
            String text = MarginText.of(read);
            if (!text.isEmpty() && seen.add("text:" + text)) {
              blocks.addAll(read);
            }
          }
        }
      }
    }

    private void notes(String type, String element, Block.Note.Kind kind, String prefix) {
      Relationship relationship = OoxmlPackage.first(relationships, type);
      if (relationship == null) {
        return;
      }
      String part = relationship.target();
      try (XmlCursor xml = ooxml.xml(part)) {
        Story story = story(part, ooxml.relationships(part));
        while (xml != null && xml.next()) {
          if (xml.isStart(element)) {
            note(xml, story, kind, prefix);
          }
        }
      }
    }

    private void note(XmlCursor xml, Story story, Block.Note.Kind kind, String prefix) {
      String id = prefix + xml.attr("w:id", "");
      String type = xml.attr("w:type", "normal");
      List<Block> content = new BodyReader(story).inner(xml);
      if (type.equals("normal") && !content.isEmpty()) {
        SourceSpan span = story.span();
        blocks.add(new Block.Note(kind, id, content, span));
      }
    }

    private void embedded() {
      Set<String> seen = new HashSet<>();
      for (Relationship relationship : relationships.values()) {
        if (relationship.type().equals("package")
            && !relationship.external()
            && seen.add(relationship.target())) {
          blocks.addAll(ooxml.nested(relationship.target()));
        }
      }
    }
  }
}
