package dev.sandpiper.infra;

import static dev.sandpiper.infra.Mutation.identity;
import static dev.sandpiper.infra.Mutation.plant;

import java.util.List;
import java.util.stream.Stream;

/// Templates that break the rules of functions, and of those who watch them.
final class RunMutations {

  private static final String PARSE = "Resources.ParseFunction.Properties.";
  private static final String BATCH = "Resources.ParseBatchFunction.Properties.";
  private static final String JOBS = BATCH + "Events.Jobs.Properties.";
  private static final String GLOBAL = "Globals.Function.";

  private RunMutations() {}

  static Stream<Mutation> all() {
    return Stream.of(
            code(), running(), calling(), events(), logs(), alarms(), money(), form(), additions())
        .flatMap(List::stream);
  }

  private static List<Mutation> code() {
    return List.of(
        plant(
            "function-known",
            "a function has another name",
            e -> e.set(PARSE + "FunctionName", "!Sub '${AWS::StackName}-parser'")),
        plant("runtime-java25", "it is an older Java", e -> e.set(PARSE + "Runtime", "java21")),
        plant("architecture-arm64", "it is x86", e -> e.set(GLOBAL + "Architectures", "[x86_64]")),
        plant(
            "architecture-arm64",
            "one function is x86",
            e -> e.set(BATCH + "Architectures", "[x86_64]")),
        plant(
            "package-ours",
            "the package comes from a bucket",
            e -> e.set(BATCH + "CodeUri", "s3://elsewhere/functions.zip")),
        plant(
            "handler-ours",
            "the handler has a typo",
            e -> e.set(BATCH + "Handler", "dev.sandpiper.functions.ParseBatch::handleRequest")),
        plant(
            "no-layers",
            "a layer is put in",
            e -> e.set(PARSE + "Layers", "['arn:aws:lambda:eu-central-1:999999999999:layer:x:1']")),
        plant(
            "environment-complete",
            "the jobs' address is missing",
            e -> e.remove(BATCH + "Environment.Variables.SANDPIPER_JOBS_URL")),
        plant(
            "environment-complete",
            "the number of tries is another",
            e -> e.set(BATCH + "Environment.Variables.SANDPIPER_MAX_RECEIVES", "'3'")),
        plant(
            "environment-complete",
            "the buckets are exchanged",
            e -> e.set(PARSE + "Environment.Variables.SANDPIPER_IN_BUCKET", "!Ref OutBucket")),
        plant(
            "environment-complete",
            "an agent is loaded into the JVM",
            e ->
                e.set(
                    GLOBAL + "Environment.Variables.JAVA_TOOL_OPTIONS", "'-javaagent:/tmp/x.jar'")),
        plant(
            "own-role",
            "two functions share a role",
            e -> e.set(PARSE + "Role", "!GetAtt ParseBatchRole.Arn")),
        plant(
            "rights-in-the-role",
            "SAM grants more",
            e -> e.set(PARSE + "Policies", "[S3FullAccessPolicy]")));
  }

  private static List<Mutation> running() {
    return List.of(
        plant("timeout-parameter", "the time-out is fixed", e -> e.set(BATCH + "Timeout", "900")),
        plant("memory-parameter", "memory is fixed", e -> e.set(BATCH + "MemorySize", "10240")),
        plant(
            "log-own-group",
            "a function writes to the other's log",
            e -> e.set(PARSE + "LoggingConfig.LogGroup", "!Ref ParseBatchLog")),
        plant("log-json", "logs are text", e -> e.set(PARSE + "LoggingConfig.LogFormat", "Text")),
        plant(
            "log-level-parameter",
            "everything is logged",
            e -> e.set(BATCH + "LoggingConfig.ApplicationLogLevel", "TRACE")),
        plant("traced", "tracing is off", e -> e.set(GLOBAL + "Tracing", "PassThrough")),
        plant(
            "snapstart-parameter",
            "SnapStart is always on",
            e -> e.set(PARSE + "SnapStart.ApplyOn", "PublishedVersions")),
        plant(
            "concurrency-reserved",
            "nothing is reserved",
            e -> e.remove(PARSE + "ReservedConcurrentExecutions")),
        plant(
            "no-provisioned-concurrency",
            "five are kept warm",
            e ->
                e.set(
                    PARSE + "ProvisionedConcurrencyConfig",
                    "{ProvisionedConcurrentExecutions: 5}")));
  }

  private static List<Mutation> calling() {
    return List.of(
        plant("alias-live", "there is no alias", e -> e.remove(PARSE + "AutoPublishAlias")),
        plant(
            "rollout-guarded",
            "no alarm guards it",
            e -> e.remove(PARSE + "DeploymentPreference.Alarms")),
        plant(
            "rollout-guarded",
            "the other function's alarm guards it",
            e -> e.set(BATCH + "DeploymentPreference.Alarms", "[!Ref ParseErrorsAlarm]")),
        plant(
            "rollout-guarded",
            "it is off",
            e -> e.set(BATCH + "DeploymentPreference.Enabled", "false")),
        plant(
            "rollout-no-hooks",
            "a foreign function runs before it",
            e ->
                e.set(
                    PARSE + "DeploymentPreference.Hooks",
                    "{PreTraffic: 'arn:aws:lambda:eu-central-1:999999999999:function:x'}")),
        plant(
            "rollout-own-role",
            "SAM makes the role",
            e -> e.remove(BATCH + "DeploymentPreference.Role")),
        plant(
            "rollout-parameter",
            "it is all at once",
            e -> e.set(PARSE + "DeploymentPreference.Type", "AllAtOnce")),
        plant(
            "url-signed",
            "anybody may call the address",
            e -> e.set("Resources.ParseUrl.Properties.AuthType", "NONE")),
        plant(
            "url-on-alias",
            "the address leads to the newest code",
            e -> e.remove("Resources.ParseUrl.Properties.Qualifier")),
        plant(
            "url-optional",
            "the address is always there",
            e -> e.remove("Resources.ParseUrl.Condition")),
        plant(
            "url-no-browsers",
            "any web page may call",
            e -> e.set("Resources.ParseUrl.Properties.Cors", "{AllowOrigins: ['*']}")),
        plant(
            "ocr-optional",
            "its role is always made",
            e -> e.remove("Resources.OcrRole.Condition")));
  }

  private static List<Mutation> events() {
    return List.of(
        plant(
            "jobs-event",
            "a bucket calls the direct function",
            e ->
                e.set(
                    PARSE + "Events.Upload",
                    "{Type: S3, Properties: {FunctionResponseTypes: [ReportBatchItemFailures],"
                        + " BatchSize: 1, MaximumBatchingWindowInSeconds: 1}}")),
        plant(
            "jobs-event",
            "the results feed the function",
            e -> e.set(JOBS + "Queue", "!GetAtt ResultsQueue.Arn")),
        plant(
            "partial-batches",
            "one failure fails all ten",
            e -> e.remove(JOBS + "FunctionResponseTypes")),
        plant(
            "batch-size",
            "a batch of a hundred has no window to fill",
            e -> e.set(JOBS + "BatchSize", "100")),
        plant(
            "batch-window",
            "a batch waits for five minutes",
            e -> e.set(JOBS + "MaximumBatchingWindowInSeconds", "300")),
        plant(
            "event-enabled-whole",
            "a filter deletes jobs",
            e ->
                e.set(
                    JOBS + "FilterCriteria",
                    "{Filters: [{Pattern: '{\"body\": {\"requestId\": [\"x\"]}}'}]}")),
        plant(
            "event-enabled-whole",
            "the event source is off",
            e -> e.set(JOBS + "Enabled", "false")),
        plant(
            "maximum-within-reserved",
            "less is reserved than may be taken",
            e -> e.set(BATCH + "ReservedConcurrentExecutions", "5")),
        plant(
            "maximum-within-reserved",
            "the other function's share is reserved",
            e ->
                e.set(
                    BATCH + "ReservedConcurrentExecutions",
                    "!If [Reserved, !Ref DirectConcurrency, !Ref AWS::NoValue]")),
        plant(
            "maximum-within-reserved",
            "as many are taken as there are",
            e -> e.remove(JOBS + "ScalingConfig")));
  }

  private static List<Mutation> logs() {
    return List.of(
        plant(
            "log-retention",
            "a log is kept for ever",
            e -> e.remove("Resources.ParseLog.Properties.RetentionInDays")),
        plant(
            "log-named",
            "the role may not write to the log",
            e -> e.set("Resources.ParseLog.Properties.LogGroupName", "/sandpiper/parse")),
        plant(
            "log-own-key",
            "a log ignores the own key",
            e -> e.remove("Resources.ParseBatchLog.Properties.KmsKeyId")),
        plant(
            "log-goes-with-stack",
            "nothing is said of a log",
            e -> e.remove("Resources.ParseBatchLog.DeletionPolicy")));
  }

  private static List<Mutation> alarms() {
    return List.of(
        plant(
            "alarm-dead-letters", "the alarm is gone", e -> e.remove("Resources.DeadLettersAlarm")),
        plant(
            "alarm-dead-letters",
            "a hundred dead letters are normal",
            e -> e.set("Resources.DeadLettersAlarm.Properties.Threshold", "100")),
        plant(
            "alarm-age",
            "a job may wait for days",
            e -> e.set("Resources.JobsAgeAlarm.Properties.Threshold", "500000")),
        plant("alarm-results-age", "the alarm is gone", e -> e.remove("Resources.ResultsAgeAlarm")),
        plant(
            "alarm-errors",
            "it watches a function that is not there",
            e ->
                e.set(
                    "Resources.ParseErrorsAlarm.Properties.Dimensions.0.Value",
                    "!Sub '${AWS::StackName}-parser'")),
        plant(
            "alarm-errors",
            "a million errors are normal",
            e -> e.set("Resources.ParseBatchErrorsAlarm.Properties.Threshold", "1000000")),
        plant(
            "alarm-throttles",
            "the alarm is gone",
            e -> e.remove("Resources.ParseBatchThrottlesAlarm")),
        plant(
            "alarm-slow",
            "the average is watched",
            e -> e.set("Resources.ParseSlowAlarm.Properties.ExtendedStatistic", "p50")),
        plant(
            "slow-before-timeout",
            "it sounds after the time-out",
            e -> e.set("Mappings.Slow.60.Milliseconds", "70000")),
        plant(
            "alarm-tells",
            "an alarm tells nobody",
            e -> e.remove("Resources.JobsAgeAlarm.Properties.AlarmActions")),
        plant(
            "alarm-tells",
            "the all-clear goes elsewhere",
            e ->
                e.add(
                    "Resources.JobsAgeAlarm.Properties.OKActions",
                    "'arn:aws:sns:eu-central-1:999999999999:x'")),
        plant(
            "alarm-enabled",
            "an alarm is off",
            e -> e.set("Resources.JobsAgeAlarm.Properties.ActionsEnabled", "false")),
        plant(
            "alarm-direction",
            "it sounds when all is well",
            e ->
                e.set(
                    "Resources.DeadLettersAlarm.Properties.ComparisonOperator",
                    "LessThanThreshold")),
        plant(
            "alarm-prompt",
            "it waits for a day",
            e -> e.set("Resources.ParseErrorsAlarm.Properties.EvaluationPeriods", "1440")),
        plant(
            "alarm-measured",
            "it reads somebody's own numbers",
            e -> e.set("Resources.ParseErrorsAlarm.Properties.Namespace", "Custom")),
        plant(
            "alarm-quiet-when-idle",
            "an idle plant is an alarm",
            e -> e.set("Resources.JobsAgeAlarm.Properties.TreatMissingData", "breaching")),
        plant(
            "alarm-says-what-to-do",
            "an alarm says nothing",
            e -> e.set("Resources.JobsAgeAlarm.Properties.AlarmDescription", "Alarm")));
  }

  private static List<Mutation> money() {
    return List.of(
        plant("alarm-mail", "nobody gets mail", e -> e.remove("Resources.AlarmMail")),
        plant(
            "alarm-mail",
            "somebody else gets mail",
            e -> e.set("Resources.AlarmMail.Properties.Endpoint", "someone@example.com")),
        plant(
            "alarm-mail-only",
            "a web hook hears every alarm",
            e ->
                e.set(
                    "Resources.Hook",
                    "{Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref AlarmTopic, Protocol:"
                        + " https, Endpoint: 'https://example.com'}}")),
        plant(
            "topic-tls",
            "the denial is gone",
            e ->
                e.remove(
                    "Resources.AlarmTopicPolicy.Properties.PolicyDocument.Statement.[OnlyTls]")),
        plant(
            "budget",
            "it is for a year",
            e -> e.set("Resources.Budget.Properties.Budget.TimeUnit", "ANNUALLY")),
        plant(
            "budget-warns-early",
            "there is no forecast",
            e -> e.remove("Resources.Budget.Properties.NotificationsWithSubscribers.2")),
        plant(
            "dashboard",
            "the dead letters are not shown",
            e ->
                e.replace(
                    "Resources.PlantDashboard.Properties.DashboardBody",
                    "-jobs-dead",
                    "-jobs-gone")));
  }

  private static List<Mutation> form() {
    return List.of(
        plant("tagged", "a bucket has no tag", e -> e.remove("Resources.InBucket.Properties.Tags")),
        identity(
            "tagged",
            "the profile has another tag",
            e -> e.set("Resources.DeviceProfile.Properties.Tags.0.Key", "other")),
        plant(
            "functions-tagged",
            "tags stay with the functions",
            e -> e.set(GLOBAL + "PropagateTags", "false")),
        plant(
            "known-types",
            "a machine is added",
            e -> e.set("Resources.Miner", "{Type: AWS::EC2::Instance}")),
        plant(
            "known-types",
            "anybody may invoke a function",
            e ->
                e.set(
                    "Resources.Open",
                    "{Type: AWS::Lambda::Permission, Properties: {Principal: '*', Action:"
                        + " lambda:InvokeFunction, FunctionName: !Ref ParseFunction}}")));
  }

  private static List<Mutation> additions() {
    return List.of(
        plant("known-sections", "a hook stands in the template", e -> e.set("Hooks", "{}")),
        plant(
            "known-attributes",
            "a connector grants more",
            e ->
                e.set(
                    "Resources.ParseFunction.Connectors",
                    "{Out: {Properties: {Destination: {Id: OutBucket}, Permissions: [Read, Write]}}}")),
        plant(
            "known-properties",
            "an inventory of all documents goes elsewhere",
            e ->
                e.set(
                    "Resources.InBucket.Properties.InventoryConfigurations",
                    "[{Id: all, Destination: {BucketArn: 'arn:aws:s3:::elsewhere'}}]")),
        identity(
            "known-properties",
            "jobs are delayed",
            e -> e.set("Resources.ResultsQueue.Properties.DelaySeconds", "900")),
        plant(
            "known-globals",
            "every function gets an open address",
            e -> e.set(GLOBAL + "AutoPublishAliasAllProperties", "true")),
        plant(
            "made-unconditionally",
            "a guard is made only with Tesseract",
            e -> e.set("Resources.InBucketPolicy.Condition", "OcrOn")),
        plant(
            "conditions-as-agreed",
            "the own key is never used",
            e -> e.set("Conditions.HasKey", "!Equals [!Ref KmsKeyArn, 'never']")),
        plant(
            "no-long-lived-key",
            "a key is made",
            e -> e.set("Resources.Key", "{Type: AWS::IAM::AccessKey, Properties: {UserName: pi}}")),
        identity(
            "no-long-lived-key",
            "a user is made",
            e -> e.set("Resources.Pi", "{Type: AWS::IAM::User}")),
        plant("no-macros", "a macro rewrites the template", e -> e.add("Transform", "OurMacro")),
        plant(
            "outputs-complete",
            "the results queue is not told",
            e -> e.remove("Outputs.ResultsQueue")),
        plant(
            "outputs-are-keys",
            "an output names no key",
            e -> e.set("Outputs.InBucket.Description", "The bucket.")),
        plant(
            "output-function-alias",
            "the agent is told the newest code",
            e -> e.set("Outputs.Function.Value", "!GetAtt ParseFunction.Arn")));
  }
}
