package dev.sandpiper.parser.detect;

/// The kinds of document the parser tells apart.
public enum Format {
  PDF("application/pdf"),
  DOCX("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
  XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
  PPTX("application/vnd.openxmlformats-officedocument.presentationml.presentation"),
  ODT("application/vnd.oasis.opendocument.text"),
  ODS("application/vnd.oasis.opendocument.spreadsheet"),
  ODP("application/vnd.oasis.opendocument.presentation"),
  RTF("application/rtf"),
  HTML("text/html"),
  EPUB("application/epub+zip"),
  EML("message/rfc822"),
  MSG("application/vnd.ms-outlook"),
  DOC("application/msword"),
  XLS("application/vnd.ms-excel"),
  PPT("application/vnd.ms-powerpoint"),
  CSV("text/csv"),
  TSV("text/tab-separated-values"),
  TEXT("text/plain"),
  MARKDOWN("text/markdown"),
  JSON("application/json"),
  XML("application/xml"),
  ZIP("application/zip"),
  TAR("application/x-tar"),
  GZIP("application/gzip"),
  PNG("image/png"),
  JPEG("image/jpeg"),
  GIF("image/gif"),
  TIFF("image/tiff"),
  BMP("image/bmp"),
  WEBP("image/webp");

  private final String mediaType;

  Format(String mediaType) {
    this.mediaType = mediaType;
  }

  /// The registered media type.
  public String mediaType() {
    return mediaType;
  }
}
