package dev.sandpiper.edge.talk.command;

import dev.sandpiper.edge.library.DocumentFilter;
import dev.sandpiper.edge.library.DocumentInfo;
import dev.sandpiper.edge.library.Library;
import dev.sandpiper.edge.people.Person;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.store.BlobStore;
import dev.sandpiper.edge.talk.Messages;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.Voice;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What nearly every command works with.
///
/// @param zone the time zone people are shown
public record Desk(
    Messages messages, Library library, BlobStore blobs, InstantSource clock, ZoneId zone) {
  private static final int LONGEST_NUMBER = 9;
  private static final int LOOKED_AT = 1_000;

  /// How to speak with whoever wrote.
  Voice voice(Spoken spoken) {
    return new Voice(messages, spoken.person().language(), zone);
  }

  /// Whose documents somebody sees: a guest's own, else everybody's.
  static @Nullable Long sentBy(Person person) {
    return person.role().atLeast(Role.MEMBER) ? null : person.id();
  }

  /// The document with this number, id, beginning of an id, or name, if this person sees it.
  Optional<DocumentInfo> find(Person person, String key) {
    String stripped = key.startsWith("#") ? key.substring(1) : key;
    boolean number =
        !stripped.isEmpty()
            && stripped.length() <= LONGEST_NUMBER
            && stripped.chars().allMatch(c -> c >= '0' && c <= '9');
    Optional<DocumentInfo> found =
        number ? library.find(Long.parseLong(stripped)) : Optional.empty();
    return found
        .or(() -> library.find(key))
        .filter(document -> sees(person, document.sha256()))
        .or(() -> ownNamed(person, key));
  }

  /// A guest's own document of a name that somebody else's has, too.
  private Optional<DocumentInfo> ownNamed(Person person, String name) {
    return person.role().atLeast(Role.MEMBER)
        ? Optional.empty()
        : library.list(DocumentFilter.newest(LOOKED_AT), person.id()).stream()
            .filter(document -> document.name().equalsIgnoreCase(name))
            .findFirst();
  }

  /// Whether somebody sees a document.
  boolean sees(Person person, String sha256) {
    return person.role().atLeast(Role.MEMBER) || library.senders(sha256).contains(person.id());
  }

  /// Whether somebody may delete a document: an owner any, others what only they sent.
  boolean owns(Person person, String sha256) {
    return person.role() == Role.OWNER || library.senders(sha256).equals(Set.of(person.id()));
  }
}
