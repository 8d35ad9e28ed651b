package dev.sandpiper.standin.lambda;

/// Something that can be invoked: a function under a [LambdaHost], or a lambda in a test.
public interface Function {

  /// Waits for the result.
  InvokeResult invoke(byte[] payload) throws InterruptedException;
}
