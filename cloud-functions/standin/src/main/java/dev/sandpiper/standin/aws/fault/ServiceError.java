package dev.sandpiper.standin.aws.fault;

/// An error as a service tells it.
///
/// @param code such as `NoSuchKey`
public record ServiceError(int status, String code, String message) {}
