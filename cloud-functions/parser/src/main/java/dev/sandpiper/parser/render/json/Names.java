package dev.sandpiper.parser.render.json;

/// Every name in the JSON of blocks, once.
final class Names {

  static final String TYPE = "type";
  static final String SPAN = "span";
  static final String TEXT = "text";
  static final String SPANS = "spans";
  static final String MARKS = "marks";
  static final String LINK = "link";
  static final String NOTE_REF = "noteRef";
  static final String LEVEL = "level";
  static final String ORDERED = "ordered";
  static final String START = "start";
  static final String ITEMS = "items";
  static final String CONTENT = "content";
  static final String CHECKED = "checked";
  static final String CAPTION = "caption";
  static final String HEADER_ROWS = "headerRows";
  static final String ROWS = "rows";
  static final String ROW_SPAN = "rowSpan";
  static final String COL_SPAN = "colSpan";
  static final String LANGUAGE = "language";
  static final String ALT = "alt";
  static final String TARGET = "target";
  static final String KIND = "kind";
  static final String ID = "id";
  static final String PAGE = "page";
  static final String BOX = "box";
  static final String SHEET = "sheet";
  static final String CELLS = "cells";
  static final String SLIDE = "slide";
  static final String LINES = "lines";
  static final String PART = "part";
  static final String IN = "in";

  static final String HEADING = "heading";
  static final String PARAGRAPH = "paragraph";
  static final String LIST = "list";
  static final String TABLE = "table";
  static final String CODE = "code";
  static final String QUOTE = "quote";
  static final String IMAGE = "image";
  static final String NOTE = "note";
  static final String RULE = "rule";
  static final String PAGE_BREAK = "page-break";

  private Names() {}
}
