package dev.sandpiper.edge.http;

import dev.sandpiper.edge.config.HttpConfig;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.event.EventLog;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;

/// What all connections share.
record ServerParts(
    HttpConfig config,
    Secret token,
    Router router,
    EventLog events,
    InstantSource clock,
    Shares shares,
    ExecutorService handlers) {

  HttpConfig.Limits limits() {
    return config.limits();
  }

  HostCheck hosts() {
    List<String> names = new java.util.ArrayList<>(config.hosts());
    names.add(config.bind());
    return new HostCheck(names);
  }
}
