"""What each role needs and what it must not have, said independently of the templates."""

from __future__ import annotations

from collections import Counter
from typing import Any

from permissions import Answer, Case, Statements, answers, holds, listed, unnoticed
from templates import ACCOUNT, DEVICE, REGION, STACK, Problem, Resolver, load

OTHER = "attic"  # another device, with a stack of edge-identity.yaml
KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/11111111-2222-3333-4444-555555555555"
IN = f"arn:aws:s3:::{STACK}-in-{ACCOUNT}-{REGION}"
OUT = f"arn:aws:s3:::{STACK}-out-{ACCOUNT}-{REGION}"
FOREIGN = "arn:aws:s3:::somebody-elses-bucket"
NAME = "0" * 64
IMAGE = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/sandpiper-ocr@sha256:{NAME}"
PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"


def queue(name: str) -> str:
    return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{STACK}-{name}"


def function(name: str) -> str:
    return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{STACK}-{name}"


def log(name: str) -> str:
    return f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/sandpiper/{STACK}/{name}:log-stream:2026/01/01/x"


def plant() -> Resolver:
    """The plant with every option that adds a permission."""
    options = {"Device": DEVICE, "Ocr": "container", "OcrImageUri": IMAGE, "FunctionUrl": "on", "KmsKeyArn": KEY}
    return Resolver(load("template.yaml"), options)


def identity() -> Resolver:
    """The identity of a further device."""
    batch = plant().attribute("ParseBatchRole", "Arn")
    options = {
        "Plant": STACK,
        "Device": OTHER,
        "OwnResultsQueue": "yes",
        "BatchRoleArn": batch,
        "CaCertificate": PEM.replace("MIIB", "M" * 200),
        "FunctionUrl": "on",
        "Ocr": "container",
        "KmsKeyArn": KEY,
    }
    return Resolver(load("edge-identity.yaml"), options, {"AWS::StackName": f"{STACK}-device-{OTHER}"})


# The roles as the matrix calls them; edge is the plant's own device, by the policy that its identity gets attached.
PLANT_ROLES = {"parse": "ParseRole", "parse-batch": "ParseBatchRole", "parse-ocr": "OcrRole", "rollout": "RolloutRole"}
DEVICES = {"edge": DEVICE, "edge-further": OTHER}


def _inline(role: dict[str, Any]) -> Statements:
    if role.get("ManagedPolicyArns"):
        raise Problem("a role has managed policies, which the matrix does not read")
    return [statement for policy in role.get("Policies", []) for statement in listed(policy["PolicyDocument"]["Statement"])]


def roles() -> dict[str, Statements]:
    resolver = plant()
    found = resolver.resources("AWS::IAM::Role")
    if set(found) != set(PLANT_ROLES.values()):
        raise Problem(f"the plant has the roles {sorted(found)}; the matrix knows {sorted(PLANT_ROLES.values())}")
    result = {name: _inline(found[logical]) for name, logical in PLANT_ROLES.items()}
    policies = resolver.resources("AWS::IAM::ManagedPolicy")
    further = identity().resources("AWS::IAM::Role")
    if list(policies) != ["EdgePolicy"] or list(further) != ["DeviceRole"]:
        raise Problem(f"managed policies {list(policies)} and device roles {list(further)}; the matrix knows EdgePolicy and DeviceRole")
    result["edge"] = listed(policies["EdgePolicy"]["PolicyDocument"]["Statement"])
    result["edge-further"] = _inline(further["DeviceRole"])
    return result


def denials() -> Statements:
    """What the policies of buckets and queues forbid."""
    result = []
    for resolver in (plant(), identity()):
        for kind in ("AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy"):
            for properties in resolver.resources(kind).values():
                result += [item for item in listed(properties["PolicyDocument"]["Statement"]) if item["Effect"] == "Deny"]
    return result


def principal(role: str) -> str:
    """The role's ARN; the plant's own device has whatever role its owner attached the policy to."""
    if role == "edge":
        return f"arn:aws:iam::{ACCOUNT}:role/of-the-device"
    if role == "edge-further":
        return identity().attribute("DeviceRole", "Arn")
    return plant().attribute(PLANT_ROLES[role], "Arn")


def circumstances(role: str) -> dict[str, str]:
    return {
        "aws:SecureTransport": "true",
        "s3:TlsVersion": "1.3",
        "aws:PrincipalAccount": ACCOUNT,
        "aws:ResourceAccount": ACCOUNT,
        "aws:PrincipalArn": principal(role),
        "aws:PrincipalIsAWSService": "false",
        "lambda:FunctionUrlAuthType": "AWS_IAM",
    }


class _Table:
    """Collects the cases of one role."""

    def __init__(self, role: str):
        self.role = role
        self.context = circumstances(role)
        self.cases: list[Case] = []

    def add(self, allowed: bool, resource: str, *actions: str, **context: str) -> None:
        own = {**self.context, **{key.replace("__", ":"): value for key, value in context.items()}}
        self.cases += [Case(self.role, action, resource, allowed, own) for action in actions]

    def may(self, resource: str, *actions: str, **context: str) -> None:
        self.add(True, resource, *actions, **context)

    def may_not(self, resource: str, *actions: str, **context: str) -> None:
        self.add(False, resource, *actions, **context)

    def never(self) -> None:
        """What no role may: run the account, the plant, or somebody else's things."""
        self.may_not("*", "iam:CreateUser", "iam:CreateAccessKey", "lambda:CreateFunction", "cloudformation:DeleteStack", "s3:ListAllMyBuckets")
        self.may_not(f"arn:aws:iam::{ACCOUNT}:role/admin", "iam:PassRole", "sts:AssumeRole")
        self.may_not(principal(self.role), "iam:PutRolePolicy", "iam:AttachRolePolicy")
        self.may_not(function("parse"), "lambda:UpdateFunctionCode", "lambda:DeleteFunction", "lambda:AddPermission")
        for name in ("jobs", f"results-{DEVICE}"):
            self.may_not(queue(name), "sqs:DeleteQueue", "sqs:SetQueueAttributes", "sqs:PurgeQueue", "sqs:AddPermission")
        for bucket in (IN, OUT):
            self.may_not(bucket, "s3:DeleteBucket", "s3:PutBucketPolicy", "s3:PutLifecycleConfiguration")
        self.may_not(f"{FOREIGN}/in/{DEVICE}/{NAME}", "s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload")
        self.may_not(FOREIGN, "s3:ListBucket", s3__prefix=f"in/{DEVICE}/")
        self.may_not(f"arn:aws:sqs:{REGION}:{ACCOUNT}:other-jobs", "sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")
        self.may_not(KEY.replace("1111", "9999"), "kms:Decrypt", "kms:GenerateDataKey", kms__ViaService=f"s3.{REGION}.amazonaws.com")
        self.may_not(KEY, "kms:Decrypt", "kms:ScheduleKeyDeletion")
        self.may_not(f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/other/log:log-stream:x", "logs:CreateLogStream", "logs:PutLogEvents")
        self.may_not(f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:other:live", "lambda:InvokeFunction", "lambda:InvokeFunctionUrl", "lambda:UpdateAlias")

    def by_key(self, *services: str) -> None:
        for service in services:
            self.may(KEY, "kms:Decrypt", "kms:GenerateDataKey", kms__ViaService=f"{service}.{REGION}.amazonaws.com")


def _function(name: str) -> _Table:
    """What every function needs: documents of all devices in, results out, its own log, its traces."""
    table = _Table(name)
    table.may(f"{IN}/in/{DEVICE}/{NAME}", "s3:GetObject")
    table.may(f"{IN}/in/{OTHER}/{NAME}", "s3:GetObject")
    table.may(IN, "s3:ListBucket")  # without it a document that is gone looks like one that is forbidden
    table.may(f"{OUT}/out/{DEVICE}/{NAME}.1", "s3:PutObject")
    table.may(log(name), "logs:CreateLogStream", "logs:PutLogEvents")
    table.may("*", "xray:PutTraceSegments", "xray:PutTelemetryRecords")
    table.by_key("s3")
    table.may_not(f"{IN}/in/{DEVICE}/{NAME}", "s3:PutObject", "s3:DeleteObject")
    table.may_not(f"{IN}/elsewhere/{NAME}", "s3:GetObject")
    table.may_not(f"{OUT}/out/{DEVICE}/{NAME}.1", "s3:GetObject", "s3:DeleteObject")
    table.may_not(f"{OUT}/elsewhere/{NAME}", "s3:PutObject")
    table.may_not(OUT, "s3:ListBucket")
    table.may_not(log("rollout"), "logs:PutLogEvents")
    table.may_not(queue("jobs"), "sqs:SendMessage")
    table.may_not(function(f"{name}:live"), "lambda:InvokeFunction")
    table.may_not(f"{IN}/in/{DEVICE}/{NAME}", "s3:GetObject", aws__SecureTransport="false")
    table.may_not(f"{IN}/in/{DEVICE}/{NAME}", "s3:GetObject", s3__TlsVersion="1.1")
    table.never()
    return table


def _parse_batch() -> _Table:
    table = _function("parse-batch")
    table.may(queue("jobs"), "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility")
    table.may(queue(f"results-{DEVICE}"), "sqs:SendMessage")
    table.may(queue(f"results-{OTHER}"), "sqs:SendMessage")
    table.by_key("sqs")
    table.may_not(queue(f"results-{DEVICE}"), "sqs:ReceiveMessage", "sqs:DeleteMessage")
    table.may_not(queue("jobs-dead"), "sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage")
    table.may_not(queue("jobs"), "sqs:ReceiveMessage", aws__SecureTransport="false")
    return table


def _direct(name: str) -> _Table:
    table = _function(name)
    table.may_not(queue("jobs"), "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility")
    table.may_not(queue(f"results-{DEVICE}"), "sqs:SendMessage", "sqs:ReceiveMessage")
    return table


def _rollout() -> _Table:
    table = _Table("rollout")
    for name in ("parse", "parse-batch", "parse-ocr"):
        table.may(function(f"{name}:live"), "lambda:UpdateAlias", "lambda:GetAlias", "lambda:GetProvisionedConcurrencyConfig")
        table.may_not(function(f"{name}:live"), "lambda:InvokeFunction")
    table.may("*", "cloudwatch:DescribeAlarms")
    table.may_not("*", "cloudwatch:PutMetricAlarm", "cloudwatch:DeleteAlarms")
    table.may_not(f"{IN}/in/{DEVICE}/{NAME}", "s3:GetObject", "s3:PutObject")
    table.may_not(f"{OUT}/out/{DEVICE}/{NAME}.1", "s3:GetObject", "s3:PutObject")
    table.may_not(queue("jobs"), "sqs:SendMessage", "sqs:ReceiveMessage")
    table.never()
    return table


def _device(role: str) -> _Table:
    own = DEVICES[role]
    (other,) = set(DEVICES.values()) - {own}
    table = _Table(role)
    for folder in ("in", "out"):
        table.may_not(FOREIGN, "s3:ListBucket", s3__prefix=f"{folder}/{own}/")
    table.may(f"{IN}/in/{own}/{NAME}", "s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:AbortMultipartUpload")
    table.may(f"{OUT}/out/{own}/{NAME}.1", "s3:GetObject", "s3:DeleteObject")
    table.may(IN, "s3:ListBucket", s3__prefix=f"in/{own}/")
    table.may(OUT, "s3:ListBucket", s3__prefix=f"out/{own}/")
    table.may(queue("jobs"), "sqs:SendMessage", "sqs:GetQueueAttributes")
    table.may(queue(f"results-{own}"), "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes")
    # A Function URL asks for both.
    table.may(function("parse:live"), "lambda:InvokeFunction", "lambda:InvokeFunctionUrl")
    table.may(function("parse-ocr:live"), "lambda:InvokeFunction")
    table.by_key("s3", "sqs")
    table.may_not(f"{IN}/in/{other}/{NAME}", "s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:AbortMultipartUpload")
    table.may_not(f"{OUT}/out/{other}/{NAME}.1", "s3:GetObject", "s3:DeleteObject")
    table.may_not(f"{OUT}/out/{own}/{NAME}.1", "s3:PutObject")
    # A name that begins with the device's own is another device.
    table.may_not(f"{IN}/in/{own}-2/{NAME}", "s3:PutObject", "s3:GetObject")
    for bucket, folder in ((IN, "in"), (OUT, "out")):
        table.may_not(bucket, "s3:ListBucket")
        table.may_not(bucket, "s3:ListBucket", s3__prefix="")
        table.may_not(bucket, "s3:ListBucket", s3__prefix=f"{folder}/{other}/")
    table.may_not(queue("jobs"), "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility")
    table.may_not(queue("jobs-dead"), "sqs:SendMessage", "sqs:ReceiveMessage", "sqs:GetQueueAttributes")
    table.may_not(queue(f"results-{own}"), "sqs:SendMessage")
    table.may_not(queue(f"results-{own}-2"), "sqs:ReceiveMessage")
    table.may_not(queue(f"results-{other}"), "sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")
    table.may_not(function("parse-batch:live"), "lambda:InvokeFunction", "lambda:InvokeFunctionUrl")
    table.may_not(function("parse"), "lambda:InvokeFunction")  # only by the alias
    table.may_not(log("parse"), "logs:PutLogEvents", "logs:GetLogEvents")
    table.may_not(f"{IN}/in/{own}/{NAME}", "s3:PutObject", aws__SecureTransport="false")
    table.may_not(f"{IN}/in/{own}/{NAME}", "s3:PutObject", s3__TlsVersion="1.1")
    table.may_not(queue("jobs"), "sqs:SendMessage", aws__SecureTransport="false")
    table.never()
    return table


def cases() -> list[Case]:
    tables = [_direct("parse"), _parse_batch(), _direct("parse-ocr"), _rollout(), *(_device(role) for role in DEVICES)]
    return [case for table in tables for case in table.cases]


def complete(found: list[Answer]) -> None:
    """Fails when a role has too few questions to mean something."""
    allowed = Counter(answer.case.role for answer in found if answer.case.allowed)
    denied = Counter(answer.case.role for answer in found if not answer.case.allowed)
    for role in roles():
        if not allowed[role] or denied[role] < 10:
            raise Problem(f"the matrix asks {role} only {allowed[role]} allowed and {denied[role]} denied questions")


# ---- who may become a role --------------------------------------------------------------------------------------------


def _trusted(role: dict[str, Any], service: str, context: dict[str, str]) -> bool:
    statements = listed(role["AssumeRolePolicyDocument"]["Statement"])
    return any(
        statement["Effect"] == "Allow"
        and service in listed(statement["Principal"].get("Service", []))
        and "sts:AssumeRole" in listed(statement["Action"])
        and holds(statement.get("Condition", {}), context)
        for statement in statements
    )


def trusts() -> str:
    """Each role is given to its own service for this account only; a device's to the holder of its certificate only."""
    resolver = plant()
    wrong = []
    count = 0

    def expect(expected: bool, who: str, role: dict[str, Any], service: str, context: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if _trusted(role, service, context) != expected:
            wrong.append(f"{who}: {service} with {context} {'must' if expected else 'must not'} become it")

    found = resolver.resources("AWS::IAM::Role")
    for name, logical in PLANT_ROLES.items():
        service = "codedeploy.amazonaws.com" if name == "rollout" else "lambda.amazonaws.com"
        source = f"arn:aws:codedeploy:{REGION}:{ACCOUNT}:deploymentgroup:{STACK}-App/x"
        here = {"aws:SourceAccount": ACCOUNT, "aws:SourceArn": source}
        expect(True, name, found[logical], service, here)
        expect(False, name, found[logical], service, {**here, "aws:SourceAccount": "999999999999"})
        expect(False, name, found[logical], service, {})
        expect(False, name, found[logical], "ec2.amazonaws.com", here)
    device = identity()
    role = device.resources("AWS::IAM::Role")["DeviceRole"]
    anchor = device.attribute("TrustAnchor", "TrustAnchorArn")
    subject = "aws:PrincipalTag/x509Subject/CN"
    expect(True, "edge-further", role, "rolesanywhere.amazonaws.com", {subject: OTHER, "aws:SourceArn": anchor})
    expect(False, "edge-further", role, "rolesanywhere.amazonaws.com", {subject: DEVICE, "aws:SourceArn": anchor})
    expect(False, "edge-further", role, "rolesanywhere.amazonaws.com", {"aws:SourceArn": anchor})
    expect(False, "edge-further", role, "rolesanywhere.amazonaws.com", {subject: OTHER, "aws:SourceArn": anchor + "2"})
    expect(False, "edge-further", role, "lambda.amazonaws.com", {subject: OTHER, "aws:SourceArn": anchor})
    if wrong:
        raise Problem("\n".join(wrong))
    return f"{count} answers about who may become a role"


# ---- the matrix is seen to fail ----------------------------------------------------------------------------------------


def seen_to_fail() -> str:
    """Every statement of every role, taken out, narrowed by an action or widened, makes at least one answer wrong."""
    count, silent = unnoticed(roles(), denials(), cases())
    if silent:
        raise Problem(f"{len(silent)} of {count} broken policies were not noticed:\n  " + "\n  ".join(silent))
    without = [answer for answer in answers(roles(), [], cases()) if answer.problem]
    if not without:
        raise Problem("without the policies of buckets and queues no answer changed")
    return f"{count} broken policies, each noticed; without the policies of buckets and queues {len(without)} answers are wrong"
