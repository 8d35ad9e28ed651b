package dev.sandpiper.edge.net;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// An answer whose body may still be on its way. Closing it before its end closes the connection.
public interface HttpReply extends AutoCloseable {

  /// The HTTP status.
  int status();

  /// The value of a header, its name in lower case; `null` when there is none.
  @Nullable String header(String lowerCaseName);

  /// The body. Reading it throws [HttpCallException] when it breaks off or takes too long, and
  /// [java.io.InterruptedIOException] when the thread is interrupted.
  InputStream body();

  @Override
  void close();
}
