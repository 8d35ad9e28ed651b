package dev.sandpiper.edge.bill;

/// A file that is no bill. The message is for a person.
public final class BillException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BillException(String message) {
    super(message);
  }
}
