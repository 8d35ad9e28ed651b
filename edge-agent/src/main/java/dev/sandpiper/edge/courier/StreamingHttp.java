package dev.sandpiper.edge.courier;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.utils.async.SimplePublisher;

/// The SDK streams answers only through clients that do not block, and its own bring Netty or a
/// native library. This one is the JDK's, with a virtual thread for each call.
final class StreamingHttp implements SdkAsyncHttpClient {

  private static final int CHUNK = 8 << 10;

  /// Headers that the JDK writes itself.
  private static final Set<String> OWN =
      Set.of("host", "content-length", "connection", "expect", "upgrade");

  private final HttpClient client;

  StreamingHttp(Duration connect) {
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(connect)
            .build();
  }

  @Override
  public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    request
        .requestContentPublisher()
        .subscribe(
            new Subscriber<ByteBuffer>() {
              @Override
              public void onSubscribe(Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
              }

              @Override
              public void onNext(ByteBuffer more) {
                byte[] bytes = new byte[more.remaining()];
                more.get(bytes);
                body.writeBytes(bytes);
              }

              @Override
              public void onError(Throwable e) {
                fail(request, e, end);
              }

              @Override
              public void onComplete() {
                send(request, body.toByteArray(), end);
              }
            });
    return end;
  }

  private static void fail(AsyncExecuteRequest request, Throwable e, CompletableFuture<Void> end) {
    request.responseHandler().onError(e);
    end.completeExceptionally(e);
  }

  private void send(AsyncExecuteRequest request, byte[] body, CompletableFuture<Void> end) {
    HttpRequest.Builder call =
        HttpRequest.newBuilder(request.request().getUri())
            .method(
                request.request().method().name(), HttpRequest.BodyPublishers.ofByteArray(body));
    request
        .request()
        .forEachHeader((name, values) -> {
          if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> call.header(name, value));
          }
        });
    CompletableFuture<HttpResponse<InputStream>> sent =
        client.sendAsync(call.build(), HttpResponse.BodyHandlers.ofInputStream());
    CompletableFuture<Void> _ =
        end.whenComplete((_, e) -> {
          if (e != null) {
            sent.cancel(true);
          }
        });
    CompletableFuture<Void> _ =
        sent.handle((response, e) -> {
          if (e != null) {
            fail(request, e, end);
          } else {
            Thread.ofVirtual().name("bedrock-body").start(() -> copy(request, response, end));
          }
          return null;
        });
  }

  /// Copies the body as it comes; whoever gives the call up closes it.
  private static void copy(
      AsyncExecuteRequest request,
      HttpResponse<InputStream> response,
      CompletableFuture<Void> end) {
    SimplePublisher<ByteBuffer> content = new SimplePublisher<>();
    try (InputStream body = response.body()) {
      CompletableFuture<Void> _ = end.whenComplete((_, e) -> close(e, body));
      request
          .responseHandler()
          .onHeaders(
              SdkHttpResponse.builder()
                  .statusCode(response.statusCode())
                  .headers(response.headers().map())
                  .build());
      request.responseHandler().onStream(content);
      byte[] chunk = new byte[CHUNK];
      for (int n = body.read(chunk); n >= 0; n = body.read(chunk)) {
        content.send(ByteBuffer.wrap(chunk.clone(), 0, n)).join();
      }
      content.complete().join();
      end.complete(null);
    } catch (IOException | RuntimeException e) {
      CompletableFuture<Void> _ = content.error(e);
      end.completeExceptionally(e);
    }
  }

  private static void close(@Nullable Throwable e, InputStream body) {
    if (e != null) {
      try {
        body.close();
      } catch (IOException io) {
        throw new UncheckedIOException(io);
      }
    }
  }

  @Override
  public String clientName() {
    return "Jdk";
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
