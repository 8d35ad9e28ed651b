package dev.sandpiper.edge.http;

import dev.sandpiper.edge.config.HttpConfig;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.event.EventLog;
import dev.sandpiper.edge.journal.Journal;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;

/// What all connections share.
record ServerParts(
    HttpConfig config,
    Secret token,
    Router router,
    HttpServer.Surroundings surroundings,
    Shares shares,
    ExecutorService handlers) {

  HttpConfig.Limits limits() {
    return config.limits();
  }

  EventLog events() {
    return surroundings.events();
  }

  InstantSource clock() {
    return surroundings.clock();
  }

  Journal journal() {
    return surroundings.journal();
  }

  HostCheck hosts() {
    List<String> names = new java.util.ArrayList<>(config.hosts());
    names.add(config.bind());
    return new HostCheck(names);
  }
}
