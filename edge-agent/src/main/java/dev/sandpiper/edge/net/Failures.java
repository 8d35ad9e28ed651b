package dev.sandpiper.edge.net;

import dev.sandpiper.edge.net.HttpCallException.Phase;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// What went wrong with a call, in words.
final class Failures {

  private static final int DEEPEST = 20;

  private Failures() {}

  static HttpCallException unsent(Origin origin, String what, @Nullable Throwable cause) {
    return new HttpCallException(Phase.UNSENT, false, origin.label() + " " + what, cause);
  }

  static HttpCallException timeout(Phase phase, Origin origin, String what) {
    return new HttpCallException(phase, true, origin.label() + " " + what, null);
  }

  /// The connection did not come about.
  static HttpCallException unreachable(Origin origin, Throwable cause) {
    return unsent(origin, "cannot be reached: " + why(origin, cause), cause);
  }

  private static String why(Origin origin, Throwable cause) {
    if (cause instanceof UnknownHostException) {
      return "its name cannot be resolved; check the name, the internet connection and DNS";
    }
    if (has(cause, CertificateExpiredException.class)
        || has(cause, CertificateNotYetValidException.class)) {
      return "its certificate is not valid today by the clock of this machine; check the clock"
          + " (timedatectl)";
    }
    if (has(cause, CertPathBuilderException.class)) {
      return "its certificate comes from an authority this machine does not trust; something on"
          + " the way intercepts TLS, or the address names a private server whose authority Java"
          + " does not know";
    }
    if (has(cause, CertificateException.class)) {
      return "its certificate is not for %s; check the address".formatted(origin.name());
    }
    return switch (cause) {
      case ConnectException _ ->
          "nothing listens on port %d there; check the address".formatted(origin.port());
      case NoRouteToHostException _ -> "there is no way to it; check the internet connection";
      case SSLException _ when origin.tls() ->
          "the TLS handshake failed (%s); check the address".formatted(line(cause));
      default -> line(cause) + "; check the internet connection";
    };
  }

  /// The connection broke, or what came over it is not HTTP.
  ///
  /// @param cause `null` when the far side just closed it
  static HttpCallException broken(
      Phase phase, Origin origin, @Nullable Throwable cause, long received) {
    String what =
        switch (phase) {
          case UNSENT -> "closed the connection before the request was sent";
          case UNANSWERED ->
              garbage(cause) == null
                  ? "closed the connection without an answer"
                  : "gave no answer that can be read: " + garbage(cause);
          case CUT ->
              garbage(cause) == null
                  ? "broke off its answer after %,d bytes".formatted(received)
                  : "spoilt its answer after %,d bytes: %s".formatted(received, garbage(cause));
        };
    return new HttpCallException(phase, false, origin.label() + " " + what, cause);
  }

  private static @Nullable String garbage(@Nullable Throwable cause) {
    return switch (cause) {
      case null -> null;
      case TooLongHttpHeaderException _ -> "its header is too large";
      case TooLongHttpLineException _ -> "a line of it is too long";
      case NotHttpException _ -> "it is not HTTP";
      default -> null;
    };
  }

  /// Marks what the decoder could not read.
  static final class NotHttpException extends Exception {
    private static final long serialVersionUID = 1L;

    NotHttpException(Throwable cause) {
      super(cause);
    }
  }

  static Throwable unreadable(Throwable cause) {
    return cause instanceof TooLongHttpHeaderException || cause instanceof TooLongHttpLineException
        ? cause
        : new NotHttpException(cause);
  }

  static String words(Duration time) {
    return time.toMillis() < 1_000 ? time.toMillis() + " ms" : time.toSeconds() + " s";
  }

  private static String line(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  private static boolean has(Throwable e, Class<? extends Throwable> type) {
    int depth = 0;
    for (Throwable at = e; at != null && depth < DEEPEST; at = at.getCause()) {
      if (type.isInstance(at)) {
        return true;
      }
      depth++;
    }
    return false;
  }
}
