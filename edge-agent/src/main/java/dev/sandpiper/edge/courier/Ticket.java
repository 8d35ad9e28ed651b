package dev.sandpiper.edge.courier;

import dev.sandpiper.contract.ObjectKeys.CloudRequest;
import dev.sandpiper.contract.ParseRequest;
import dev.sandpiper.edge.courier.protocol.Order.Route;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// One task on its way. Guarded by its [Register].
final class Ticket {

  /// How far it is.
  enum State {
    /// Its document is not in the cloud, or its job is not sent.
    LEAVING,
    /// The cloud has it: a result is due.
    DUE,
    /// Its result is being fetched.
    TAKING,
    /// The agent has been told; the cloud's copies wait for the agent's word.
    TOLD
  }

  private final ParseRequest request;
  private final Route route;
  private final Path source;
  private final Path target;
  private final CloudRequest cloud;
  private final Instant deadline;

  /// Receipts by message: the same message comes again with a new receipt, a duplicate has its own
  /// id.
  private final Map<String, String> messages = new LinkedHashMap<>();

  private State state = State.LEAVING;
  private boolean holdsDocument;
  private boolean hasResult;
  private boolean dropped;

  Ticket(ParseRequest request, Route route, Path source, Path target, Instant deadline) {
    this.request = request;
    this.route = route;
    this.source = source;
    this.target = target;
    this.deadline = deadline;
    cloud = new CloudRequest(request.document().sha256(), request.requestId());
  }

  String id() {
    return request.requestId();
  }

  ParseRequest request() {
    return request;
  }

  Route route() {
    return route;
  }

  Path source() {
    return source;
  }

  Path target() {
    return target;
  }

  CloudRequest cloud() {
    return cloud;
  }

  Instant deadline() {
    return deadline;
  }

  Map<String, String> messages() {
    return messages;
  }

  State state() {
    return state;
  }

  void state(State next) {
    state = next;
  }

  boolean holdsDocument() {
    return holdsDocument;
  }

  void holdsDocument(boolean holds) {
    holdsDocument = holds;
  }

  boolean hasResult() {
    return hasResult;
  }

  void hasResult(boolean has) {
    hasResult = has;
  }

  /// Whether nobody waits for it any more.
  boolean dropped() {
    return dropped;
  }

  void drop() {
    dropped = true;
  }
}
