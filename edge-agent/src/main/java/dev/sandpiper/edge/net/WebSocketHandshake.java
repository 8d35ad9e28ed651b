package dev.sandpiper.edge.net;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker13;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;

/// The first words of a WebSocket: no extensions, and no Origin, which is a browser's.
final class WebSocketHandshake extends WebSocketClientHandshaker13 {

  WebSocketHandshake(WebSocketCall call, String userAgent) {
    super(call.uri(), WebSocketVersion.V13, "", false, headers(call, userAgent), call.maxMessage());
  }

  private static HttpHeaders headers(WebSocketCall call, String userAgent) {
    HttpHeaders headers = new DefaultHttpHeaders().set(HttpHeaderNames.USER_AGENT, userAgent);
    call.headers().forEach(headers::set);
    return headers;
  }

  @Override
  protected FullHttpRequest newHandshakeRequest() {
    FullHttpRequest request = super.newHandshakeRequest();
    if (!customHeaders.contains(HttpHeaderNames.ORIGIN)) {
      request.headers().remove(HttpHeaderNames.ORIGIN);
    }
    return request;
  }

  @Override
  protected WebSocketFrameDecoder newWebsocketDecoder() {
    return new WebSocket13FrameDecoder(
        WebSocketDecoderConfig.newBuilder()
            .expectMaskedFrames(false)
            .allowExtensions(false)
            .maxFramePayloadLength(maxFramePayloadLength())
            .closeOnProtocolViolation(false)
            .withUTF8Validator(false)
            .build());
  }
}
