package dev.sandpiper.standin.aws;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Requests by operation and by error, and bytes.
public final class Counters {

  private final Map<String, LongAdder> operations = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();
  private final LongAdder bytesIn = new LongAdder();
  private final LongAdder bytesOut = new LongAdder();

  Counters() {}

  void request(String operation, int bytes) {
    operations.computeIfAbsent(operation, _ -> new LongAdder()).increment();
    bytesIn.add(bytes);
  }

  void error(String code) {
    errors.computeIfAbsent(code, _ -> new LongAdder()).increment();
  }

  void answer(int bytes) {
    bytesOut.add(bytes);
  }

  /// Requests by operation, such as `s3:PutObject`, those that failed included.
  public Map<String, Long> operations() {
    return sums(operations);
  }

  /// Requests of one operation.
  public long operation(String name) {
    LongAdder sum = operations.get(name);
    return sum == null ? 0 : sum.sum();
  }

  /// Requests of one service: `s3`, `sqs` or `lambda`.
  public long service(String name) {
    return operations().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(name + ":"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /// Errors sent, by code.
  public Map<String, Long> errors() {
    return sums(errors);
  }

  /// Of request bodies, as they were framed.
  public long bytesIn() {
    return bytesIn.sum();
  }

  /// Of answers' bodies.
  public long bytesOut() {
    return bytesOut.sum();
  }

  private static Map<String, Long> sums(Map<String, LongAdder> adders) {
    Map<String, Long> sums = new TreeMap<>();
    adders.forEach((name, adder) -> sums.put(name, adder.sum()));
    return sums;
  }
}
