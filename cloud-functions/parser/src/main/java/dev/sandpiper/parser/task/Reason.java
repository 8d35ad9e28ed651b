package dev.sandpiper.parser.task;

/// Why something went wrong, in words that can end a sentence of ours.
public final class Reason {

  private Reason() {}

  /// What an exception says, without the full stop that some libraries write and others do not; its
  /// name when it says nothing.
  public static String of(Throwable e) {
    if (e instanceof StackOverflowError) {
      return "its parts are nested too deeply";
    }
    String message = e.getMessage() == null ? "" : e.getMessage().strip();
    int end = message.length();
    while (end > 0 && message.charAt(end - 1) == '.') {
      end--;
    }
    return end == 0 ? e.getClass().getSimpleName() : message.substring(0, end);
  }
}
