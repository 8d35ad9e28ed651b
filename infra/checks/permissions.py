"""The permission matrix: every role of the templates, installed in moto, against what it must and must not do.

moto decides action and resource. It knows no conditions in identity policies and no policy variables, so both are worked
out here first, for the circumstances of each case: a statement whose condition does not hold is left out. What S3 and SQS
can be asked is asked as well, by a signed request with the role's own temporary credentials and IAM enforced; a request
that is answered otherwise than the policy says is a failure of its own.
"""

from __future__ import annotations

import fnmatch
import json
import re
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Iterator

from templates import ACCOUNT, REGION, Problem


@dataclass(frozen=True)
class Case:
    """One question: may this role do this here?"""

    role: str
    action: str
    resource: str
    allowed: bool
    context: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    case: Case
    allowed: bool
    asked: bool  # also by a request
    problem: str  # empty: as it should be


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


# ---- conditions and policy variables -------------------------------------------------------------------------------


def _lookup(context: dict[str, str], key: str) -> str | None:
    return next((value for name, value in context.items() if name.lower() == key.lower()), None)


def _like(value: str, pattern: str) -> bool:
    return fnmatch.fnmatchcase(value, pattern.replace("[", "[[]"))


_OPERATORS = {
    "StringEquals": lambda value, wanted: value == wanted,
    "StringNotEquals": lambda value, wanted: value != wanted,
    "StringEqualsIgnoreCase": lambda value, wanted: value.lower() == wanted.lower(),
    "StringLike": _like,
    "StringNotLike": lambda value, wanted: not _like(value, wanted),
    "ArnEquals": _like,
    "ArnLike": _like,
    "ArnNotEquals": lambda value, wanted: not _like(value, wanted),
    "ArnNotLike": lambda value, wanted: not _like(value, wanted),
    "Bool": lambda value, wanted: value.lower() == wanted.lower(),
    "NumericLessThan": lambda value, wanted: float(value) < float(wanted),
    "NumericLessThanEquals": lambda value, wanted: float(value) <= float(wanted),
    "NumericGreaterThan": lambda value, wanted: float(value) > float(wanted),
    "NumericEquals": lambda value, wanted: float(value) == float(wanted),
}


def substituted(text: str, context: dict[str, str]) -> str | None:
    """The text with its policy variables replaced; None when one has no value (IAM: the statement does not apply)."""
    missing = False

    def value(match: re.Match[str]) -> str:
        nonlocal missing
        found = _lookup(context, match.group(1))
        missing = missing or found is None
        return found or ""

    replaced = re.sub(r"\$\{([^}*?$]+)\}", value, text)
    return None if missing else replaced


def holds(condition: dict[str, Any], context: dict[str, str]) -> bool:
    for operator, pairs in condition.items():
        name = operator.split(":")[-1]
        if_exists = name.endswith("IfExists")
        name = name.removesuffix("IfExists")
        for key, wanted in pairs.items():
            value = _lookup(context, key)
            if name == "Null":
                if (value is None) != (str(listed(wanted)[0]).lower() == "true"):
                    return False
                continue
            if name not in _OPERATORS:
                raise Problem(f"condition operator {operator} is not known to infra/checks/permissions.py")
            if value is None:
                if if_exists or operator.startswith("ForAllValues:") or "Not" in name:
                    continue
                return False
            wishes = [substituted(str(item).lower() if isinstance(item, bool) else str(item), context) for item in listed(wanted)]
            matches = [wish is not None and _OPERATORS[name](value, wish) for wish in wishes]
            if not (all(matches) if "Not" in name else any(matches)):
                return False
    return True


def applicable(statements: list[dict[str, Any]], context: dict[str, str], asked: str) -> list[dict[str, Any]]:
    """The statements whose conditions hold when `asked` is asked for, without conditions, their variables replaced."""
    result = []
    for statement in statements:
        if not holds(statement.get("Condition", {}), context):
            continue
        resources = [substituted(str(item), context) for item in listed(statement.get("Resource") or statement["NotResource"])]
        resources = [resource for resource in resources if resource is not None]
        if "NotResource" in statement:  # moto does not know it
            resources = [] if any(_like(asked, resource) for resource in resources) else [asked]
        if any("?" in resource for resource in resources):
            raise Problem(f"moto does not know '?' in {resources}")
        if resources:
            kept = {key: value for key, value in statement.items() if key in ("Effect", "Action", "NotAction")}
            result.append({**kept, "Resource": resources})
    return result


# ---- requests that S3 and SQS are asked ----------------------------------------------------------------------------


def _s3(call: str, **fixed: Any) -> Any:
    def ask(clients: Any, resource: str) -> None:
        bucket, _, key = resource.removeprefix("arn:aws:s3:::").partition("/")
        arguments = {"Bucket": bucket, **fixed}
        if key:
            arguments["Key"] = key
        getattr(clients("s3"), call)(**arguments)

    return ask


def _sqs(call: str, **fixed: Any) -> Any:
    def ask(clients: Any, resource: str) -> None:
        url = f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{resource.rsplit(':', 1)[1]}"
        getattr(clients("sqs"), call)(QueueUrl=url, **fixed)

    return ask


REQUESTS = {
    "s3:GetObject": _s3("get_object"),
    "s3:PutObject": _s3("put_object", Body=b"x"),
    "s3:DeleteObject": _s3("delete_object"),
    "s3:ListBucket": _s3("list_objects_v2"),
    "s3:PutBucketPolicy": _s3("put_bucket_policy", Policy='{"Version":"2012-10-17","Statement":[]}'),
    "s3:DeleteBucket": _s3("delete_bucket"),
    "sqs:SendMessage": _sqs("send_message", MessageBody="x"),
    "sqs:ReceiveMessage": _sqs("receive_message"),
    "sqs:DeleteMessage": _sqs("delete_message", ReceiptHandle="x"),
    "sqs:ChangeMessageVisibility": _sqs("change_message_visibility", ReceiptHandle="x", VisibilityTimeout=10),
    "sqs:GetQueueAttributes": _sqs("get_queue_attributes"),
    "sqs:PurgeQueue": _sqs("purge_queue"),
    "sqs:DeleteQueue": _sqs("delete_queue"),
    "sqs:SetQueueAttributes": _sqs("set_queue_attributes", Attributes={"VisibilityTimeout": "1"}),
}


def permitted(policies: list[Any], case: Case) -> bool:
    """moto's judgement of one case by a role's policies."""
    from moto.iam.access_control import IAMPolicy, PermissionResult

    results = [IAMPolicy(policy).is_action_permitted(case.action, case.resource) for policy in policies]
    return PermissionResult.DENIED not in results and PermissionResult.PERMITTED in results


def document(statements: list[dict[str, Any]]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": statements}, sort_keys=True)


class Account:
    """An account in moto with the buckets and queues of the cases, and roles made on demand."""

    def __init__(self, cases: list[Case]):
        import boto3

        self.boto3 = boto3
        self.sessions: dict[str, dict[str, str]] = {}
        buckets = {case.resource.removeprefix("arn:aws:s3:::").split("/")[0] for case in cases if case.resource.startswith("arn:aws:s3:::")}
        for bucket in buckets - {"*"}:
            self.client("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
        for queue in {case.resource.rsplit(":", 1)[1] for case in cases if case.resource.startswith("arn:aws:sqs:")}:
            self.client("sqs").create_queue(QueueName=queue)

    def client(self, service: str, credentials: dict[str, str] | None = None) -> Any:
        own = {"aws_access_key_id": "AKIAIOSFODNN7EXAMPLE", "aws_secret_access_key": "test"}
        if credentials:
            own = {
                "aws_access_key_id": credentials["AccessKeyId"],
                "aws_secret_access_key": credentials["SecretAccessKey"],
                "aws_session_token": credentials["SessionToken"],
            }
        return self.boto3.client(service, region_name=REGION, **own)

    def session(self, statements: list[dict[str, Any]]) -> dict[str, str]:
        """Credentials of a role with these statements."""
        policy = document(statements)
        if policy not in self.sessions:
            name = f"role-{len(self.sessions)}"
            trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]}
            arn = self.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
            if statements:
                self.client("iam").put_role_policy(RoleName=name, PolicyName="all", PolicyDocument=policy)
            self.sessions[policy] = self.client("sts").assume_role(RoleArn=arn, RoleSessionName="matrix")["Credentials"]
        return self.sessions[policy]

    def policy_says(self, credentials: dict[str, str], case: Case) -> bool:
        from moto.iam.access_control import AssumedRoleAccessKey

        headers = {"X-Amz-Security-Token": credentials["SessionToken"]}
        key = AssumedRoleAccessKey(ACCOUNT, "aws", credentials["AccessKeyId"], headers)
        return permitted(key.collect_policies(), case)

    def request_says(self, credentials: dict[str, str], case: Case) -> bool:
        from botocore.exceptions import ClientError
        from moto.core.authorization import enable_iam_authentication

        with enable_iam_authentication():
            try:
                REQUESTS[case.action](lambda service: self.client(service, credentials), case.resource)
            except ClientError as error:
                code = error.response["Error"]["Code"]
                # To SQS, which speaks JSON, moto answers a denial in XML: the code is in the message.
                words = code + str(error)
                if "AccessDenied" in words:
                    return False
                if "Signature" in words or "InvalidClientToken" in words or "InvalidAccessKey" in words:
                    raise Problem(f"moto did not accept the role's credentials: {error}") from error
        return True


@contextmanager
def moto() -> Iterator[None]:
    import os

    from moto import mock_aws

    os.environ["MOTO_ACCOUNT_ID"] = ACCOUNT
    os.environ.pop("AWS_ENDPOINT_URL", None)
    os.environ.pop("AWS_PROFILE", None)
    with mock_aws():
        yield


Statements = list[dict[str, Any]]


def answer(account: Account, statements: Statements, case: Case) -> Answer:
    """One case's answer by the policy, and by a request if it can be asked."""
    credentials = account.session(applicable(statements, case.context, case.resource))
    allowed = account.policy_says(credentials, case)
    problem = ""
    if allowed != case.allowed:
        problem = "is allowed and must not be" if allowed else "is denied and is needed"
    asked = case.action in REQUESTS
    if asked and account.request_says(credentials, case) != allowed:
        problem = f"the policy {'allows' if allowed else 'denies'} it, the request was answered otherwise"
    return Answer(case, allowed, asked, problem)


def answers(roles: dict[str, Statements], denials: Statements, cases: list[Case]) -> list[Answer]:
    """Every case's answer. `denials`: Deny statements of the policies of buckets and queues."""
    with moto():
        account = Account(cases)
        return [answer(account, roles[case.role] + denials, case) for case in cases]


def breaks(statements: Statements) -> Iterator[tuple[str, bool, Statements]]:
    """Every Allow statement taken out, without one of its actions, and widened: words, whether it is wider, statements."""
    for place, statement in enumerate(statements):
        if statement["Effect"] != "Allow":
            continue
        name = statement.get("Sid", statement["Action"])
        before, after = statements[:place], statements[place + 1 :]
        yield f"{name} taken out", False, before + after
        if listed(statement["Resource"]) != ["*"]:
            yield f"{name} widened to every resource", True, [*before, {**statement, "Resource": "*"}, *after]
        actions = listed(statement["Action"])
        if len(actions) > 1:
            for action in actions:
                fewer = {**statement, "Action": [other for other in actions if other != action]}
                yield f"{name} without {action}", False, [*before, fewer, *after]


def unnoticed(roles: dict[str, Statements], denials: Statements, cases: list[Case]) -> tuple[int, list[str]]:
    """How many broken policies were tried, and those that no case notices."""
    silent: list[str] = []
    count = 0
    for role, statements in roles.items():
        own = [case for case in cases if case.role == role]
        for words, wider, policy in breaks(statements):
            count += 1
            asked = [case for case in own if case.allowed != wider]
            judged = (permitted([document(applicable(policy + denials, case.context, case.resource))], case) for case in asked)
            if all(allowed != wider for allowed in judged):
                silent.append(f"{role}: {words}")
    return count, silent


def table(found: list[Answer]) -> str:
    lines = []
    width = max(len(answer.case.action) for answer in found)
    for answer in found:
        case = answer.case
        mark = "allowed" if answer.allowed else "denied "
        wrong = f"   WRONG: {answer.problem}" if answer.problem else ""
        lines.append(f"  {case.role:<16} {case.action:<{width}} {mark} {case.resource}{wrong}")
    return "\n".join(lines)


def counted(found: list[Answer]) -> str:
    allowed = Counter(answer.case.role for answer in found if answer.case.allowed)
    denied = Counter(answer.case.role for answer in found if not answer.case.allowed)
    asked = sum(answer.asked for answer in found)
    roles = ", ".join(f"{role} {allowed[role]}+{denied[role]}" for role in sorted(set(allowed) | set(denied)))
    return f"{len(found)} answers ({roles}; allowed+denied), {asked} of them also by signed requests"
