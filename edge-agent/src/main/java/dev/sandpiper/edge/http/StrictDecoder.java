package dev.sandpiper.edge.http;

import dev.sandpiper.edge.config.HttpConfig;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/// Netty's decoder with its doubtful cases refused: a request that has both a length and a transfer
/// encoding is how requests are smuggled past a proxy.
final class StrictDecoder extends HttpRequestDecoder {

  static final int CHUNK = 8_192;

  StrictDecoder(HttpConfig.Limits limits) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(limits.requestLine())
            .setMaxHeaderSize(limits.header())
            .setMaxChunkSize(CHUNK)
            .setInitialBufferSize(128)
            .setAllowDuplicateContentLengths(false)
            .setStrictLineParsing(true)
            .setUseRfc9112TransferEncoding(true));
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
  }
}
