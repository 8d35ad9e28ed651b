package dev.sandpiper.functions.aws;

import java.io.IOException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/// The SDK's exceptions in the ports' words.
final class Failures {

  private Failures() {}

  static IOException of(String service, SdkException e) {
    String what =
        e instanceof AwsServiceException answer && answer.statusCode() == 403
            ? service + " denied it; look at the function's role: "
            : service + " failed: ";
    return new IOException(what + e.getMessage(), e);
  }
}
