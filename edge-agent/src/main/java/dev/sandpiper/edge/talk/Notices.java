package dev.sandpiper.edge.talk;

import dev.sandpiper.edge.people.Notice;
import dev.sandpiper.edge.people.Person;
import dev.sandpiper.edge.people.Role;
import java.time.Duration;
import java.util.Locale;

/// What is said at the door, in words.
public record Notices(Messages messages) {

  /// The notice as CommonMark.
  ///
  /// @param locale for those who are not known
  public String text(Locale locale, Notice notice) {
    return switch (notice) {
      case Notice.Stranger(var account) ->
          messages.text(locale, "door.stranger", Markdown.code(account.text(), 128));
      case Notice.TooFast(int perMinute) -> messages.text(locale, "door.too-fast", perMinute);
      case Notice.WrongCode() -> messages.text(locale, "door.wrong-code");
      case Notice.TooManyTries(Duration pause) ->
          messages.text(locale, "door.too-many-tries", pause.toMinutes());
      case Notice.Welcome(Person person, boolean linked) -> welcome(person, linked);
      case Notice.KnownAlready(Person person) ->
          messages.text(person.language(), "door.known-already", Markdown.name(person.name()));
    };
  }

  private String welcome(Person person, boolean linked) {
    String name = Markdown.name(person.name());
    return linked
        ? messages.text(person.language(), "door.linked", name)
        : messages.text(
            person.language(), "door.welcome", name, role(person.language(), person.role()));
  }

  /// A role in words.
  public String role(Locale locale, Role role) {
    return messages.text(locale, "role." + role.name().toLowerCase(Locale.ROOT));
  }
}
