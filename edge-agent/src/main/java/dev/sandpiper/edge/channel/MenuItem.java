package dev.sandpiper.edge.channel;

import java.util.Locale;
import java.util.Map;

/// A command that a channel offers where it has a list of them.
///
/// @param name without the slash
/// @param descriptions by language; one of them is English
public record MenuItem(String name, Map<Locale, String> descriptions) {

  public MenuItem {
    descriptions = Map.copyOf(descriptions);
  }
}
