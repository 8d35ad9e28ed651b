package dev.sandpiper.standin.aws.fault;

/// One of AWS's services.
public enum Service {
  S3,
  SQS,
  LAMBDA
}
