package dev.sandpiper.infra;

import static dev.sandpiper.infra.Rule.plant;
import static dev.sandpiper.infra.Rule.unless;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Where documents and results lie.
final class BucketRules {

  private static final String BUCKET = "AWS::S3::Bucket";
  private static final String RULES = "Properties.LifecycleConfiguration.Rules";

  private static final Set<String> LIFECYCLE =
      Set.of("Id", "Status", "Prefix", "ExpirationInDays", "AbortIncompleteMultipartUpload");

  private BucketRules() {}

  static List<Rule> rules() {
    return Stream.of(shape(), life(), guards()).flatMap(List::stream).toList();
  }

  private static List<Rule> shape() {
    return List.of(
        buckets(
            "bucket-encrypted",
            "A bucket encrypts what it holds, with the own key where there is one.",
            b ->
                b.at(encryption("ServerSideEncryptionByDefault.SSEAlgorithm"))
                    .is("${?HasKey:aws:kms:AES256}")),
        buckets(
            "bucket-own-key",
            "The own key is the bucket's key, and is asked for once and not for each object.",
            b ->
                b.at(encryption("ServerSideEncryptionByDefault.KMSMasterKeyID"))
                        .is("${?HasKey:${KmsKeyArn}:${AWS::NoValue}}")
                    && b.at(encryption("BucketKeyEnabled")).is(true)),
        buckets(
            "bucket-not-public",
            "All four locks against publication are shut.",
            b ->
                Stream.of(
                        "BlockPublicAcls",
                        "BlockPublicPolicy",
                        "IgnorePublicAcls",
                        "RestrictPublicBuckets")
                    .allMatch(lock ->
                        b.at("Properties.PublicAccessBlockConfiguration." + lock).is(true))),
        buckets(
            "bucket-owner-enforced",
            "Whoever uploads, the account owns it; access lists have no say.",
            b ->
                b.at("Properties.OwnershipControls.Rules.0.ObjectOwnership")
                    .is("BucketOwnerEnforced")),
        buckets(
            "bucket-plain",
            "A bucket is no web site.",
            b -> !b.at("Properties.WebsiteConfiguration").exists()));
  }

  private static List<Rule> life() {
    return List.of(
        buckets(
            "bucket-expires",
            "What was forgotten disappears after ExpireDays.",
            b -> rule(b, r -> r.at("ExpirationInDays").is("${ExpireDays}") && prefix(b, r))),
        buckets(
            "bucket-expires-nothing-else",
            "Nothing disappears sooner, or moves to where it cannot be read at once.",
            b ->
                b.at(RULES).items().stream()
                    .allMatch(r ->
                        r.entries().map(Spot::name).allMatch(LIFECYCLE::contains)
                            && r.at("ExpirationInDays").text().matches("|\\$\\{ExpireDays}"))),
        buckets(
            "bucket-aborts-uploads",
            "The parts of a broken upload disappear within a week.",
            b ->
                rule(
                    b,
                    r -> {
                      long days =
                          r.at("AbortIncompleteMultipartUpload.DaysAfterInitiation").number();
                      return days >= 1 && days <= 7 && !r.at("Prefix").exists();
                    })),
        buckets(
            "bucket-survives",
            "Documents are not taken away by a deleted or a changed stack; only --destroy does that.",
            b ->
                b.at("DeletionPolicy").text().matches("Retain(ExceptOnCreate)?")
                    && b.at("UpdateReplacePolicy").is("Retain")),
        buckets(
            "bucket-named",
            "A bucket's name says stack, account and region, so that nobody else can have it.",
            b ->
                b.at("Properties.BucketName")
                    .text()
                    .matches(
                        "\\$\\{AWS::StackName}-(in|out)-\\$\\{AWS::AccountId}-\\$\\{AWS::Region}")),
        buckets(
            "bucket-unversioned",
            "A deleted document is gone; old versions would stay, and cost.",
            b -> !b.at("Properties.VersioningConfiguration").exists()));
  }

  private static List<Rule> guards() {
    return List.of(
        plant(
            "bucket-guarded",
            "Every bucket has a policy of its own.",
            t ->
                t.resources(BUCKET)
                    .map(Spot::name)
                    .filter(name ->
                        t.resources("AWS::S3::BucketPolicy")
                            .noneMatch(p -> p.at("Properties.Bucket").is("${" + name + "}")))),
        policies(
            "bucket-tls",
            "No bucket is spoken to in the clear.",
            "OnlyTls",
            "Bool aws:SecureTransport false"),
        policies(
            "bucket-modern-tls",
            "No bucket is spoken to with TLS before 1.2.",
            "OnlyModernTls",
            "NumericLessThan s3:TlsVersion 1.2"),
        policies(
            "bucket-this-account",
            "No bucket is open to another account, whatever its own policies say.",
            "OnlyThisAccount",
            "StringNotEquals aws:PrincipalAccount <account>; Bool aws:PrincipalIsAWSService false"),
        plant(
            "results-by-functions",
            "Only the functions write results: no device speaks for another.",
            t -> {
              Spot deny =
                  t.resource("OutBucketPolicy")
                      .at("Properties.PolicyDocument.Statement.[OnlyFunctionsWrite]");
              return unless(
                  deny.at("Effect").is("Deny")
                      && deny.at("Action").texts().contains("s3:PutObject")
                      && deny.at("Resource").is("${OutBucket.Arn}/*")
                      && Right.proviso(deny.at("Condition"))
                          .equals(
                              "ArnNotEquals aws:PrincipalArn ${ParseRole.Arn}, ${ParseBatchRole.Arn}, ${OcrRole.Arn}"),
                  "OutBucketPolicy OnlyFunctionsWrite");
            }),
        plant(
            "expires-late-enough",
            "A document outlives its job in the queue, its result in the other, and a day's rounding.",
            t -> {
              long waits =
                  t.resource("JobsQueue").at("Properties.MessageRetentionPeriod").number()
                      + QueueRules.FOURTEEN_DAYS;
              return unless(
                  t.at("Parameters.ExpireDays.MinValue").number() >= waits / 86400 + 1,
                  "ExpireDays");
            }));
  }

  private static Rule buckets(String name, String sentence, Predicate<Spot> holds) {
    return plant(name, sentence, t -> t.resources(BUCKET).filter(holds.negate()).map(Spot::name));
  }

  /// Every bucket policy denies everything, on the bucket and all in it, under a condition.
  private static Rule policies(String name, String sentence, String sid, String proviso) {
    return plant(
        name,
        sentence,
        t ->
            t.resources("AWS::S3::BucketPolicy")
                .filter(policy -> {
                  Spot deny = policy.at("Properties.PolicyDocument.Statement.[" + sid + "]");
                  String arn = policy.at("Properties.Bucket").text().replace("}", ".Arn}");
                  return !deny.at("Effect").is("Deny")
                      || !deny.at("Action").is("s3:*")
                      || !deny.at("Resource").texts().equals(List.of(arn, arn + "/*"))
                      || !Right.proviso(deny.at("Condition")).equals(proviso);
                })
                .map(Spot::name));
  }

  private static String encryption(String path) {
    return "Properties.BucketEncryption.ServerSideEncryptionConfiguration.0." + path;
  }

  private static boolean rule(Spot bucket, Predicate<Spot> wanted) {
    return bucket.at(RULES).items().stream()
        .anyMatch(r -> r.at("Status").is("Enabled") && wanted.test(r));
  }

  private static boolean prefix(Spot bucket, Spot rule) {
    return rule.at("Prefix").is(bucket.name().equals("InBucket") ? "in/" : "out/");
  }
}
