"""moto's server on loopback, with what its CloudFormation gets wrong put right as far as a deployment needs it.

Each correction says what moto does without it. None touches what scripts/deploy asks or how it is asked.
"""

from __future__ import annotations

import logging
import os
import warnings
from contextlib import contextmanager
from typing import Any, Iterator

import templates


@contextmanager
def served(account: str) -> Iterator[str]:
    """Runs the server; the value is its address."""
    os.environ["MOTO_ACCOUNT_ID"] = account
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    logging.getLogger("moto").setLevel(logging.CRITICAL)
    warnings.simplefilter("ignore")  # a line for every type of resource that it skips
    _correct()
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
    finally:
        server.stop()


def _correct() -> None:
    from moto.cloudformation.models import ChangeSet, CloudFormationBackend, Event, Stack
    from moto.iam.access_control import PermissionResult
    from moto.s3.models import FakeBucket

    failed: set[str] = set()
    original = CloudFormationBackend.execute_change_set

    def apply(change: Any) -> None:
        """Without it a stack made by a change set has no outputs, no defaults of parameters and no tags."""
        stack = change.stack
        if change.change_set_type == "UPDATE":
            stack.update(change.template, parameters={**stack.stack_parameters, **change.parameters}, tags=change.tags)
            return
        stack.template, stack.parameters, stack.tags = change.template, change.parameters, change.tags or {}
        stack._parse_template()
        stack.resource_map = stack._create_resource_map()
        stack.output_map = stack._create_output_map()
        try:
            stack.create_resources()
        except Exception as failure:  # noqa: BLE001 (moto would answer the request with it, and leave the stack as it is)
            fail(stack, failure)

    def fail(stack: Any, failure: Exception) -> None:
        """What failed is the resource that was not made, the first in the order in which moto makes them."""
        made = stack.resource_map._parsed_resources
        name = next(name for name in stack.resource_map.resources if made.get(name) is None)
        kind = stack.template_dict["Resources"][name]["Type"]
        stack.events.append(Event(stack.stack_id, stack.name, name, "", kind, "CREATE_FAILED", f"{failure}", None))
        stack.output_map._output_json_map = {}
        failed.add(stack.stack_id)

    def execute(backend: Any, *arguments: Any, **named: Any) -> None:
        original(backend, *arguments, **named)
        for stack in backend.stacks.values():
            if stack.stack_id in failed:
                stack.status = "ROLLBACK_COMPLETE"

    def has_parameters(stack: Any, others: dict[str, Any]) -> bool:
        """Without it a parameter that has its default counts as a change."""
        return all(str(stack.stack_parameters.get(key)) == str(value) for key, value in others.items())

    ChangeSet.apply = apply
    CloudFormationBackend.execute_change_set = execute
    Stack.has_parameters = has_parameters
    # It would refuse a template for a mere warning of cfn-lint, which is a check of its own here.
    CloudFormationBackend.validate_template = lambda *_: []
    # It takes a condition it does not know for fulfilled, so the policies' "only by TLS" would forbid everything.
    FakeBucket.get_permission = lambda *_: PermissionResult.NEUTRAL


def simplified(template: dict[str, Any], parameters: dict[str, str]) -> dict[str, Any]:
    """The template with conditions and mappings worked out for these parameters, which moto gets wrong inside policies.

    moto makes no aliases of functions, so a reference to one becomes its ARN, and the event source calls the function.
    It knows nothing of Roles Anywhere, so its resources are left out and their ARNs invented.
    """
    resolver = templates.Resolver(template, parameters)
    unknown = {("Resources", name) for name, item in template["Resources"].items() if item["Type"].startswith("AWS::RolesAnywhere::")}

    def worked_out(value: Any) -> Any:
        if isinstance(value, list):
            return [item for item in map(worked_out, value) if item is not templates.NO_VALUE]
        if not isinstance(value, dict):
            return value
        if "Fn::If" in value:
            name, yes, no = value["Fn::If"]
            return worked_out(yes if resolver.condition(name) else no)
        if "Fn::FindInMap" in value:
            return resolver.resolve(value)
        if "Fn::GetAtt" in value and ("Resources", value["Fn::GetAtt"][0]) in unknown:
            return resolver.resolve(value)
        if value == {"Ref": "AWS::NoValue"}:
            return templates.NO_VALUE
        alias = template["Resources"].get(value.get("Ref"), {}) if len(value) == 1 else {}
        if alias.get("Type") == "AWS::Lambda::Alias":
            function = alias["Properties"]["FunctionName"]["Ref"]
            return {"Fn::Join": [":", [{"Fn::GetAtt": [function, "Arn"]}, alias["Properties"]["Name"]]]}
        items = {key: worked_out(item) for key, item in value.items()}
        return {key: item for key, item in items.items() if item is not templates.NO_VALUE}

    made = dict(template)
    for part in ("Resources", "Outputs"):
        there = {name: item for name, item in template[part].items() if (part, name) not in unknown and resolver.exists(item)}
        made[part] = {name: worked_out({key: value for key, value in item.items() if key != "Condition"}) for name, item in there.items()}
    for resource in made["Resources"].values():
        if resource["Type"] == "AWS::Lambda::EventSourceMapping":
            resource["Properties"]["FunctionName"] = resource["Properties"]["FunctionName"]["Fn::Join"][1][0]
    return made
