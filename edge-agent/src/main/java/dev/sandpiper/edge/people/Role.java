package dev.sandpiper.edge.people;

/// What a person may do. Each role may do what the ones after it may.
public enum Role {
  /// Everything: people, spending, every document.
  OWNER,
  /// Documents, questions, reminders, within the caps.
  MEMBER,
  /// Questions about what they sent themselves.
  GUEST;

  /// Whether this role may do what `least` is needed for.
  public boolean atLeast(Role least) {
    return compareTo(least) <= 0;
  }
}
