package dev.sandpiper.edge.proof;

import dev.sandpiper.edge.fake.telegram.FakeTelegram;
import dev.sandpiper.edge.fake.telegram.Person;
import dev.sandpiper.edge.fake.telegram.Post;
import dev.sandpiper.edge.fake.telegram.World;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// One person's Telegram: what they do with it, and what they wait for. Everything is written down
/// in a [Transcript].
final class Smartphone {
  private static final long PATIENCE_NANOS = 40_000_000_000L;

  private final World world;
  private final Person person;
  private final Transcript transcript;
  private int seen;

  Smartphone(FakeTelegram telegram, Person person, Transcript transcript) {
    this.world = telegram.world();
    this.person = person;
    this.transcript = transcript;
  }

  void write(String text) {
    did(text);
    world.say(World.said(person, text));
  }

  void sendFile(String name, byte[] bytes) {
    did("📎 " + name);
    world.sendFile(person, name, bytes, "");
  }

  void sendPhoto(byte[] bytes) {
    did("📷");
    world.sendPhoto(person, bytes, "");
  }

  void press(Post post, String label) {
    did("presses [" + label + "]");
    world.press(person, person.id(), post.id(), label);
  }

  private void did(String what) {
    transcript.catchUp();
    seen = mine().size();
    transcript.wrote(person.firstName(), what);
  }

  /// Waits for an answer to what was done last.
  ///
  /// @param text all of it, as it is read
  Post reads(String text) throws InterruptedException {
    return reads(text, post -> post.text().equals(text));
  }

  /// Waits for an answer, or one changed into it, to what was done last.
  Post reads(String what, Predicate<Post> answer) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    Optional<Post> found = Optional.empty();
    while (found.isEmpty()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            person.firstName() + " waited in vain for: " + what + "\n\n" + transcript.text());
      }
      Thread.sleep(10);
      transcript.catchUp();
      List<Post> all = mine();
      found = all.subList(seen, all.size()).stream().filter(answer).findFirst();
    }
    return found.get();
  }

  /// What was read of one text so far, its changes included.
  long count(String text) {
    return mine().stream().filter(post -> post.text().equals(text)).count();
  }

  private List<Post> mine() {
    return world.history().stream().filter(post -> post.chat() == person.id()).toList();
  }
}
