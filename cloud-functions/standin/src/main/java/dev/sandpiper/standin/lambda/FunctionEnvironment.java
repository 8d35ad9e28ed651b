package dev.sandpiper.standin.lambda;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// The whole environment of a function's process: nothing is inherited.
final class FunctionEnvironment {

  private FunctionEnvironment() {}

  static Map<String, String> of(FunctionSpec spec, Path root, Path tmp, String runtimeApi) {
    Map<String, String> all = new TreeMap<>();
    all.put("PATH", "/usr/local/bin:/usr/bin:/bin");
    all.put("LANG", "en_US.UTF-8");
    all.put("TZ", ":UTC");
    all.put("HOME", tmp.toString());
    all.put("TMPDIR", tmp.toString());
    all.put("MALLOC_ARENA_MAX", "2");
    all.put("AWS_EXECUTION_ENV", "AWS_Lambda_java25");
    all.put("AWS_REGION", "eu-central-1");
    all.put("AWS_DEFAULT_REGION", "eu-central-1");
    all.put("AWS_ACCESS_KEY_ID", "ASIASTANDIN");
    all.put("AWS_SECRET_ACCESS_KEY", "standin");
    all.put("AWS_SESSION_TOKEN", "standin");
    all.put("AWS_LAMBDA_FUNCTION_NAME", spec.name());
    all.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
    all.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(spec.settings().memoryMb()));
    all.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + spec.name());
    all.put("AWS_LAMBDA_LOG_STREAM_NAME", "standin");
    all.put(
        "AWS_LAMBDA_INITIALIZATION_TYPE", spec.settings().snapStart() ? "snap-start" : "on-demand");
    all.putAll(spec.environment());
    all.put("LAMBDA_TASK_ROOT", root.toString());
    all.put("LAMBDA_RUNTIME_DIR", root.toString());
    all.put("_HANDLER", spec.handler());
    all.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
    return all;
  }
}
