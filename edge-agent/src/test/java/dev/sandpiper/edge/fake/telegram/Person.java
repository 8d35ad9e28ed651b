package dev.sandpiper.edge.fake.telegram;

/// Somebody with an account.
///
/// @param language their app's, such as `de`
public record Person(long id, String firstName, String language) {
  /// Somebody who reads English.
  public static Person of(long id, String firstName) {
    return new Person(id, firstName, "en");
  }
}
