package dev.sandpiper.infra;

import static dev.sandpiper.infra.Mutation.identity;
import static dev.sandpiper.infra.Mutation.plant;

import java.util.List;
import java.util.stream.Stream;

/// Templates that break the rules of parameters, buckets and queues.
final class ResourceMutations {

  private static final String IN = "Resources.InBucket.";
  private static final String OUT = "Resources.OutBucket.";
  private static final String IN_SAYS = "Resources.InBucketPolicy.Properties.PolicyDocument.";
  private static final String OUT_SAYS = "Resources.OutBucketPolicy.Properties.PolicyDocument.";
  private static final String JOBS = "Resources.JobsQueue.";
  private static final String DEAD = "Resources.JobsDeadQueue.";
  private static final String RESULTS = "Resources.ResultsQueue.";
  private static final String JOBS_SAY = "Resources.JobsQueuePolicy.Properties.PolicyDocument.";
  private static final String DEAD_SAY = "Resources.JobsDeadQueuePolicy.Properties.PolicyDocument.";
  private static final String RESULTS_SAY =
      "Resources.ResultsQueuePolicy.Properties.PolicyDocument.";

  private ResourceMutations() {}

  static Stream<Mutation> all() {
    return Stream.of(
            parameters(),
            secrets(),
            options(),
            buckets(),
            bucketLives(),
            bucketPolicies(),
            queues(),
            jobs(),
            queuePolicies())
        .flatMap(List::stream);
  }

  private static List<Mutation> parameters() {
    return List.of(
        plant(
            "parameter-described",
            "SnapStart is not described",
            e -> e.remove("Parameters.SnapStart.Description")),
        plant(
            "parameter-bounded",
            "memory has no upper limit",
            e -> e.remove("Parameters.MemoryMegabytes.MaxValue")),
        plant(
            "parameter-bounded",
            "the rollout may be any text",
            e -> e.remove("Parameters.Rollout.AllowedValues")),
        plant(
            "pattern-refuses",
            "the mail address may be anything",
            e -> e.set("Parameters.AlarmEmail.AllowedPattern", "'.*'")),
        identity(
            "pattern-refuses",
            "the sender may be any role",
            e ->
                e.replace(
                    "Parameters.BatchRoleArn.AllowedPattern", "[A-Za-z0-9+=", "[*A-Za-z0-9+=")),
        plant(
            "nobody-by-default",
            "somebody gets the mail by default",
            e -> e.set("Parameters.AlarmEmail.Default", "someone@example.com")),
        plant("ocr-needs-image", "the assertion is gone", e -> e.remove("Rules.OcrNeedsAnImage")),
        identity(
            "pattern-explained",
            "the plant's pattern is not explained",
            e -> e.remove("Parameters.Plant.ConstraintDescription")),
        plant(
            "parameter-default-allowed",
            "the default time-out is not on the list",
            e -> e.set("Parameters.TimeoutSeconds.Default", "45")),
        plant(
            "parameter-default-allowed",
            "the default budget is beyond its limit",
            e -> e.set("Parameters.MonthlyBudgetDollars.Default", "1000000")),
        plant(
            "parameter-used",
            "a parameter does nothing",
            e ->
                e.set(
                    "Parameters.Colour",
                    "{Type: String, Default: red, AllowedValues: [red], Description: A colour.}")));
  }

  private static List<Mutation> secrets() {
    String variables = "Resources.ParseFunction.Properties.Environment.Variables.";
    return List.of(
        plant(
            "no-secret-parameter",
            "a password is asked for",
            e ->
                e.set(
                        "Parameters.DatabasePassword",
                        "{Type: String, Description: A password., AllowedPattern: '[a-z]{8}',"
                            + " ConstraintDescription: Eight letters.}")
                    .set(
                        "Resources.ParseFunction.Properties.Description", "!Ref DatabasePassword")),
        plant(
            "no-secret-parameter",
            "a parameter is hidden",
            e -> e.set("Parameters.AlarmEmail.NoEcho", "true")),
        plant(
            "no-secret-literal",
            "an access key stands in a description",
            e ->
                e.set(
                    "Resources.ParseFunction.Properties.Description",
                    "'key " + "AKIA" + "IOSFODNN7EXAMPLE'")),
        plant(
            "no-secret-variable",
            "a token is put into the environment",
            e -> e.set(variables + "BOT_TOKEN", "'123'")));
  }

  private static List<Mutation> options() {
    return List.of(
        plant(
            "device-name",
            "a device may have capitals",
            e -> e.set("Parameters.Device.AllowedPattern", "'[A-Za-z][A-Za-z0-9-]{0,31}'")),
        identity(
            "device-name",
            "a device's name may be a path",
            e -> e.set("Parameters.Device.AllowedPattern", "'[a-z][a-z0-9/-]{0,31}'")),
        plant(
            "optional-off",
            "the function's address is on by default",
            e -> e.set("Parameters.FunctionUrl.Default", "'on'")),
        plant(
            "optional-off",
            "Tesseract is on by default",
            e -> e.set("Parameters.Ocr.Default", "container")),
        plant(
            "log-level-cheap",
            "DEBUG is on offer",
            e -> e.add("Parameters.LogLevel.AllowedValues", "DEBUG")),
        plant(
            "ocr-by-digest",
            "an image may be named by a tag",
            e ->
                e.set(
                    "Parameters.OcrImageUri.AllowedPattern",
                    "'^$|[0-9]{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com/[a-z0-9:._/-]{1,200}'")),
        plant(
            "snapstart-small-disk",
            "the assertion allows 1024 MB",
            e ->
                e.set(
                    "Rules.SnapStartNeedsSmallDisk.Assertions.0.Assert",
                    "!Equals [!Ref EphemeralMegabytes, '1024']")),
        plant(
            "condition-used",
            "a condition decides nothing",
            e -> e.set("Conditions.Never", "!Equals [a, b]")));
  }

  private static List<Mutation> buckets() {
    String encryption = "Properties.BucketEncryption.ServerSideEncryptionConfiguration.0.";
    return List.of(
        plant(
            "bucket-encrypted",
            "the algorithm ignores the own key",
            e -> e.set(IN + encryption + "ServerSideEncryptionByDefault.SSEAlgorithm", "AES256")),
        plant(
            "bucket-own-key",
            "the key is asked for each object",
            e -> e.set(OUT + encryption + "BucketKeyEnabled", "false")),
        plant(
            "bucket-own-key",
            "the key is somebody's",
            e ->
                e.set(
                    OUT + encryption + "ServerSideEncryptionByDefault.KMSMasterKeyID",
                    "alias/other")),
        plant(
            "bucket-not-public",
            "one lock is open",
            e ->
                e.set(IN + "Properties.PublicAccessBlockConfiguration.BlockPublicPolicy", "false")),
        plant(
            "bucket-not-public",
            "the locks are gone",
            e -> e.remove(OUT + "Properties.PublicAccessBlockConfiguration")),
        plant(
            "bucket-owner-enforced",
            "the uploader owns",
            e ->
                e.set(IN + "Properties.OwnershipControls.Rules.0.ObjectOwnership", "ObjectWriter")),
        plant(
            "bucket-plain",
            "the bucket is a web site",
            e -> e.set(OUT + "Properties.WebsiteConfiguration", "{IndexDocument: index.html}")));
  }

  private static List<Mutation> bucketLives() {
    String rules = "Properties.LifecycleConfiguration.Rules.";
    return List.of(
        plant(
            "bucket-expires",
            "results never expire",
            e -> e.set(OUT + rules + "0.Status", "Disabled")),
        plant(
            "bucket-expires",
            "only another prefix expires",
            e -> e.set(IN + rules + "0.Prefix", "tmp/")),
        plant(
            "bucket-expires-nothing-else",
            "everything disappears after a day",
            e ->
                e.add(
                    IN + "Properties.LifecycleConfiguration.Rules",
                    "{Id: all, Status: Enabled, ExpirationInDays: 1}")),
        plant(
            "bucket-expires-nothing-else",
            "results move to the archive",
            e ->
                e.set(
                    OUT + rules + "0.Transitions",
                    "[{StorageClass: DEEP_ARCHIVE, TransitionInDays: 1}]")),
        plant(
            "bucket-aborts-uploads",
            "broken uploads stay for a year",
            e -> e.set(IN + rules + "1.AbortIncompleteMultipartUpload.DaysAfterInitiation", "365")),
        plant(
            "bucket-survives",
            "the stack takes documents with it",
            e -> e.set(IN + "DeletionPolicy", "Delete")),
        plant(
            "bucket-survives",
            "nothing is said of a replaced bucket",
            e -> e.remove(OUT + "UpdateReplacePolicy")),
        plant(
            "bucket-named",
            "the name is anybody's",
            e -> e.set(IN + "Properties.BucketName", "sandpiper-in")),
        plant(
            "bucket-unversioned",
            "old versions are kept",
            e -> e.set(IN + "Properties.VersioningConfiguration", "{Status: Enabled}")),
        plant(
            "expires-late-enough",
            "documents expire after a week",
            e -> e.set("Parameters.ExpireDays.MinValue", "7")),
        plant(
            "expires-late-enough",
            "jobs wait longer than before",
            e -> e.set(JOBS + "Properties.MessageRetentionPeriod", "1209600")));
  }

  private static List<Mutation> bucketPolicies() {
    return List.of(
        plant(
            "bucket-guarded",
            "the policy is for the other bucket",
            e ->
                e.set("Resources.InBucketPolicy.Properties.Bucket", "!Ref OutBucket")
                    .set(
                        IN_SAYS + "Statement.0.Resource",
                        "[!GetAtt OutBucket.Arn, !Sub '${OutBucket.Arn}/*']")
                    .set(
                        IN_SAYS + "Statement.1.Resource",
                        "[!GetAtt OutBucket.Arn, !Sub '${OutBucket.Arn}/*']")
                    .set(
                        IN_SAYS + "Statement.2.Resource",
                        "[!GetAtt OutBucket.Arn, !Sub '${OutBucket.Arn}/*']")),
        plant("bucket-tls", "the denial is gone", e -> e.remove(IN_SAYS + "Statement.[OnlyTls]")),
        plant(
            "bucket-tls",
            "only the bucket is meant, not what is in it",
            e -> e.set(OUT_SAYS + "Statement.0.Resource", "!GetAtt OutBucket.Arn")),
        plant(
            "bucket-modern-tls",
            "TLS 1.1 is enough",
            e ->
                e.set(
                    IN_SAYS + "Statement.[OnlyModernTls].Condition.NumericLessThan.s3:TlsVersion",
                    "'1.1'")),
        plant(
            "bucket-this-account",
            "another account may come in",
            e -> e.remove(OUT_SAYS + "Statement.[OnlyThisAccount]")),
        plant(
            "results-by-functions",
            "any role of the account may write results",
            e -> e.remove(OUT_SAYS + "Statement.[OnlyFunctionsWrite]")),
        plant(
            "results-by-functions",
            "a further role may write results",
            e ->
                e.add(
                    OUT_SAYS
                        + "Statement.[OnlyFunctionsWrite].Condition.ArnNotEquals.aws:PrincipalArn",
                    "!GetAtt RolloutRole.Arn")));
  }

  private static List<Mutation> queues() {
    return List.of(
        plant(
            "queue-encrypted",
            "jobs lie in the clear",
            e -> e.set(JOBS + "Properties.SqsManagedSseEnabled", "false")),
        identity(
            "queue-encrypted",
            "the own key is not used",
            e -> e.remove(RESULTS + "Properties.KmsMasterKeyId")),
        plant(
            "queue-named",
            "the results queue is not the device's",
            e -> e.set(RESULTS + "Properties.QueueName", "!Sub '${AWS::StackName}-results'")),
        plant(
            "queue-survives-change",
            "a replaced queue takes its results with it",
            e -> e.set(RESULTS + "UpdateReplacePolicy", "Delete")),
        plant(
            "queue-survives-change",
            "nothing is said of a deleted one",
            e -> e.remove(JOBS + "DeletionPolicy")),
        plant(
            "results-wait-14-days",
            "results wait for four",
            e -> e.set(RESULTS + "Properties.MessageRetentionPeriod", "345600")),
        identity(
            "results-wait-14-days",
            "results wait for SQS's default",
            e -> e.remove(RESULTS + "Properties.MessageRetentionPeriod")),
        plant(
            "results-visibility",
            "a taken result is hidden for hours",
            e -> e.set(RESULTS + "Properties.VisibilityTimeout", "40000")),
        plant(
            "results-long-poll",
            "the edge asks again and again",
            e -> e.remove(RESULTS + "Properties.ReceiveMessageWaitTimeSeconds")));
  }

  private static List<Mutation> jobs() {
    return List.of(
        plant(
            "dead-letters-wait-14-days",
            "dead letters wait for an hour",
            e -> e.set(DEAD + "Properties.MessageRetentionPeriod", "3600")),
        plant(
            "jobs-wait-for-days",
            "a job waits for a minute",
            e -> e.set(JOBS + "Properties.MessageRetentionPeriod", "60")),
        plant(
            "jobs-have-dead-letters",
            "they are the results",
            e ->
                e.set(
                    JOBS + "Properties.RedrivePolicy.deadLetterTargetArn",
                    "!GetAtt ResultsQueue.Arn")),
        plant(
            "jobs-five-times",
            "a job is tried once",
            e -> e.set(JOBS + "Properties.RedrivePolicy.maxReceiveCount", "1")),
        plant(
            "dead-letters-of-jobs-only",
            "any queue may send its dead",
            e -> e.set(DEAD + "Properties.RedriveAllowPolicy.redrivePermission", "allowAll")),
        plant(
            "visibility-follows-timeout",
            "the visibility is SQS's default",
            e -> e.remove(JOBS + "Properties.VisibilityTimeout")),
        plant(
            "visibility-follows-timeout",
            "the visibility is a number",
            e -> e.set(JOBS + "Properties.VisibilityTimeout", "120")),
        plant(
            "visibility-six-timeouts",
            "one is five time-outs",
            e -> e.set("Mappings.Visibility.300.Seconds", "1500")),
        plant(
            "visibility-six-timeouts",
            "the batching window is forgotten",
            e -> e.set("Mappings.Visibility.900.Seconds", "5400")),
        plant(
            "visibility-for-every-timeout",
            "a time-out is added and nothing else",
            e -> e.add("Parameters.TimeoutSeconds.AllowedValues", "450")),
        plant(
            "timeouts-listed",
            "any time-out may be given",
            e ->
                e.remove("Parameters.TimeoutSeconds.AllowedValues")
                    .set("Parameters.TimeoutSeconds.MinValue", "10")
                    .set("Parameters.TimeoutSeconds.MaxValue", "900")));
  }

  private static List<Mutation> queuePolicies() {
    return List.of(
        plant(
            "queue-guarded",
            "the dead letters' policy is gone",
            e -> e.remove("Resources.JobsDeadQueuePolicy")),
        plant("queue-tls", "the denial is gone", e -> e.remove(DEAD_SAY + "Statement.[OnlyTls]")),
        identity(
            "queue-tls",
            "it denies what is encrypted",
            e ->
                e.set(
                    RESULTS_SAY + "Statement.[OnlyTls].Condition.Bool.aws:SecureTransport",
                    "'true'")),
        plant(
            "queue-this-account",
            "another account may come in",
            e -> e.remove(JOBS_SAY + "Statement.[OnlyThisAccount]")),
        plant(
            "jobs-taken-by-function",
            "anybody may delete jobs",
            e -> e.remove(JOBS_SAY + "Statement.[OnlyTheFunctionTakesJobs].Action.1")),
        plant(
            "jobs-taken-by-function",
            "the denial is of another queue",
            e ->
                e.set(
                    JOBS_SAY + "Statement.[OnlyTheFunctionTakesJobs].Resource",
                    "!GetAtt JobsDeadQueue.Arn")),
        plant(
            "results-sent-by-function",
            "anybody may announce results",
            e -> e.remove(RESULTS_SAY + "Statement.[OnlyTheFunctionSends]")),
        identity(
            "results-sent-by-function",
            "the device may announce its own results",
            e ->
                e.set(
                    RESULTS_SAY
                        + "Statement.[OnlyTheFunctionSends].Condition.ArnNotEquals.aws:PrincipalArn",
                    "!GetAtt DeviceRole.Arn")));
  }
}
