package dev.sandpiper.edge.ledger;

/// What AWS charges for, as this machine can count it.
public enum CloudCounter {
  /// PUT, COPY and POST requests to S3, parts of an upload included.
  S3_PUT("s3Put"),
  /// GET and HEAD requests to S3.
  S3_GET("s3Get"),
  /// DELETE requests to S3, which are free.
  S3_DELETE("s3Delete"),
  /// LIST requests to S3.
  S3_LIST("s3List"),
  /// Requests to SQS, each of up to 64 KB.
  SQS("sqs"),
  /// Direct invocations of the function.
  INVOKE("invoke"),
  /// Thousandths of a GB-second in functions.
  GB_MILLIS("gbMillis"),
  /// Documents, or parts of one, that the cloud answered.
  TASKS("tasks");

  private final String wire;

  CloudCounter(String wire) {
    this.wire = wire;
  }

  /// Its name in the courier's lines and in the database.
  public String wire() {
    return wire;
  }
}
