package dev.sandpiper.infra;

import static dev.sandpiper.infra.Rule.every;
import static dev.sandpiper.infra.Rule.plant;
import static dev.sandpiper.infra.Rule.unless;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Who notices: logs, alarms, the budget, the dashboard, the outputs.
final class WatchRules {

  private static final String ALARM = "AWS::CloudWatch::Alarm";

  private static final Set<String> TAGGED =
      Set.of(
          "AWS::S3::Bucket",
          "AWS::SQS::Queue",
          "AWS::SNS::Topic",
          "AWS::Logs::LogGroup",
          "AWS::IAM::Role",
          "AWS::CloudWatch::Alarm",
          "AWS::Budgets::Budget",
          "AWS::RolesAnywhere::TrustAnchor",
          "AWS::RolesAnywhere::Profile");

  private WatchRules() {}

  static List<Rule> rules() {
    return Stream.of(logs(), watched(), alarms(), mail(), money(), tags())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Rule> logs() {
    return List.of(
        logs(
            "log-retention",
            "No log is kept for ever.",
            g -> g.at("Properties.RetentionInDays").is("${LogRetentionDays}")),
        logs(
            "log-named",
            "A log's name is the one that the function's role may write to.",
            g -> g.at("Properties.LogGroupName").text().equals(logName(g))),
        logs(
            "log-own-key",
            "A log is encrypted with the own key where there is one.",
            g -> g.at("Properties.KmsKeyId").is("${?HasKey:${KmsKeyArn}:${AWS::NoValue}}")),
        logs(
            "log-goes-with-stack",
            "It is said what becomes of a log when its stack goes.",
            g -> g.at("DeletionPolicy").exists() && g.at("UpdateReplacePolicy").exists()));
  }

  private static List<Rule> watched() {
    return List.of(
        watched(
            "alarm-dead-letters",
            "A dead letter is noticed at once.",
            "JobsDeadQueue",
            a ->
                a.at("Properties.MetricName").is("ApproximateNumberOfMessagesVisible")
                    && a.at("Properties.Threshold").number() == 0),
        watched(
            "alarm-age",
            "A job that waits for hours is noticed.",
            "JobsQueue",
            a ->
                a.at("Properties.MetricName").is("ApproximateAgeOfOldestMessage")
                    && a.at("Properties.Threshold").number() > 0
                    && a.at("Properties.Threshold").number() <= 14_400),
        watched(
            "alarm-results-age",
            "A result that nobody fetches is noticed long before its 14 days are over.",
            "ResultsQueue",
            a ->
                a.at("Properties.MetricName").is("ApproximateAgeOfOldestMessage")
                    && a.at("Properties.Threshold").number() > 0
                    && a.at("Properties.Threshold").number() <= 7 * 86_400),
        byFunction("alarm-errors", "A function that fails is noticed.", "Errors"),
        byFunction("alarm-throttles", "A function that is refused is noticed.", "Throttles"),
        byFunction("alarm-slow", "A function that nears its time-out is noticed.", "Duration"),
        plant(
            "slow-before-timeout",
            "The slowness alarm sounds before the time-out does.",
            t ->
                t.at("Mappings.Slow")
                    .entries()
                    .filter(s -> {
                      long limit = Long.parseLong(s.name()) * 1000;
                      long alarm = s.at("Milliseconds").number();
                      return alarm < limit / 2 || alarm >= limit;
                    })
                    .map(Spot::path)));
  }

  private static List<Rule> alarms() {
    return List.of(
        alarms(
            "alarm-tells",
            "An alarm tells its topic, and nobody else.",
            a ->
                a.at("Properties.AlarmActions").texts().equals(List.of("${AlarmTopic}"))
                    && a.at("Properties.OKActions").texts().equals(List.of("${AlarmTopic}"))),
        alarms(
            "alarm-enabled",
            "An alarm is switched on.",
            a -> !a.at("Properties.ActionsEnabled").is(false)),
        alarms(
            "alarm-direction",
            "An alarm sounds when there is more than the threshold.",
            a -> a.at("Properties.ComparisonOperator").is("GreaterThanThreshold")),
        alarms(
            "alarm-prompt",
            "An alarm sounds within the hour.",
            a -> {
              long seconds =
                  a.at("Properties.Period").number()
                      * a.at("Properties.EvaluationPeriods").number();
              return seconds >= 60 && seconds <= 3600;
            }),
        alarms(
            "alarm-measured",
            "An alarm reads AWS's own numbers: the worst of a queue, all of a function.",
            a -> {
              String namespace = a.at("Properties.Namespace").text();
              Spot statistic = a.at("Properties.Statistic");
              return namespace.equals("AWS/SQS")
                  ? statistic.is("Maximum")
                  : namespace.equals("AWS/Lambda") && (statistic.is("Sum") || !statistic.exists());
            }),
        alarms(
            "alarm-quiet-when-idle",
            "An idle plant is no alarm.",
            a -> a.at("Properties.TreatMissingData").is("notBreaching")),
        alarms(
            "alarm-says-what-to-do",
            "An alarm's mail says what it means.",
            a -> a.at("Properties.AlarmDescription").text().length() >= 20));
  }

  private static List<Rule> mail() {
    return List.of(
        plant(
            "alarm-mail",
            "Alarms are mailed where an address is given.",
            t -> {
              Spot mail = t.resource("AlarmMail");
              return unless(
                  mail.at("Properties.Protocol").is("email")
                      && mail.at("Properties.Endpoint").is("${AlarmEmail}")
                      && mail.at("Properties.TopicArn").is("${AlarmTopic}")
                      && mail.at("Condition").is("HasMail"),
                  "AlarmMail");
            }),
        plant(
            "alarm-mail-only",
            "Alarms go to that address and nowhere else.",
            t ->
                t.resources("AWS::SNS::Subscription")
                    .map(Spot::name)
                    .filter(name -> !name.equals("AlarmMail"))),
        plant(
            "topic-tls",
            "No alarm is published in the clear.",
            t -> {
              Spot deny =
                  t.resource("AlarmTopicPolicy")
                      .at("Properties.PolicyDocument.Statement.[OnlyTls]");
              return unless(
                  deny.at("Effect").is("Deny")
                      && deny.at("Action").is("sns:Publish")
                      && deny.at("Resource").is("${AlarmTopic}")
                      && Right.proviso(deny.at("Condition"))
                          .equals("Bool aws:SecureTransport false"),
                  "AlarmTopicPolicy");
            }));
  }

  private static List<Rule> money() {
    return List.of(
        plant(
            "budget",
            "Spending is watched against the parameter, on the services the plant uses.",
            t -> {
              Spot budget = t.resource("Budget").at("Properties.Budget");
              return unless(
                  budget.at("BudgetLimit.Amount").is("${MonthlyBudgetDollars}")
                      && budget.at("TimeUnit").is("MONTHLY")
                      && budget.at("CostFilters.Service").texts().contains("AWS Lambda"),
                  "Budget");
            }),
        plant(
            "budget-warns-early",
            "The budget's mail comes before the money is gone: at a part of it, and by forecast.",
            t -> {
              Spot all = t.resource("Budget").at("Properties.NotificationsWithSubscribers");
              return unless(
                  all.items().stream()
                          .anyMatch(n -> n.at("Notification.NotificationType").is("FORECASTED"))
                      && all.items().stream()
                          .anyMatch(n -> n.at("Notification.Threshold").number() < 100)
                      && all.items().stream()
                          .allMatch(n -> n.at("Subscribers.0.Address").is("${AlarmEmail}")),
                  "Budget");
            }),
        plant(
            "dashboard",
            "One dashboard shows queues and functions.",
            t -> {
              String body = t.resource("PlantDashboard").at("Properties.DashboardBody").text();
              return Stream.of("-jobs\"", "-jobs-dead\"", "-results-${Device}\"", "-parse-batch\"")
                  .filter(part -> !body.contains(part));
            }));
  }

  private static List<Rule> tags() {
    return List.of(
        every(
            "tagged",
            "Everything that can bear a tag bears the stack's.",
            t ->
                t.resources()
                    .filter(r -> TAGGED.contains(r.at("Type").text()))
                    .filter(r -> !tagged(r))
                    .map(Spot::name)),
        plant(
            "functions-tagged",
            "Functions and what SAM makes for them bear the stack's tag.",
            t ->
                unless(
                    t.at("Globals.Function.Tags.sandpiper").is("${AWS::StackName}")
                        && t.at("Globals.Function.PropagateTags").is(true),
                    "Globals")));
  }

  private static boolean tagged(Spot resource) {
    return Stream.of("Tags", "ResourceTags")
        .flatMap(key -> resource.at("Properties." + key).items().stream())
        .anyMatch(tag ->
            tag.at("Key").is("sandpiper")
                && tag.at("Value").text().matches("\\$\\{(AWS::StackName|Plant)}"));
  }

  private static String logName(Spot group) {
    String function =
        switch (group.name()) {
          case "ParseLog" -> "parse";
          case "ParseBatchLog" -> "parse-batch";
          case "OcrLog" -> "parse-ocr";
          default -> "?";
        };
    return "/sandpiper/${AWS::StackName}/" + function;
  }

  private static Rule logs(String name, String sentence, Predicate<Spot> holds) {
    return plant(
        name,
        sentence,
        t -> t.resources("AWS::Logs::LogGroup").filter(holds.negate()).map(Spot::name));
  }

  private static Rule alarms(String name, String sentence, Predicate<Spot> holds) {
    return plant(name, sentence, t -> t.resources(ALARM).filter(holds.negate()).map(Spot::name));
  }

  private static Rule watched(String name, String sentence, String queue, Predicate<Spot> alarm) {
    return plant(
        name,
        sentence,
        t ->
            unless(
                t.resources(ALARM)
                    .filter(
                        a -> a.at("Properties.Dimensions.0.Value").is("${" + queue + ".QueueName}"))
                    .anyMatch(alarm),
                queue));
  }

  private static Rule byFunction(String name, String sentence, String metric) {
    return plant(
        name,
        sentence,
        t ->
            Stream.of("parse", "parse-batch")
                .filter(function ->
                    t.resources(ALARM)
                        .filter(a -> a.at("Properties.MetricName").is(metric))
                        .filter(a -> threshold(a, metric))
                        .noneMatch(a ->
                            a.at("Properties.Dimensions.0.Value")
                                .is("${AWS::StackName}-" + function))));
  }

  private static boolean threshold(Spot alarm, String metric) {
    Spot threshold = alarm.at("Properties.Threshold");
    return metric.equals("Duration")
        ? threshold.is("${map:Slow:${TimeoutSeconds}:Milliseconds}")
            && alarm.at("Properties.ExtendedStatistic").is("p95")
        : threshold.number() >= 0 && threshold.number() <= 100;
  }
}
