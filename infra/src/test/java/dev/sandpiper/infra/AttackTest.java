package dev.sandpiper.infra;

import static dev.sandpiper.infra.Mutation.identity;
import static dev.sandpiper.infra.Mutation.plant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Edits of a careless or a malicious colleague, made to pass one rule or to look harmless. Which
/// rule refuses them does not matter; that one does.
class AttackTest {

  private static final String ANY = "any";
  private static final String EDGE = "Resources.EdgePolicy.Properties.PolicyDocument.Statement";
  private static final String PARSE =
      "Resources.ParseRole.Properties.Policies.0.PolicyDocument.Statement";
  private static final String DEVICE_TRUST =
      "Resources.DeviceRole.Properties.AssumeRolePolicyDocument.Statement";
  private static final String IN_ARN =
      "arn:${AWS::Partition}:s3:::${AWS::StackName}-in-${AWS::AccountId}-${AWS::Region}";
  private static final String FUNCTION = "Resources.ParseFunction.Properties.";
  private static final String BATCH = "Resources.ParseBatchFunction.Properties.";

  static Stream<Mutation> attacks() {
    return Stream.of(
            onRights(),
            onMoreRights(),
            inDisguise(),
            onTrust(),
            onGuards(),
            onFunctions(),
            onWatchers(),
            onForm())
        .flatMap(List::stream);
  }

  private static List<Mutation> onRights() {
    return List.of(
        plant(
            ANY,
            "the device pi also reaches pi2: a slash is gone",
            e -> e.set(EDGE + ".[PutDocuments].Resource", "!Sub '" + IN_ARN + "/in/${Device}*'")),
        plant(
            ANY,
            "the device pi also hears pi2: a star is added",
            e -> e.replace(EDGE + ".[HearResults].Resource", "${Device}", "${Device}*")),
        plant(
            ANY,
            "the list's prefix lacks a slash",
            e -> e.replace(EDGE + ".[ListOwnDocuments].Condition.StringLike.s3:prefix", "/*", "*")),
        plant(
            ANY,
            "the list's condition also holds when there is no prefix",
            e ->
                e.remove(EDGE + ".[ListOwnDocuments].Condition.StringLike")
                    .set(
                        EDGE + ".[ListOwnDocuments].Condition.StringLikeIfExists",
                        "{'s3:prefix': !Sub 'in/${Device}/*'}")),
        plant(
            ANY,
            "Sub's own variables make the device a star",
            e ->
                e.set(
                    EDGE + ".[TakeResults].Resource",
                    "!Sub ['arn:${AWS::Partition}:s3:::${AWS::StackName}-out-${AWS::AccountId}-${AWS::Region}/out/${Device}/*',"
                        + " {Device: '*'}]")),
        plant(
            ANY,
            "a grant hides in the branch that is never looked at",
            e ->
                e.set(
                    PARSE + ".5.Fn::If.2",
                    "{Sid: More, Effect: Allow, Action: sqs:SendMessage, Resource: !Sub"
                        + " 'arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${AWS::StackName}-jobs'}")),
        plant(
            ANY,
            "a second policy beside the first",
            e ->
                e.add(
                    "Resources.ParseRole.Properties.Policies",
                    "{PolicyName: more, PolicyDocument: {Version: '2012-10-17', Statement: {Effect:"
                        + " Allow, Action: '*', Resource: '*'}}}")));
  }

  private static List<Mutation> onMoreRights() {
    return List.of(
        plant(
            ANY,
            "a policy of its own for an old role",
            e ->
                e.set(
                    "Resources.More",
                    "{Type: AWS::IAM::RolePolicy, Properties: {RoleName: !Ref ParseRole, PolicyName: x}}")),
        plant(
            ANY,
            "a role may be passed",
            e ->
                e.add(
                    EDGE,
                    "{Sid: P, Effect: Allow, Action: iam:PassRole, Resource: 'arn:aws:iam::1:role/x'}")),
        plant(
            ANY,
            "a wildcard is spelled as a question",
            e -> e.set(EDGE + ".[TakeResults].Action", "'s3:?etObject'")),
        plant(
            ANY,
            "the action's case is changed to slip past",
            e -> e.add(EDGE + ".[TakeResults].Action", "'S3:deletebucket'")),
        plant(
            ANY,
            "the direct function may send results",
            e ->
                e.add(
                    PARSE,
                    "{Sid: R, Effect: Allow, Action: sqs:SendMessage, Resource: !Sub"
                        + " 'arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${AWS::StackName}-results-*'}")),
        plant(
            ANY,
            "any function of the account may be asked",
            e ->
                e.set(
                    EDGE + ".[AskDirectly].Resource",
                    "!Sub 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:*'")),
        plant(
            ANY,
            "the newest code may be asked, past the alias",
            e ->
                e.add(
                    EDGE + ".[AskDirectly].Resource",
                    "!Sub 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${AWS::StackName}-parse'")),
        plant(
            ANY,
            "the address may be called without a signature",
            e -> e.remove(EDGE + ".[AskByUrl].Condition")),
        plant(
            ANY,
            "the key may be used through any service",
            e -> e.remove(PARSE + ".[OwnKey].Condition")));
  }

  private static List<Mutation> inDisguise() {
    String friends = "Resources.OutBucketPolicy.Properties.PolicyDocument.Statement";
    return List.of(
        plant(
            ANY,
            "everything is granted by a policy that is a text",
            e ->
                e.add(
                    "Resources.ParseRole.Properties.Policies",
                    "{PolicyName: more, PolicyDocument: !Sub '{\"Version\":\"2012-10-17\",\"Statement\":"
                        + "[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}'}")),
        plant(
            ANY,
            "anybody is spelled by a function",
            e ->
                e.add(
                    friends,
                    "{Sid: F, Effect: Allow, Principal: !Sub '*', Action: s3:GetObject, Resource: x}")),
        plant(
            ANY,
            "anybody is one branch of a choice",
            e ->
                e.add(
                    friends,
                    "{Sid: F, Effect: Allow, Principal: !If [HasKey, {AWS: '*'}, {AWS: '*'}], Action:"
                        + " s3:GetObject, Resource: x}")),
        plant(
            ANY,
            "a star is put together",
            e -> e.add(EDGE + ".[TakeResults].Resource", "!Join ['', ['*']]")),
        plant(
            ANY,
            "an action is put together",
            e -> e.add(EDGE + ".[TakeResults].Action", "!Sub 's3:${Device}'")),
        plant(
            ANY,
            "a resource is whatever the deployer says",
            e -> e.add(EDGE + ".[TakeResults].Resource", "!Ref KmsKeyArn")),
        plant(
            ANY,
            "a denial is a grant half of the time",
            e -> e.set(friends + ".[OnlyTls].Effect", "!If [HasKey, Allow, Deny]")),
        plant(
            ANY,
            "a statement is made only without a key",
            e ->
                e.set(
                    friends,
                    "!If [HasKey, [], [{Sid: OnlyTls, Effect: Deny, Principal: '*', Action: 's3:*'}]]")),
        plant(
            ANY,
            "the whole role is one of two",
            e -> e.set(FUNCTION + "Role", "!If [HasKey, !GetAtt ParseRole.Arn, !Ref AlarmEmail]")),
        plant(
            ANY,
            "resources are made by a loop",
            e ->
                e.set(
                    "Resources.Fn::ForEach::More",
                    "[X, [a, b], {'User${X}': {Type: AWS::IAM::User}}]")));
  }

  private static List<Mutation> onTrust() {
    return List.of(
        plant(
            ANY,
            "everybody in the account may take a role",
            e ->
                e.add(
                    "Resources.ParseBatchRole.Properties.AssumeRolePolicyDocument.Statement",
                    "{Effect: Allow, Action: sts:AssumeRole, Principal: {AWS: !Sub"
                        + " 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root'}}")),
        plant(
            ANY,
            "a second account is slipped into the condition",
            e ->
                e.set(
                    "Resources.ParseRole.Properties.AssumeRolePolicyDocument.Statement.0.Condition.StringEquals.aws:SourceAccount",
                    "[!Ref AWS::AccountId, '999999999999']")),
        plant(
            ANY,
            "a login provider may take a role",
            e ->
                e.add(
                    "Resources.ParseRole.Properties.AssumeRolePolicyDocument.Statement",
                    "{Effect: Allow, Action: sts:AssumeRole, Principal: {Federated: accounts.google.com}}")),
        identity(
            ANY,
            "a second name is accepted",
            e ->
                e.set(
                    DEVICE_TRUST + ".0.Condition.StringEquals.aws:PrincipalTag/x509Subject/CN",
                    "[!Ref Device, admin]")),
        identity(
            ANY,
            "the name is asked for only if there is one",
            e ->
                e.remove(DEVICE_TRUST + ".0.Condition.StringEquals")
                    .set(
                        DEVICE_TRUST + ".0.Condition.StringEqualsIfExists",
                        "{'aws:PrincipalTag/x509Subject/CN': !Ref Device}")),
        identity(
            ANY,
            "any anchor is like this one",
            e ->
                e.remove(DEVICE_TRUST + ".0.Condition.ArnEquals")
                    .set(
                        DEVICE_TRUST + ".0.Condition.ArnLike",
                        "{'aws:SourceArn': 'arn:aws:rolesanywhere:*:*:trust-anchor/*'}")),
        identity(
            ANY,
            "a second statement forgets the conditions",
            e ->
                e.add(
                    DEVICE_TRUST,
                    "{Effect: Allow, Principal: {Service: rolesanywhere.amazonaws.com}, Action:"
                        + " [sts:AssumeRole, sts:TagSession, sts:SetSourceIdentity]}")),
        identity(
            ANY,
            "the certificate is a default: somebody's authority",
            e ->
                e.set(
                    "Parameters.TrustAnchorArn.Default",
                    "'arn:aws:rolesanywhere:eu-central-1:999999999999:trust-anchor/0123'")));
  }

  private static List<Mutation> onGuards() {
    String in = "Resources.InBucketPolicy.Properties.PolicyDocument.Statement.";
    return List.of(
        plant(
            ANY,
            "a denial is narrowed by a condition that never holds",
            e ->
                e.set(
                    in + "[OnlyTls].Condition.StringEquals", "{'aws:PrincipalAccount': 'nobody'}")),
        plant(
            ANY,
            "a denial becomes a grant under its own name",
            e -> e.set(in + "[OnlyThisAccount].Effect", "Allow")),
        plant(
            ANY,
            "a grant stands in front of the denial, under its name",
            e ->
                e.add(
                    "Resources.OutBucketPolicy.Properties.PolicyDocument.Statement",
                    "{Sid: OnlyTls, Effect: Allow, Principal: '*', Action: s3:GetObject, Resource: x}")),
        plant(
            ANY,
            "a queue's policy is made only with a key",
            e -> e.set("Resources.JobsQueuePolicy.Condition", "HasKey")),
        plant(
            ANY,
            "one policy is put on two queues, another on none",
            e ->
                e.set(
                    "Resources.JobsDeadQueuePolicy.Properties.Queues",
                    "[!Ref JobsQueue, !Ref JobsDeadQueue]")),
        plant(
            ANY,
            "a denial speaks of reading only",
            e -> e.set(in + "[OnlyTls].Action", "s3:GetObject")),
        plant(
            ANY,
            "the own key is another account's by default",
            e ->
                e.set(
                    "Parameters.KmsKeyArn.Default",
                    "'arn:aws:kms:eu-central-1:999999999999:key/x'")),
        plant(
            ANY,
            "documents are copied to another bucket",
            e ->
                e.set(
                    "Resources.InBucket.Properties.ReplicationConfiguration",
                    "{Role: x, Rules: [{Status: Enabled, Destination: {Bucket: 'arn:aws:s3:::elsewhere'}}]}")),
        plant(
            ANY,
            "a third bucket without anything",
            e -> e.set("Resources.Scratch", "{Type: AWS::S3::Bucket}")));
  }

  private static List<Mutation> onFunctions() {
    return List.of(
        plant(
            ANY,
            "an open address by SAM's shorthand",
            e -> e.set(FUNCTION + "FunctionUrlConfig", "{AuthType: NONE}")),
        plant(
            ANY,
            "an open address for every function",
            e -> e.set("Globals.Function.FunctionUrlConfig", "{AuthType: NONE}")),
        plant(
            ANY,
            "every answer is also sent elsewhere",
            e ->
                e.set(
                    FUNCTION + "EventInvokeConfig",
                    "{DestinationConfig: {OnSuccess: {Type: SQS, Destination: 'arn:aws:sqs:::x'}}}")),
        plant(
            ANY,
            "S3 is somebody's server",
            e ->
                e.set(
                    BATCH + "Environment.Variables.AWS_ENDPOINT_URL_S3", "'https://example.com'")),
        plant(
            ANY,
            "a layer for every function",
            e -> e.set("Globals.Function.Layers", "['arn:aws:lambda:eu-central-1:9:layer:x:1']")),
        plant(
            ANY,
            "a second event source without limits",
            e ->
                e.set(
                    BATCH + "Events.More",
                    "{Type: SQS, Properties: {Queue: !GetAtt JobsDeadQueue.Arn}}")),
        plant(
            ANY,
            "the reservation is never on",
            e -> e.set("Conditions.Reserved", "!Equals [!Ref ReserveConcurrency, never]")),
        plant(
            ANY,
            "a poller is kept running for money",
            e ->
                e.set(
                    BATCH + "Events.Jobs.Properties.ProvisionedPollerConfig",
                    "{MinimumPollers: 100}")),
        plant(
            ANY,
            "inline code in place of the package",
            e -> e.remove(FUNCTION + "CodeUri").set(FUNCTION + "InlineCode", "x")),
        plant(
            ANY,
            "an image in place of the package",
            e -> e.set(FUNCTION + "PackageType", "Image").set(FUNCTION + "ImageUri", "x")),
        plant(
            ANY,
            "the address is on unless it is switched on",
            e -> e.set("Conditions.FunctionUrlOn", "!Not [!Equals [!Ref FunctionUrl, 'on']]")));
  }

  private static List<Mutation> onWatchers() {
    return List.of(
        plant(
            ANY,
            "the alarms' topic has an inline subscriber",
            e ->
                e.set(
                    "Resources.AlarmTopic.Properties.Subscription",
                    "[{Protocol: https, Endpoint: 'https://example.com'}]")),
        plant(
            ANY,
            "every log line is streamed elsewhere",
            e ->
                e.set(
                    "Resources.Stream",
                    "{Type: AWS::Logs::SubscriptionFilter, Properties: {LogGroupName: !Ref ParseLog}}")),
        plant(
            ANY,
            "errors count only when there are ten thousand",
            e -> e.set("Resources.ParseErrorsAlarm.Properties.Threshold", "10000")),
        plant(
            ANY,
            "the alarm of the rollout looks at a day",
            e -> e.set("Resources.ParseErrorsAlarm.Properties.Period", "86400")),
        plant(
            ANY,
            "the budget is mailed to somebody else",
            e ->
                e.set(
                    "Resources.Budget.Properties.NotificationsWithSubscribers.0.Subscribers.0.Address",
                    "x@example.com")),
        plant(
            ANY,
            "the mail is made only with a dashboard",
            e -> e.set("Resources.AlarmMail.Condition", "DashboardOn")));
  }

  private static List<Mutation> onForm() {
    return List.of(
        plant(
            ANY,
            "a piece of the template comes from a bucket",
            e ->
                e.set(
                    "Resources.Fn::Transform",
                    "{Name: AWS::Include, Parameters: {Location: 's3://elsewhere/x.yaml'}}")),
        plant(
            ANY,
            "a piece of the outputs does",
            e ->
                e.set(
                    "Outputs.Fn::Transform",
                    "{Name: AWS::Include, Parameters: {Location: 's3://elsewhere/x.yaml'}}")),
        plant(
            ANY,
            "a stack in the stack",
            e -> e.set("Resources.More", "{Type: AWS::CloudFormation::Stack}")),
        plant(
            ANY,
            "code that runs at every deployment",
            e -> e.set("Resources.Run", "{Type: Custom::Run}")),
        plant(
            ANY,
            "a key stands in a default",
            e -> e.set("Parameters.AlarmEmail.Default", "'" + "AKIA" + "IOSFODNN7EXAMPLE@x'")),
        plant(
            ANY,
            "a secret is read by reference",
            e -> e.set(BATCH + "Environment.Variables.MAIL", "'{{resolve:secretsmanager:mail}}'")),
        identity(
            ANY,
            "a second role for a further service",
            e ->
                e.set(
                    "Resources.Second",
                    "{Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}}}")),
        identity(
            ANY,
            "a key for the device",
            e ->
                e.set("Resources.Key", "{Type: AWS::IAM::AccessKey, Properties: {UserName: pi}}")));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void auditorRefuses(Mutation attack) {
    assertThat(Auditor.audit(attack.template())).as(attack.how()).isNotEmpty();
  }

  @Test
  void attacksAreMany() {
    assertThat(attacks().map(Mutation::how)).doesNotHaveDuplicates().hasSizeGreaterThan(50);
  }

  @Test
  void keyThatStandsTwiceIsNotRead() {
    String twice = "Resources:\n  A: {Type: x}\n  A: {Type: y}\n";
    assertThatThrownBy(() -> YamlTree.read("twice.yaml", twice))
        .hasMessage("the key A stands twice in one mapping");
  }

  @Test
  void editThatMissesItsMarkIsAnError() {
    Template plant = Template.Kind.PLANT.read();
    assertThatThrownBy(() -> Edit.of(plant, e -> e.remove("Resources.NoSuch.Type")))
        .hasMessage("the edit misses its mark: NoSuch of Resources.NoSuch.Type is not there");
    assertThatThrownBy(() -> Edit.of(plant, e -> e.set("Globals.Function.Tracing", "Active")))
        .hasMessage("the edit misses its mark: Globals.Function.Tracing was that already");
  }
}
