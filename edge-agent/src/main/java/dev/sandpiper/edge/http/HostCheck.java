package dev.sandpiper.edge.http;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whether a Host header names this server. A page in a browser that points its own name at
/// 127.0.0.1 (DNS rebinding) is turned away here.
final class HostCheck {

  private final List<String> names;

  HostCheck(List<String> names) {
    this.names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }

  boolean allows(@Nullable String header) {
    if (header == null || header.isEmpty() || header.length() > 260) {
      return false;
    }
    String host = withoutPort(header).toLowerCase(Locale.ROOT);
    return host.equals("localhost")
        || host.equals("[::1]")
        || isLoopback(host)
        || names.contains(host);
  }

  private static String withoutPort(String header) {
    int colon = header.lastIndexOf(':');
    boolean port = colon > header.lastIndexOf(']') && colon > 0;
    return port ? header.substring(0, colon) : header;
  }

  private static boolean isLoopback(String host) {
    String[] parts = host.split("\\.", -1);
    if (parts.length != 4 || !parts[0].equals("127")) {
      return false;
    }
    for (String part : parts) {
      if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(Character::isDigit)) {
        return false;
      }
    }
    return true;
  }
}
