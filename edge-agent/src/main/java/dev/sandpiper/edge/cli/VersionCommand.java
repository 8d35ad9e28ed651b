package dev.sandpiper.edge.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `sandpiper version`.
@Command(name = "version", description = "Print the version.")
final class VersionCommand implements Callable<Integer> {

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  VersionCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    session.console().out().println(text());
    return 0;
  }

  static String text() {
    String version = VersionCommand.class.getPackage().getImplementationVersion();
    return "sandpiper %s (Java %s)"
        .formatted(version == null ? "development" : version, Runtime.version());
  }
}
