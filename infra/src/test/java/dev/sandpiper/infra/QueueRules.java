package dev.sandpiper.infra;

import static dev.sandpiper.infra.Rule.every;
import static dev.sandpiper.infra.Rule.plant;
import static dev.sandpiper.infra.Rule.unless;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Jobs on their way, jobs that failed, results on their way back.
final class QueueRules {

  static final long FOURTEEN_DAYS = 14 * 86_400;

  private static final String QUEUE = "AWS::SQS::Queue";
  private static final Map<String, String> NAMES =
      Map.of(
          "JobsQueue", "<plant>-jobs",
          "JobsDeadQueue", "<plant>-jobs-dead",
          "ResultsQueue", "<plant>-results-<device>");

  private QueueRules() {}

  static List<Rule> rules() {
    return Stream.of(shape(), results(), jobs(), visibility(), guards())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Rule> shape() {
    return List.of(
        queues(
            "queue-encrypted",
            "A queue encrypts what it holds, with the own key where there is one.",
            q ->
                q.at("Properties.SqsManagedSseEnabled").is("${?HasKey:${AWS::NoValue}:true}")
                    && q.at("Properties.KmsMasterKeyId")
                        .is("${?HasKey:${KmsKeyArn}:${AWS::NoValue}}")),
        queues(
            "queue-named",
            "A queue's name follows from stack and device: the functions and the edge rely on it.",
            q ->
                Right.brief(q.at("Properties.QueueName").text())
                    .equals(NAMES.getOrDefault(q.name(), "?"))),
        queues(
            "queue-survives-change",
            "A queue that is replaced keeps what waits in it; a deleted stack says what becomes of it.",
            q -> q.at("UpdateReplacePolicy").is("Retain") && q.at("DeletionPolicy").exists()));
  }

  private static List<Rule> results() {
    return List.of(
        every(
            "results-wait-14-days",
            "A result waits for its edge as long as SQS allows: 14 days.",
            t -> named(t, "ResultsQueue", "MessageRetentionPeriod", FOURTEEN_DAYS)),
        every(
            "results-visibility",
            "A result taken and not finished comes again within ten minutes.",
            t -> {
              Spot queue = t.resource("ResultsQueue");
              long seconds = queue.at("Properties.VisibilityTimeout").number();
              return unless(seconds >= 30 && seconds <= 600, "ResultsQueue");
            }),
        every(
            "results-long-poll",
            "Whoever waits for results waits 20 seconds at a time: an empty answer costs as much.",
            t -> named(t, "ResultsQueue", "ReceiveMessageWaitTimeSeconds", 20)));
  }

  private static List<Rule> jobs() {
    return List.of(
        plant(
            "dead-letters-wait-14-days",
            "A dead letter waits for a person as long as SQS allows.",
            t -> named(t, "JobsDeadQueue", "MessageRetentionPeriod", FOURTEEN_DAYS)),
        plant(
            "jobs-wait-for-days",
            "A job that waits is not dropped before a day is over.",
            t ->
                unless(
                    t.resource("JobsQueue").at("Properties.MessageRetentionPeriod").number()
                        >= 86_400,
                    "JobsQueue")),
        plant(
            "jobs-have-dead-letters",
            "A job that fails again and again goes to the dead letters of this stack.",
            t ->
                unless(
                    t.resource("JobsQueue")
                        .at("Properties.RedrivePolicy.deadLetterTargetArn")
                        .is("${JobsDeadQueue.Arn}"),
                    "JobsQueue")),
        plant(
            "jobs-five-times",
            "A job is tried five times.",
            t -> named(t, "JobsQueue", "RedrivePolicy.maxReceiveCount", 5)),
        plant(
            "dead-letters-of-jobs-only",
            "The dead letters take jobs and nothing else.",
            t -> {
              Spot allow = t.resource("JobsDeadQueue").at("Properties.RedriveAllowPolicy");
              return unless(
                  allow.at("redrivePermission").is("byQueue")
                      && allow.at("sourceQueueArns").texts().stream()
                          .map(Right::brief)
                          .toList()
                          .equals(List.of("sqs:<plant>-jobs")),
                  "JobsDeadQueue");
            }));
  }

  private static List<Rule> visibility() {
    return List.of(
        plant(
            "visibility-follows-timeout",
            "A job's visibility is looked up by the functions' time-out.",
            t ->
                unless(
                    t.resource("JobsQueue")
                        .at("Properties.VisibilityTimeout")
                        .is("${map:Visibility:${TimeoutSeconds}:Seconds}"),
                    "JobsQueue")),
        plant(
            "visibility-six-timeouts",
            "A job stays hidden for six time-outs and the batching window, or it is parsed twice.",
            t ->
                t.at("Mappings.Visibility")
                    .entries()
                    .filter(v ->
                        v.at("Seconds").number() < 6 * Long.parseLong(v.name()) + 5
                            || v.at("Seconds").number() > 43_200)
                    .map(Spot::path)),
        plant(
            "visibility-for-every-timeout",
            "Every time-out on offer has its visibility and its alarm.",
            t ->
                t.at("Parameters.TimeoutSeconds.AllowedValues").texts().stream()
                    .filter(seconds ->
                        !t.at("Mappings.Visibility." + seconds).exists()
                            || !t.at("Mappings.Slow." + seconds).exists())),
        plant(
            "timeouts-listed",
            "The time-out is one of a list, since the visibility is looked up by it.",
            t ->
                unless(
                    t.at("Parameters.TimeoutSeconds.AllowedValues").exists(), "TimeoutSeconds")));
  }

  private static List<Rule> guards() {
    return List.of(
        every(
            "queue-guarded",
            "Every queue has a policy of its own.",
            t ->
                t.resources(QUEUE)
                    .map(Spot::name)
                    .filter(name ->
                        t.resources("AWS::SQS::QueuePolicy")
                            .noneMatch(p ->
                                p.at("Properties.Queues")
                                    .texts()
                                    .equals(List.of("${" + name + "}"))))),
        policies(
            "queue-tls",
            "No queue is spoken to in the clear.",
            "OnlyTls",
            "Bool aws:SecureTransport false"),
        policies(
            "queue-this-account",
            "No queue is open to another account, whatever its own policies say.",
            "OnlyThisAccount",
            "StringNotEquals aws:PrincipalAccount <account>; Bool aws:PrincipalIsAWSService false"),
        plant(
            "jobs-taken-by-function",
            "Only the burst function takes jobs: nobody else can make one look done.",
            t ->
                only(
                    t,
                    "JobsQueuePolicy",
                    "[OnlyTheFunctionTakesJobs]",
                    List.of(
                        "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"))),
        every(
            "results-sent-by-function",
            "Only the burst function announces results.",
            t ->
                only(
                    t,
                    "ResultsQueuePolicy",
                    "[OnlyTheFunctionSends]",
                    List.of("sqs:SendMessage"))));
  }

  private static Stream<String> only(Template t, String policy, String sid, List<String> actions) {
    Spot resource = t.resource(policy);
    Spot deny = resource.at("Properties.PolicyDocument.Statement." + sid);
    boolean holds =
        !resource.exists()
            || (deny.at("Effect").is("Deny")
                && deny.at("Action").texts().equals(actions)
                && deny.at("Resource").is("${" + policy.replace("Policy", ".Arn}"))
                && Right.proviso(deny.at("Condition"))
                    .matches(
                        "ArnNotEquals aws:PrincipalArn \\$\\{(ParseBatchRole\\.Arn|BatchRoleArn)}"));
    return unless(holds, policy);
  }

  private static Stream<String> named(Template t, String queue, String property, long expected) {
    return unless(t.resource(queue).at("Properties." + property).is(expected), queue);
  }

  private static Rule queues(String name, String sentence, Predicate<Spot> holds) {
    return every(name, sentence, t -> t.resources(QUEUE).filter(holds.negate()).map(Spot::name));
  }

  private static Rule policies(String name, String sentence, String sid, String proviso) {
    return every(
        name,
        sentence,
        t ->
            t.resources("AWS::SQS::QueuePolicy")
                .filter(policy -> {
                  Spot deny = policy.at("Properties.PolicyDocument.Statement.[" + sid + "]");
                  String arn = policy.at("Properties.Queues.0").text().replace("}", ".Arn}");
                  return !deny.at("Effect").is("Deny")
                      || !deny.at("Action").is("sqs:*")
                      || !deny.at("Resource").is(arn)
                      || !Right.proviso(deny.at("Condition")).equals(proviso);
                })
                .map(Spot::name));
  }
}
