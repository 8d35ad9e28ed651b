package dev.sandpiper.edge.courier.protocol;

/// The protocol's field names, each written once.
final class Word {
  static final String OP = "op";
  static final String ID = "id";
  static final String ROUTE = "route";
  static final String REQUEST = "request";
  static final String REPLY = "reply";
  static final String FILE = "file";
  static final String KEY = "key";
  static final String FAULT = "fault";
  static final String MESSAGE = "message";
  static final String CHECKS = "checks";
  static final String NAME = "name";
  static final String STATUS = "status";
  static final String DETAIL = "detail";
  static final String FIX = "fix";
  static final String OBJECTS = "objects";
  static final String MORE = "more";
  static final String LIMIT = "limit";
  static final String SIZE = "size";
  static final String TYPE = "type";

  static final String S3_PUT = "s3Put";
  static final String S3_GET = "s3Get";
  static final String S3_DELETE = "s3Delete";
  static final String S3_LIST = "s3List";
  static final String SQS = "sqs";
  static final String INVOKE = "invoke";
  static final String GB_MILLIS = "gbMillis";

  static final String SCRATCH = "scratch";
  static final String MODE = "mode";
  static final String REGION = "region";
  static final String DEVICE = "device";
  static final String IN_BUCKET = "inBucket";
  static final String OUT_BUCKET = "outBucket";
  static final String JOBS_QUEUE = "jobsQueue";
  static final String RESULTS_QUEUE = "resultsQueue";
  static final String FUNCTION = "function";
  static final String ENDPOINT = "endpoint";
  static final String CONCURRENCY = "concurrency";
  static final String DIRECT_LIMIT = "directLimit";
  static final String DEADLINE_MILLIS = "deadlineMillis";
  static final String IDLE_MILLIS = "idleMillis";
  static final String CREDENTIALS = "credentials";
  static final String KIND = "kind";
  static final String PROFILE = "profile";
  static final String CERTIFICATE = "certificate";
  static final String PRIVATE_KEY = "privateKey";
  static final String CHAIN = "chain";
  static final String TRUST_ANCHOR = "trustAnchor";
  static final String PROFILE_ARN = "profileArn";
  static final String ROLE_ARN = "roleArn";
  static final String ROLE_ALIAS = "roleAlias";
  static final String THING = "thing";

  private Word() {}
}
