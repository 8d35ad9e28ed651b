package dev.sandpiper.edge;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Channel;
import dev.sandpiper.edge.channel.web.WebChannel;
import dev.sandpiper.edge.channel.web.WebHistory;
import dev.sandpiper.edge.channel.web.WebSessions;
import dev.sandpiper.edge.config.WebConfig;
import dev.sandpiper.edge.http.ChatParts;
import dev.sandpiper.edge.store.Tx;
import java.security.SecureRandom;

/// Makes the page and what it speaks to.
final class WebWiring {

  private final ChatParts parts;

  WebWiring(ConversationDesk.Base base) {
    WebConfig web = base.config().web();
    Wiring.Shelves shelves = base.shelves();
    SecureRandom random = new SecureRandom();
    var clock = base.clockwork().clock();
    this.parts =
        new ChatParts(
            new WebChannel(
                new WebHistory(shelves.database(), clock), shelves.blobs(), clock, random),
            new WebSessions(shelves.database(), clock, random, web.session()),
            new PeopleDoor(
                shelves.database(), base.door(), clock, random, base.config().people().language()),
            web.session(),
            base.config().limits().maxBytes(),
            locale -> base.messages().patterns(locale, "web."),
            clock);
  }

  /// The channel, not started.
  Channel channel() {
    return parts.channel();
  }

  /// For the HTTP server.
  ChatParts parts() {
    return parts;
  }

  /// Forgets what was said in a chat of the page.
  void forgotten(Tx tx, Address address) {
    parts.channel().forget(tx, address);
  }

  /// Whether the history names a blob: a sweep must spare it.
  boolean mentions(String blob) {
    return parts.channel().history().references(blob);
  }
}
