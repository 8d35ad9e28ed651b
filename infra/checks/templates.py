"""Reads the templates, runs the SAM transform, and resolves intrinsic functions with fixed parameters."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parent.parent
ACCOUNT = "123456789012"
REGION = "eu-central-1"
STACK = "sandpiper"
DEVICE = "pi"

PSEUDO = {
    "AWS::AccountId": ACCOUNT,
    "AWS::Region": REGION,
    "AWS::StackName": STACK,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::StackId": f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/{STACK}/0",
}
NO_VALUE = object()


class Problem(Exception):
    """Something in a template that a person has to look at."""


class _Loader(yaml.SafeLoader):
    pass


def _intrinsic(loader: yaml.Loader, suffix: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.ScalarNode):
        value: Any = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    if suffix in ("Ref", "Condition"):
        return {suffix: value}
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {"Fn::" + suffix: value}


_Loader.add_multi_constructor("!", _intrinsic)
# "2010-09-09" stays text.
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(name: str) -> dict[str, Any]:
    return yaml.load((FOLDER / name).read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 (a SafeLoader)


def transform(template: dict[str, Any]) -> dict[str, Any]:
    """What CloudFormation makes of a SAM template, with every package of code at an invented place in S3."""
    from samtranslator.parser.parser import Parser
    from samtranslator.translator.translator import Translator

    def placed(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: "s3://artefacts/function.zip" if key in ("CodeUri", "ContentUri") and isinstance(item, str) else placed(item)
                for key, item in value.items()
            }
        return [placed(item) for item in value] if isinstance(value, list) else value

    logging.getLogger("samtranslator").setLevel(logging.CRITICAL)  # it announces every feature toggle
    return Translator({}, Parser()).translate(placed(template), parameter_values={})


class Resolver:
    """Resolves the intrinsic functions of one template."""

    def __init__(self, template: dict[str, Any], parameters: dict[str, Any], pseudo: dict[str, str] | None = None):
        self.template = template
        self.pseudo = {**PSEUDO, **(pseudo or {})}
        self.parameters: dict[str, Any] = {}
        declared = template.get("Parameters", {})
        for name, parameter in declared.items():
            if name in parameters:
                value = parameters[name]
            elif "Default" in parameter:
                value = parameter["Default"]
            else:
                raise Problem(f"parameter {name} has no default; give it a value in infra/checks/matrix.py")
            pattern = parameter.get("AllowedPattern")
            if pattern and not re.fullmatch(pattern, str(value)):
                raise Problem(f"parameter {name}: the value {value!r} of infra/checks/matrix.py does not match {pattern}")
            if parameter["Type"] in ("CommaDelimitedList", "List<String>") and isinstance(value, str):
                value = [part.strip() for part in value.split(",")] if value else []
            self.parameters[name] = value

    def resources(self, kind: str) -> dict[str, dict[str, Any]]:
        """The resources of one type that exist under these parameters, their properties resolved."""
        return {
            name: self.resolve(resource.get("Properties", {}))
            for name, resource in self.template["Resources"].items()
            if resource["Type"] == kind and self.exists(resource)
        }

    def exists(self, resource: dict[str, Any]) -> bool:
        return "Condition" not in resource or self.condition(resource["Condition"])

    def condition(self, name: str) -> bool:
        return bool(self.resolve(self.template["Conditions"][name]))

    def resolve(self, value: Any) -> Any:
        if isinstance(value, list):
            items = [self.resolve(item) for item in value]
            return [item for item in items if item is not NO_VALUE]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            key, argument = next(iter(value.items()))
            if key == "Ref":
                return self.reference(argument)
            if key == "Condition" and isinstance(argument, str):
                return self.condition(argument)
            if key.startswith("Fn::"):
                return self.function(key[4:], argument)
        resolved = {key: self.resolve(item) for key, item in value.items()}
        return {key: item for key, item in resolved.items() if item is not NO_VALUE}

    def reference(self, name: str) -> Any:
        if name == "AWS::NoValue":
            return NO_VALUE
        if name in self.pseudo:
            return self.pseudo[name]
        if name in self.parameters:
            return self.parameters[name]
        kind = self.kind(name)
        physical = self.physical(name)
        if kind == "AWS::SQS::Queue":
            return f"https://sqs.{self.pseudo['AWS::Region']}.amazonaws.com/{ACCOUNT}/{physical}"
        if kind in ("AWS::SNS::Topic", "AWS::IAM::ManagedPolicy", "AWS::Lambda::Alias"):
            return self.attribute(name, "Arn")
        return physical

    def kind(self, name: str) -> str:
        resource = self.template["Resources"].get(name)
        if resource is None:
            raise Problem(f"{name} is neither a parameter nor a resource")
        return resource["Type"]

    def physical(self, name: str) -> str:
        kind = self.kind(name)
        properties = self.template["Resources"][name].get("Properties", {})
        for key in ("BucketName", "QueueName", "FunctionName", "RoleName", "LogGroupName", "TopicName", "AlarmName", "Name"):
            if key in properties and not (key == "FunctionName" and kind not in ("AWS::Lambda::Function", "AWS::Serverless::Function")):
                resolved = self.resolve(properties[key])
                if resolved is not NO_VALUE:
                    return resolved
        return f"{self.pseudo['AWS::StackName']}-{name}"

    def attribute(self, name: str, attribute: str) -> str:
        region = self.pseudo["AWS::Region"]
        kind = self.kind(name)
        physical = self.physical(name)
        if attribute in ("QueueName", "Name", "FunctionName"):
            return physical
        if attribute == "QueueUrl":
            return self.reference(name)
        if attribute in ("RoleId", "KeyId", "ProfileId", "TrustAnchorId", "DomainName", "FunctionUrl"):
            return f"{attribute.lower()}-of-{physical}"
        arns = {
            "AWS::IAM::Role": f"arn:aws:iam::{ACCOUNT}:role/{physical}",
            "AWS::IAM::ManagedPolicy": f"arn:aws:iam::{ACCOUNT}:policy/{physical}",
            "AWS::S3::Bucket": f"arn:aws:s3:::{physical}",
            "AWS::SQS::Queue": f"arn:aws:sqs:{region}:{ACCOUNT}:{physical}",
            "AWS::SNS::Topic": f"arn:aws:sns:{region}:{ACCOUNT}:{physical}",
            "AWS::Lambda::Function": f"arn:aws:lambda:{region}:{ACCOUNT}:function:{physical}",
            "AWS::Serverless::Function": f"arn:aws:lambda:{region}:{ACCOUNT}:function:{physical}",
            "AWS::Logs::LogGroup": f"arn:aws:logs:{region}:{ACCOUNT}:log-group:{physical}:*",
            "AWS::KMS::Key": f"arn:aws:kms:{region}:{ACCOUNT}:key/{physical}",
            "AWS::CloudWatch::Alarm": f"arn:aws:cloudwatch:{region}:{ACCOUNT}:alarm:{physical}",
            "AWS::RolesAnywhere::TrustAnchor": f"arn:aws:rolesanywhere:{region}:{ACCOUNT}:trust-anchor/{physical}",
            "AWS::RolesAnywhere::Profile": f"arn:aws:rolesanywhere:{region}:{ACCOUNT}:profile/{physical}",
        }
        if kind == "AWS::Lambda::Alias":
            properties = self.template["Resources"][name]["Properties"]
            function = self.resolve(properties["FunctionName"])
            return f"arn:aws:lambda:{region}:{ACCOUNT}:function:{function}:{self.resolve(properties['Name'])}"
        if kind in arns:
            return arns[kind]
        return f"arn:aws:{kind.split('::')[1].lower()}:{region}:{ACCOUNT}:{physical}"

    def function(self, name: str, argument: Any) -> Any:
        if name == "GetAtt":
            parts = argument if isinstance(argument, list) else argument.split(".", 1)
            return self.attribute(parts[0], parts[1])
        if name == "Sub":
            return self.substitute(argument)
        if name == "If":
            return self.resolve(argument[1] if self.condition(argument[0]) else argument[2])
        values = self.resolve(argument)
        if name == "Join":
            return values[0].join(str(value) for value in values[1])
        if name == "Select":
            return values[1][int(values[0])]
        if name == "Split":
            return values[1].split(values[0])
        if name == "Equals":
            return str(values[0]) == str(values[1])
        if name == "Not":
            return not values[0]
        if name == "And":
            return all(values)
        if name == "Or":
            return any(values)
        if name == "FindInMap":
            return self.template["Mappings"][values[0]][str(values[1])][values[2]]
        raise Problem(f"Fn::{name} is not known to infra/checks/templates.py")

    def substitute(self, argument: Any) -> str:
        text, own = (argument, {}) if isinstance(argument, str) else (argument[0], self.resolve(argument[1]))

        def value(match: re.Match[str]) -> str:
            name = match.group(1)
            if name.startswith("!"):
                return "${" + name[1:] + "}"
            if name in own:
                return str(own[name])
            if "." in name and name.split(".", 1)[0] in self.template["Resources"]:
                return self.attribute(*name.split(".", 1))
            return str(self.reference(name))

        return re.sub(r"\$\{([^}]+)\}", value, text)
