package dev.sandpiper.edge.courier;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sandpiper.edge.courier.protocol.BedrockWord;
import dev.sandpiper.edge.identity.IdentityException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStartEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

/// Tells the agent of one answer as it comes, and how it ended.
final class BedrockAnswer {

  private static final int DEEPEST = 20;

  private final String id;
  private final BedrockVoice voice;
  private volatile boolean begun;

  BedrockAnswer(String id, BedrockVoice voice) {
    this.id = id;
    this.voice = voice;
  }

  ConverseStreamResponseHandler handler() {
    return ConverseStreamResponseHandler.builder()
        .subscriber(
            ConverseStreamResponseHandler.Visitor.builder()
                .onContentBlockStart(this::start)
                .onContentBlockDelta(this::delta)
                .onMessageStop(this::stop)
                .onMetadata(this::metadata)
                .build())
        .build();
  }

  private void tell(BedrockVoice.Writing writing) {
    begun = true;
    voice.tell(id, writing);
  }

  private void start(ContentBlockStartEvent event) {
    if (event.start() != null && event.start().toolUse() != null) {
      tell(json -> {
        json.writeNumberField(BedrockWord.BLOCK, event.contentBlockIndex());
        json.writeStringField(BedrockWord.CALL, event.start().toolUse().toolUseId());
        json.writeStringField(BedrockWord.TOOL, event.start().toolUse().name());
      });
    }
  }

  private void delta(ContentBlockDeltaEvent event) {
    ContentBlockDelta delta = event.delta();
    if (delta.text() != null) {
      tell(json -> json.writeStringField(BedrockWord.TEXT, delta.text()));
    } else if (delta.toolUse() != null) {
      tell(json -> {
        json.writeNumberField(BedrockWord.BLOCK, event.contentBlockIndex());
        json.writeStringField(BedrockWord.ARGUMENTS, delta.toolUse().input());
      });
    } else if (delta.reasoningContent() != null && delta.reasoningContent().text() != null) {
      tell(json -> json.writeStringField(BedrockWord.THOUGHT, delta.reasoningContent().text()));
    }
  }

  private void stop(MessageStopEvent event) {
    tell(json -> json.writeStringField(BedrockWord.STOP, event.stopReasonAsString()));
  }

  private void metadata(ConverseStreamMetadataEvent event) {
    TokenUsage usage = event.usage();
    if (usage != null) {
      tell(json -> {
        json.writeObjectFieldStart(BedrockWord.USAGE);
        count(json, BedrockWord.INPUT, usage.inputTokens());
        count(json, BedrockWord.OUTPUT, usage.outputTokens());
        count(json, BedrockWord.CACHE_READS, usage.cacheReadInputTokens());
        count(json, BedrockWord.CACHE_WRITES, usage.cacheWriteInputTokens());
        json.writeEndObject();
      });
    }
  }

  private static void count(JsonGenerator json, String name, @Nullable Integer count)
      throws IOException {
    if (count != null) {
      json.writeNumberField(name, count);
    }
  }

  /// It is over.
  ///
  /// @param e why it failed; `null` when it did not
  void end(@Nullable Throwable e) {
    if (e == null) {
      voice.tell(id, json -> json.writeBooleanField(BedrockWord.END, true));
      return;
    }
    voice.tell(
        id,
        json -> {
          json.writeObjectFieldStart(BedrockWord.ERROR);
          json.writeBooleanField(BedrockWord.BEGUN, begun);
          AwsServiceException service = find(e, AwsServiceException.class);
          if (service != null) {
            refused(json, service);
          } else {
            broken(json, e);
          }
          json.writeEndObject();
        });
  }

  private static void refused(JsonGenerator json, AwsServiceException e) throws IOException {
    json.writeNumberField(BedrockWord.STATUS, e.statusCode());
    String words = e.getMessage();
    if (e.awsErrorDetails() != null) {
      words = e.awsErrorDetails().errorMessage();
      json.writeStringField(BedrockWord.CODE, e.awsErrorDetails().errorCode());
      if (e.awsErrorDetails().sdkHttpResponse() != null) {
        String after =
            e.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("Retry-After").orElse("");
        json.writeStringField(BedrockWord.RETRY_AFTER, after);
      }
    }
    json.writeStringField(BedrockWord.MESSAGE, String.valueOf(words));
  }

  private static void broken(JsonGenerator json, Throwable e) throws IOException {
    boolean unsent =
        find(e, ConnectException.class) != null
            || find(e, UnknownHostException.class) != null
            || find(e, NoRouteToHostException.class) != null;
    boolean network = find(e, IOException.class) != null;
    boolean identity =
        find(e, IdentityException.class) != null
            || (!network && String.valueOf(e.getMessage()).contains("credentials"));
    if (identity) {
      json.writeNumberField(BedrockWord.STATUS, 401);
    }
    json.writeBooleanField(BedrockWord.UNSENT, unsent);
    json.writeBooleanField(BedrockWord.TIMEOUT, find(e, SocketTimeoutException.class) != null);
    Throwable root = find(e, SdkClientException.class);
    json.writeStringField(
        BedrockWord.MESSAGE, String.valueOf((root == null ? e : root).getMessage()));
  }

  private static <T extends Throwable> @Nullable T find(Throwable e, Class<T> type) {
    int depth = 0;
    for (Throwable at = e; at != null && depth < DEEPEST; at = at.getCause()) {
      if (type.isInstance(at)) {
        return type.cast(at);
      }
      depth++;
    }
    return null;
  }
}
