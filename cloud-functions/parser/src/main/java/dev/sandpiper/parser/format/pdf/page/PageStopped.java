package dev.sandpiper.parser.format.pdf.page;

/// Ends the reading of one page's content; what was read so far stands.
final class PageStopped extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PageStopped(String message) {
    super(message, null, false, false);
  }
}
