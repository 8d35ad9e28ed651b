package dev.sandpiper.functions.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.sandpiper.functions.ParseHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.Security;
import javax.net.ssl.SSLContext;

/// Tells which TLS its process allows: before our handler was made, and after.
public final class TlsProbe implements RequestStreamHandler {

  private static final String PROPERTY = "jdk.tls.disabledAlgorithms";

  private final String before = String.valueOf(Security.getProperty(PROPERTY));
  private final ParseHandler handler = new ParseHandler();

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    try {
      String[] protocols = SSLContext.getDefault().getDefaultSSLParameters().getProtocols();
      String answer =
          "before=%s;after=%s;protocols=%s;handler=%s"
              .formatted(
                  before,
                  Security.getProperty(PROPERTY),
                  String.join(",", protocols),
                  handler.getClass().getSimpleName());
      output.write(answer.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IOException(e);
    }
  }
}
