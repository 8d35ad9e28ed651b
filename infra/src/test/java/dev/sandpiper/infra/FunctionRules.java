package dev.sandpiper.infra;

import static dev.sandpiper.infra.Rule.plant;
import static dev.sandpiper.infra.Rule.unless;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The functions: what runs, how often at once, who calls it.
final class FunctionRules {

  private static final String FUNCTION = "AWS::Serverless::Function";

  /// Each function with its name in AWS, which its log's name and its alarm follow.
  private static final Map<String, String> NAMES =
      Map.of(
          "ParseFunction", "parse",
          "ParseBatchFunction", "parse-batch",
          "OcrFunction", "parse-ocr");

  private static final Map<String, String> HANDLERS =
      Map.of(
          "ParseFunction", "dev.sandpiper.functions.ParseHandler::handleRequest",
          "ParseBatchFunction", "dev.sandpiper.functions.ParseBatchHandler::handleRequest");

  private static final Set<String> BUCKETS =
      Set.of("SANDPIPER_IN_BUCKET=${InBucket}", "SANDPIPER_OUT_BUCKET=${OutBucket}");
  private static final Set<String> QUEUES =
      Set.of(
          "SANDPIPER_JOBS_URL=${JobsQueue}",
          "SANDPIPER_RESULTS_URL_PREFIX=https://sqs.${AWS::Region}.${AWS::URLSuffix}/${AWS::AccountId}/${AWS::StackName}-results-",
          "SANDPIPER_MAX_RECEIVES=5");

  private static final Set<String> EVENT =
      Set.of(
          "Queue",
          "BatchSize",
          "MaximumBatchingWindowInSeconds",
          "FunctionResponseTypes",
          "ScalingConfig");

  private FunctionRules() {}

  static List<Rule> rules() {
    return Stream.of(code(), running(), rollout(), events(), urls()).flatMap(List::stream).toList();
  }

  private static List<Rule> code() {
    return List.of(
        functions(
            "function-known",
            "A function is one of those that the edge knows, under its name.",
            (t, f) ->
                f.at("Properties.FunctionName")
                    .is("${AWS::StackName}-" + NAMES.getOrDefault(f.name(), "?"))),
        zips("runtime-java25", "A function runs on Java 25.", "Runtime", "java25"),
        functions(
            "architecture-arm64",
            "A function runs on arm64, a fifth cheaper.",
            (t, f) -> t.setting(f, "Architectures").texts().equals(List.of("arm64"))),
        zips(
            "package-ours",
            "A function is the zip of this build, the same that the workers run.",
            "CodeUri",
            "../cloud-functions/functions/target/functions-0.1.0.zip"),
        functions(
            "handler-ours",
            "A function starts our handler.",
            (t, f) ->
                image(f) || f.at("Properties.Handler").is(HANDLERS.getOrDefault(f.name(), "?"))),
        functions(
            "no-layers",
            "Nothing foreign is put beside a function's code.",
            (t, f) -> !t.setting(f, "Layers").exists()),
        functions(
            "environment-complete",
            "A function's environment has the names both sides agreed on, and no others.",
            (t, f) -> environment(t, f).equals(expected(f))),
        functions(
            "own-role",
            "Every function has a role of its own.",
            (t, f) -> f.at("Properties.Role").is("${" + f.name().replace("Function", "Role.Arn}"))),
        functions(
            "rights-in-the-role",
            "A function's rights stand in its role, not in SAM's shorthand.",
            (t, f) -> !t.setting(f, "Policies").exists()));
  }

  private static List<Rule> running() {
    return List.of(
        functions(
            "timeout-parameter",
            "The time-out is the parameter that the queue's visibility follows.",
            (t, f) -> t.setting(f, "Timeout").is("${TimeoutSeconds}")),
        functions(
            "memory-parameter",
            "Memory and disk are parameters with limits.",
            (t, f) ->
                t.setting(f, "MemorySize").is("${MemoryMegabytes}")
                    && t.setting(f, "EphemeralStorage.Size").is("${EphemeralMegabytes}")),
        functions(
            "log-own-group",
            "A function writes to the group that is made for it, or one without end is made.",
            (t, f) ->
                f.at("Properties.LoggingConfig.LogGroup")
                    .is("${" + f.name().replace("Function", "Log}"))),
        functions(
            "log-json",
            "A function logs JSON.",
            (t, f) -> t.setting(f, "LoggingConfig.LogFormat").is("JSON")),
        functions(
            "log-level-parameter",
            "What is logged is a parameter.",
            (t, f) -> t.setting(f, "LoggingConfig.ApplicationLogLevel").is("${LogLevel}")),
        functions(
            "traced", "A function is traced.", (t, f) -> t.setting(f, "Tracing").is("Active")),
        functions(
            "snapstart-parameter",
            "SnapStart is a parameter, and is not asked of an image.",
            (t, f) ->
                image(f)
                    ? !t.setting(f, "SnapStart").exists()
                    : t.setting(f, "SnapStart.ApplyOn")
                        .is("${?SnapStartOn:PublishedVersions:None}")),
        functions(
            "concurrency-reserved",
            "A function has its share of the account's concurrency, and no more.",
            (t, f) ->
                t.setting(f, "ReservedConcurrentExecutions")
                    .text()
                    .matches(
                        "\\$\\{\\?Reserved:\\$\\{(Maximum|Direct)Concurrency}:\\$\\{AWS::NoValue}}|[0-9]+")),
        functions(
            "no-provisioned-concurrency",
            "Nothing is kept warm for money.",
            (t, f) -> !t.setting(f, "ProvisionedConcurrencyConfig").exists()));
  }

  private static List<Rule> rollout() {
    return List.of(
        functions(
            "alias-live",
            "A function is called by its alias live, which names one version.",
            (t, f) -> t.setting(f, "AutoPublishAlias").is("live")),
        functions(
            "rollout-guarded",
            "A new version goes back when the errors alarm of its function sounds.",
            (t, f) ->
                f.at("Properties.DeploymentPreference.Alarms")
                        .texts()
                        .contains("${" + f.name().replace("Function", "ErrorsAlarm}"))
                    && !f.at("Properties.DeploymentPreference.Enabled").is(false)),
        functions(
            "rollout-no-hooks",
            "Nothing else runs during a rollout.",
            (t, f) ->
                f.at("Properties.DeploymentPreference")
                    .entries()
                    .map(Spot::name)
                    .allMatch(
                        Set.of("Type", "Role", "Alarms", "PassthroughCondition", "Enabled")
                            ::contains)),
        functions(
            "rollout-own-role",
            "CodeDeploy gets our narrow role; SAM's own reaches every function.",
            (t, f) -> f.at("Properties.DeploymentPreference.Role").is("${RolloutRole.Arn}")),
        functions(
            "rollout-parameter",
            "How fast a new version takes over is a parameter.",
            (t, f) -> f.at("Properties.DeploymentPreference.Type").is("${Rollout}")));
  }

  private static List<Rule> events() {
    return List.of(
        plant(
            "jobs-event",
            "The burst function is fed by the jobs queue, and no function by anything else.",
            t ->
                t.resources(FUNCTION)
                    .filter(f ->
                        !f.at("Properties.Events")
                            .entries()
                            .map(e -> e.at("Type").text() + " " + e.at("Properties.Queue").text())
                            .toList()
                            .equals(
                                f.name().equals("ParseBatchFunction")
                                    ? List.of("SQS ${JobsQueue.Arn}")
                                    : List.of()))
                    .map(Spot::name)),
        events(
            "partial-batches",
            "A batch says which of its jobs failed, or all ten come again.",
            (t, e) ->
                e.at("FunctionResponseTypes").texts().equals(List.of("ReportBatchItemFailures"))),
        events(
            "batch-size",
            "A batch is at most ten jobs; more would need a longer window and time-out.",
            (t, e) -> e.at("BatchSize").number() >= 1 && e.at("BatchSize").number() <= 10),
        events(
            "batch-window",
            "A batch waits a second or so to fill, within what the visibility allows for.",
            (t, e) ->
                e.at("MaximumBatchingWindowInSeconds").number() >= 1
                    && e.at("MaximumBatchingWindowInSeconds").number() <= 5),
        events(
            "event-enabled-whole",
            "The event source has no filter, which deletes what it does not match, and no switch.",
            (t, e) -> e.entries().map(Spot::name).allMatch(EVENT::contains)),
        plant(
            "maximum-within-reserved",
            "The event source never takes more than is reserved, or jobs are throttled to death.",
            FunctionRules::maximumWithinReserved));
  }

  private static List<Rule> urls() {
    return List.of(
        plant(
            "url-signed",
            "A function's address asks for a signature.",
            t -> urls(t).filter(u -> !u.at("AuthType").is("AWS_IAM")).map(Spot::path)),
        plant(
            "url-on-alias",
            "A function's address leads to the alias.",
            t -> urls(t).filter(u -> !u.at("Qualifier").is("live")).map(Spot::path)),
        plant(
            "url-optional",
            "A function has an address only where one is asked for.",
            t ->
                t.resources("AWS::Lambda::Url")
                    .filter(u -> !u.at("Condition").is("FunctionUrlOn"))
                    .map(Spot::name)),
        plant(
            "url-no-browsers",
            "No web page may call a function's address.",
            t -> urls(t).filter(u -> u.at("Cors").exists()).map(Spot::path)),
        plant(
            "ocr-optional",
            "What belongs to the function with Tesseract is made only where it is asked for.",
            t ->
                t.resources()
                    .filter(r -> r.name().startsWith("Ocr"))
                    .filter(r -> !r.at("Condition").is("OcrOn"))
                    .map(Spot::name)));
  }

  private static Stream<String> maximumWithinReserved(Template t) {
    Spot function = t.resource("ParseBatchFunction");
    Spot maximum =
        function.at("Properties.Events.Jobs.Properties.ScalingConfig.MaximumConcurrency");
    Spot reserved = t.setting(function, "ReservedConcurrentExecutions");
    boolean same =
        !maximum.text().isEmpty()
            && reserved.text().equals("${?Reserved:" + maximum.text() + ":${AWS::NoValue}}");
    boolean within = maximum.number() >= 2 && maximum.number() <= reserved.number();
    return unless(same || within, "ParseBatchFunction");
  }

  private static Stream<Spot> urls(Template t) {
    return t.resources()
        .flatMap(r ->
            r.at("Type").is("AWS::Lambda::Url")
                ? Stream.of(r.at("Properties"))
                : Stream.of(r.at("Properties.FunctionUrlConfig")).filter(Spot::exists));
  }

  private static Set<String> environment(Template t, Spot function) {
    return Stream.concat(
            t.at("Globals.Function.Environment.Variables").entries(),
            function.at("Properties.Environment.Variables").entries())
        .filter(v -> !ParameterRules.SECRET_NAME.matcher(v.name()).matches())
        .map(v -> v.name() + "=" + v.text())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> expected(Spot function) {
    Set<String> all = new TreeSet<>(BUCKETS);
    if (function.name().equals("ParseBatchFunction")) {
      all.addAll(QUEUES);
    }
    return all;
  }

  private static boolean image(Spot function) {
    return function.at("Properties.PackageType").is("Image");
  }

  private static Rule zips(String name, String sentence, String key, String expected) {
    return functions(name, sentence, (t, f) -> image(f) || t.setting(f, key).is(expected));
  }

  private static Rule functions(String name, String sentence, BiPredicate<Template, Spot> holds) {
    return plant(
        name, sentence, t -> t.resources(FUNCTION).filter(f -> !holds.test(t, f)).map(Spot::name));
  }

  private static Rule events(String name, String sentence, BiPredicate<Template, Spot> holds) {
    return plant(
        name,
        sentence,
        t ->
            t.resources(FUNCTION)
                .flatMap(f -> f.at("Properties.Events").entries())
                .map(e -> e.at("Properties"))
                .filter(e -> !holds.test(t, e))
                .map(Spot::path));
  }
}
