package dev.sandpiper.infra;

import static dev.sandpiper.infra.Mutation.identity;
import static dev.sandpiper.infra.Mutation.plant;

import java.util.List;
import java.util.stream.Stream;

/// Templates that break the rules of policies, roles and identities.
final class AccessMutations {

  private static final String EDGE = "Resources.EdgePolicy.Properties.PolicyDocument.Statement";
  private static final String BATCH =
      "Resources.ParseBatchRole.Properties.Policies.0.PolicyDocument.Statement";
  private static final String PARSE =
      "Resources.ParseRole.Properties.Policies.0.PolicyDocument.Statement";
  private static final String DEVICE =
      "Resources.DeviceRole.Properties.Policies.0.PolicyDocument.Statement";
  private static final String DEVICE_TRUST =
      "Resources.DeviceRole.Properties.AssumeRolePolicyDocument.Statement.0.";
  private static final String TOPIC =
      "Resources.AlarmTopicPolicy.Properties.PolicyDocument.Statement";

  private AccessMutations() {}

  static Stream<Mutation> all() {
    return Stream.of(wildcards(), grants(), conditions(), roles(), identities())
        .flatMap(List::stream);
  }

  private static String trust(String role) {
    return "Resources." + role + ".Properties.AssumeRolePolicyDocument.Statement.0.";
  }

  private static List<Mutation> wildcards() {
    return List.of(
        plant(
            "no-not-action",
            "all but IAM is granted",
            e ->
                e.add(
                    EDGE,
                    "{Sid: Rest, Effect: Allow, NotAction: 'iam:*', Resource: !Ref KmsKeyArn}")),
        plant(
            "no-not-action",
            "all but a prefix is denied",
            e ->
                e.add(
                    "Resources.InBucketPolicy.Properties.PolicyDocument.Statement",
                    "{Sid: Not, Effect: Deny, Principal: '*', Action: s3:PutObject, NotResource: x,"
                        + " Condition: {Bool: {'aws:SecureTransport': 'true'}}}")),
        plant(
            "no-wildcard-action",
            "every S3 action is granted",
            e -> e.add(PARSE + ".[ReadDocuments].Action", "'s3:*'")),
        identity(
            "no-wildcard-action",
            "every get is granted",
            e -> e.add(DEVICE + ".[TakeResults].Action", "'s3:Get*'")),
        plant(
            "no-wildcard-resource",
            "the burst function sends to any queue",
            e -> e.set(BATCH + ".[TellTheEdge].Resource", "'*'")),
        identity(
            "no-wildcard-resource",
            "the device reads any bucket",
            e -> e.add(DEVICE + ".[TakeResults].Resource", "'*'")),
        plant(
            "known-action",
            "an action has a typo",
            e -> e.add(BATCH + ".[TakeJobs].Action", "sqs:RecieveMessage")),
        plant(
            "known-action",
            "an action is of another service",
            e -> e.add(PARSE + ".[ReadDocuments].Action", "sqs:GetObject")),
        identity(
            "known-action",
            "an action is what the API is called, not the right",
            e -> e.add(DEVICE + ".[ListOwnDocuments].Action", "s3:ListObjectsV2")),
        plant(
            "effect-stated",
            "an effect has a typo",
            e -> e.set(PARSE + ".[Trace].Effect", "Alow")));
  }

  private static List<Mutation> grants() {
    return List.of(
        plant(
            "rights-listed",
            "the direct function takes results away",
            e ->
                e.add(
                    PARSE,
                    "{Sid: More, Effect: Allow, Action: s3:DeleteObject, Resource: !Sub"
                        + " 'arn:${AWS::Partition}:s3:::${AWS::StackName}-out-${AWS::AccountId}-${AWS::Region}/out/*'}")),
        plant(
            "rights-listed",
            "the device reaches other devices' documents",
            e ->
                e.add(
                    EDGE + ".[PutDocuments].Resource",
                    "!Sub 'arn:${AWS::Partition}:s3:::${AWS::StackName}-in-${AWS::AccountId}-${AWS::Region}/in/*'")),
        identity(
            "rights-listed",
            "the device hears other devices' results",
            e ->
                e.add(
                    DEVICE + ".[HearResults].Resource",
                    "!Sub 'arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${Plant}-results-*'")),
        plant(
            "rights-granted",
            "the burst function cannot delete jobs",
            e -> e.remove(BATCH + ".[TakeJobs].Action.1")),
        identity(
            "rights-granted", "the device cannot send jobs", e -> e.remove(DEVICE + ".[SendJobs]")),
        plant(
            "rights-listed",
            "the address may be called though there is none",
            e ->
                e.add(
                    EDGE,
                    "{Sid: Url, Effect: Allow, Action: lambda:InvokeFunctionUrl, Resource: !Sub"
                        + " 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${AWS::StackName}-parse:live',"
                        + " Condition: {StringEquals: {'lambda:FunctionUrlAuthType': AWS_IAM}}}")),
        plant(
            "guards-listed",
            "nobody may read documents",
            e ->
                e.add(
                    "Resources.InBucketPolicy.Properties.PolicyDocument.Statement",
                    "{Sid: Shut, Effect: Deny, Principal: '*', Action: s3:GetObject, Resource: x, Condition:"
                        + " {Bool: {'aws:SecureTransport': 'true'}}}")),
        plant(
            "guards-let-in-alarms-only",
            "another service may send jobs",
            e ->
                e.add(
                    "Resources.JobsQueuePolicy.Properties.PolicyDocument.Statement",
                    "{Sid: Events, Effect: Allow, Principal: {Service: events.amazonaws.com}, Action:"
                        + " sqs:SendMessage, Resource: x, Condition: {StringEquals: {'aws:SourceAccount':"
                        + " !Ref AWS::AccountId}}}")),
        plant(
            "policies-readable",
            "a policy is a text",
            e ->
                e.add(
                    "Resources.ParseRole.Properties.Policies",
                    "{PolicyName: more, PolicyDocument: !Sub '{}'}")),
        plant(
            "roles-only-allow",
            "documents are denied again",
            e ->
                e.add(
                    PARSE,
                    "{Sid: No, Effect: Deny, Action: s3:GetObject, Resource: 'arn:aws:s3:::x/*'}")),
        plant(
            "sid-once",
            "a statement stands twice",
            e ->
                e.add(
                    EDGE,
                    "{Sid: SendJobs, Effect: Allow, Action: sqs:SendMessage, Resource: !Sub"
                        + " 'arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${AWS::StackName}-jobs'}")),
        plant(
            "policy-version",
            "a policy speaks the older language",
            e -> e.set("Resources.EdgePolicy.Properties.PolicyDocument.Version", "'2008-10-17'")));
  }

  private static List<Mutation> conditions() {
    return List.of(
        plant(
            "no-public-principal",
            "anybody may publish",
            e ->
                e.add(
                    TOPIC,
                    "{Sid: All, Effect: Allow, Principal: '*', Action: sns:Publish, Resource: x}")),
        plant(
            "no-public-principal",
            "any account may send jobs",
            e ->
                e.add(
                    "Resources.JobsQueuePolicy.Properties.PolicyDocument.Statement",
                    "{Sid: All, Effect: Allow, Principal: {AWS: '*'}, Action: sqs:SendMessage,"
                        + " Resource: x}")),
        plant(
            "no-foreign-account",
            "another account may send jobs",
            e ->
                e.add(
                    "Resources.JobsQueuePolicy.Properties.PolicyDocument.Statement",
                    "{Sid: Friend, Effect: Allow, Principal: {AWS: '999999999999'}, Action:"
                        + " sqs:SendMessage, Resource: x}")),
        plant(
            "guard-denies-all-of-us",
            "a denial does not speak of strangers",
            e ->
                e.set(
                    "Resources.JobsDeadQueuePolicy.Properties.PolicyDocument.Statement.[OnlyTls].Principal",
                    "{AWS: '*'}")),
        plant(
            "service-for-this-account",
            "Lambda may act for any account",
            e -> e.remove(trust("ParseRole") + "Condition")),
        plant(
            "service-for-this-account",
            "CloudWatch may act for any account",
            e -> e.remove(TOPIC + ".[AlarmsPublish].Condition.StringEquals")),
        plant(
            "service-for-this-stack",
            "CodeDeploy may act for any application",
            e -> e.remove(trust("RolloutRole") + "Condition.ArnLike")),
        plant(
            "service-for-this-stack",
            "any alarm may publish",
            e ->
                e.set(
                    TOPIC + ".[AlarmsPublish].Condition.ArnLike.aws:SourceArn",
                    "!Sub 'arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:*'")),
        plant(
            "key-through-services",
            "the key is used by itself",
            e -> e.remove(BATCH + ".[OwnKey].Condition")),
        plant(
            "key-through-services",
            "the key is used through EC2",
            e ->
                e.set(
                    EDGE + ".[OwnKey].Condition.StringEquals.kms:ViaService",
                    "!Sub 'ec2.${AWS::Region}.amazonaws.com'")),
        plant(
            "lists-own-prefix",
            "the device lists every document",
            e -> e.remove(EDGE + ".[ListOwnDocuments].Condition")),
        identity(
            "lists-own-prefix",
            "the device lists all devices' results",
            e -> e.set(DEVICE + ".[ListOwnResults].Condition.StringLike.s3:prefix", "'out/*'")));
  }

  private static List<Mutation> roles() {
    return List.of(
        plant(
            "role-taken-by-its-service",
            "EC2 may take the function's role",
            e -> e.set(trust("ParseRole") + "Principal.Service", "ec2.amazonaws.com")),
        plant(
            "role-taken-by-its-service",
            "the service's name has a typo",
            e -> e.set(trust("ParseBatchRole") + "Principal.Service", "lambda.amazon.com")),
        identity(
            "role-taken-by-its-service",
            "Lambda may take the device's role too",
            e ->
                e.set(
                    DEVICE_TRUST + "Principal.Service",
                    "[rolesanywhere.amazonaws.com, lambda.amazonaws.com]")),
        plant(
            "role-known",
            "a role is added",
            e ->
                e.set(
                    "Resources.HelpRole",
                    "{Type: AWS::IAM::Role, Properties: {PermissionsBoundary: !If [HasBoundary, !Ref"
                        + " PermissionsBoundaryArn, !Ref AWS::NoValue], Tags: [{Key: sandpiper, Value: !Ref"
                        + " AWS::StackName}], AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: {Effect: Allow, Action: sts:AssumeRole}}}}")),
        plant(
            "role-bounded",
            "a role escapes the boundary",
            e -> e.remove("Resources.RolloutRole.Properties.PermissionsBoundary")),
        identity(
            "role-bounded",
            "the device's role escapes the boundary",
            e -> e.remove("Resources.DeviceRole.Properties.PermissionsBoundary")),
        plant(
            "role-spelled-out",
            "a policy of AWS is attached",
            e ->
                e.set(
                    "Resources.ParseRole.Properties.ManagedPolicyArns",
                    "['arn:aws:iam::aws:policy/AmazonS3FullAccess']")),
        plant(
            "role-unnamed",
            "a role has a fixed name",
            e -> e.set("Resources.ParseRole.Properties.RoleName", "sandpiper-parse")),
        plant(
            "edge-policy-detached",
            "the policy is attached to a group",
            e -> e.set("Resources.EdgePolicy.Properties.Groups", "[everybody]")));
  }

  private static List<Mutation> identities() {
    return List.of(
        identity(
            "device-by-certificate-name",
            "any certificate of the authority will do",
            e -> e.remove(DEVICE_TRUST + "Condition.StringEquals")),
        identity(
            "device-by-certificate-name",
            "a pattern of names will do",
            e ->
                e.remove(DEVICE_TRUST + "Condition.StringEquals")
                    .set(
                        DEVICE_TRUST + "Condition.StringLike",
                        "{'aws:PrincipalTag/x509Subject/CN': !Sub '${Device}*'}")),
        identity(
            "device-by-this-anchor",
            "any trust anchor of the account will do",
            e -> e.remove(DEVICE_TRUST + "Condition.ArnEquals")),
        identity(
            "device-session-whole",
            "the session cannot be named",
            e -> e.remove(DEVICE_TRUST + "Action.2")),
        identity(
            "device-session-short",
            "credentials last half a day",
            e -> e.set("Parameters.SessionSeconds.MaxValue", "43200")),
        identity(
            "profile-one-role",
            "the profile leads to another role too",
            e ->
                e.add(
                    "Resources.DeviceProfile.Properties.RoleArns",
                    "'arn:aws:iam::123456789012:role/admin'")),
        identity(
            "profile-plain",
            "the device chooses its session's name",
            e -> e.set("Resources.DeviceProfile.Properties.AcceptRoleSessionName", "true")),
        identity(
            "anchor-from-certificate",
            "the anchor is a private authority",
            e -> e.set("Resources.TrustAnchor.Properties.Source.SourceType", "AWS_ACM_PCA")),
        identity(
            "identity-enabled",
            "the profile is off",
            e -> e.set("Resources.DeviceProfile.Properties.Enabled", "false")),
        identity(
            "anchor-survives",
            "the anchor goes with the first device",
            e -> e.set("Resources.TrustAnchor.DeletionPolicy", "Delete")),
        identity(
            "certificate-not-key",
            "anything in PEM will do",
            e ->
                e.set(
                    "Parameters.CaCertificate.AllowedPattern",
                    "'^$|-----BEGIN [A-Z ]+-----[A-Za-z0-9+/=\\s]{100,4000}-----END [A-Z ]+-----'")),
        identity("one-anchor", "neither may be given", e -> e.remove("Rules.ExactlyOneAnchor")),
        identity(
            "one-anchor",
            "the assertion always holds",
            e -> e.set("Rules.ExactlyOneAnchor.Assertions.0.Assert", "!Equals [a, a]")),
        identity(
            "own-queue-optional",
            "the queue is always made",
            e -> e.remove("Resources.ResultsQueue.Condition")),
        identity(
            "own-queue-has-sender",
            "nobody in particular may send",
            e -> e.remove("Rules.OwnQueueNeedsItsSender")),
        identity("identity-outputs", "the role is not told", e -> e.remove("Outputs.Role")));
  }
}
