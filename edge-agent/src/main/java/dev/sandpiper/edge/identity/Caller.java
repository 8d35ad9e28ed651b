package dev.sandpiper.edge.identity;

import dev.sandpiper.edge.identity.IdentityException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Makes one HTTPS request, and tells in words why it could not.
final class Caller {

  private static final int LARGEST_ANSWER = 64 << 10;

  private final Door door;
  private final InstantSource clock;
  private final @Nullable KeyManager key;

  /// @param key shows who calls, in the TLS handshake; `null`: nobody
  Caller(Door door, InstantSource clock, @Nullable KeyManager key) {
    this.door = door;
    this.clock = clock;
    this.key = key;
  }

  /// @param body `null`: a GET without one
  record Call(URI address, Map<String, String> headers, @Nullable String body) {}

  /// @param date when the far side says it answered
  /// @param errorType AWS's name of an error; empty: none
  record Answer(int status, String body, Optional<Instant> date, String errorType) {}

  Answer send(Call call) {
    String host = call.address().getAuthority();
    try {
      HttpURLConnection connection = open(call);
      try {
        return exchange(connection, call.body());
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      throw unreachable(host, e);
    } catch (GeneralSecurityException e) {
      throw new IdentityException(
          Kind.UNEXPECTED,
          "TLS cannot be set up on this machine: %s; reinstall Java".formatted(e.getMessage()),
          e);
    }
  }

  private HttpURLConnection open(Call call) throws IOException, GeneralSecurityException {
    HttpURLConnection connection = (HttpURLConnection) call.address().toURL().openConnection();
    connection.setConnectTimeout(Math.toIntExact(door.connect().toMillis()));
    connection.setReadTimeout(Math.toIntExact(door.read().toMillis()));
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    call.headers().forEach(connection::setRequestProperty);
    if (connection instanceof HttpsURLConnection https) {
      https.setSSLSocketFactory(tls().getSocketFactory());
    }
    return connection;
  }

  private SSLContext tls() throws IOException, GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(door.trusted().orElse(null));
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(key == null ? null : new KeyManager[] {key}, trust.getTrustManagers(), null);
    return tls;
  }

  private Answer exchange(HttpURLConnection connection, @Nullable String body) throws IOException {
    if (body != null) {
      connection.setRequestMethod("POST");
      connection.setDoOutput(true);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body.getBytes(StandardCharsets.UTF_8));
      }
    }
    int status = connection.getResponseCode();
    String answer;
    try (InputStream in =
        status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
      answer = in == null ? "" : readAll(in);
    }
    String type = connection.getHeaderField("x-amzn-ErrorType");
    return new Answer(
        status, answer, date(connection.getHeaderField("Date")), type == null ? "" : type);
  }

  private String readAll(InputStream in) throws IOException {
    Instant end = clock.instant().plus(door.read().multipliedBy(2));
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[4_096];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      all.write(buffer, 0, read);
      if (all.size() > LARGEST_ANSWER) {
        throw new IOException("it sends more than " + (LARGEST_ANSWER >> 10) + " KB");
      }
      if (clock.instant().isAfter(end)) {
        throw new SocketTimeoutException("the answer trickles in");
      }
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  private static Optional<Instant> date(@Nullable String text) {
    try {
      return text == null
          ? Optional.empty()
          : Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private IdentityException unreachable(String host, IOException e) {
    if (caused(e, CertificateNotYetValidException.class)
        || caused(e, CertificateExpiredException.class)) {
      return new IdentityException(
          Kind.CLOCK,
          "the certificate of %s is not valid at %s, which is the time by the clock of this machine; set the clock (timedatectl set-ntp true) and try again"
              .formatted(host, Instant.ofEpochSecond(clock.instant().getEpochSecond())),
          e);
    }
    return switch (e) {
      case UnknownHostException _ ->
          network(
              host,
              "its name cannot be resolved; check the internet connection and DNS, and the region in burst.aws",
              e);
      case SocketTimeoutException _ ->
          network(
              host,
              "no answer in %s; check the internet connection, it is tried again"
                  .formatted(words(door.read())),
              e);
      case SSLException _ when caused(e, CertPathBuilderException.class) ->
          network(
              host,
              "its certificate comes from an authority this machine does not trust; something on the way intercepts TLS, or burst.aws.endpoint names a stand-in whose authority Java does not know",
              e);
      case SSLException _ when key != null ->
          new IdentityException(
              Kind.DENIED,
              "%s ended the TLS handshake (%s): it does not take this machine's certificate; register it with AWS IoT and set it active"
                  .formatted(host, e.getMessage()),
              e);
      case ConnectException _ -> network(host, refused(e), e);
      case IOException _ when key != null ->
          // In TLS 1.3 a server may refuse a certificate by hanging up on the first words.
          network(
              host,
              "it ended the connection (%s): either it does not take this machine's certificate (register it with AWS IoT and set it active), or the connection broke; it is tried again"
                  .formatted(e.getMessage()),
              e);
      default -> network(host, refused(e), e);
    };
  }

  private static String refused(IOException e) {
    return e.getMessage() + "; check the internet connection, it is tried again";
  }

  private static IdentityException network(String host, String why, IOException e) {
    return new IdentityException(Kind.NETWORK, host + " cannot be reached: " + why, e);
  }

  private static String words(Duration time) {
    return time.toMillis() < 1_000 ? time.toMillis() + " ms" : time.toSeconds() + " s";
  }

  private static boolean caused(Throwable e, Class<? extends Throwable> type) {
    int depth = 0;
    for (Throwable at = e; at != null && depth < 20; at = at.getCause()) {
      if (type.isInstance(at)) {
        return true;
      }
      depth++;
    }
    return false;
  }
}
