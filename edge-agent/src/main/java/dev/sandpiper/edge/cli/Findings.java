package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.health.CheckResult;

/// Findings of checks, for a person.
record Findings(Console console) {

  void print(CheckResult check) {
    String mark =
        switch (check.status()) {
          case OK -> console.green("ok  ");
          case WARN -> console.yellow("warn");
          case FAIL -> console.red("FAIL");
        };
    console.out().println(mark + "  " + check.name() + ": " + Console.plain(check.detail()));
    if (!check.fix().isEmpty()) {
      console.out().println("      → " + Console.plain(check.fix()));
    }
  }
}
