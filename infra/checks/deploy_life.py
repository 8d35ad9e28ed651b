"""A whole life of a plant by scripts/deploy and the real aws command, against moto's server on loopback.

moto's CloudFormation does not run the SAM transform, so transformed templates are given with --templates. It skips what it
does not know (CodeDeploy, Roles Anywhere, alarms, budgets, policies of queues) and never rolls back: a failure is told here
as CloudFormation tells it, but nothing is undone by it. No deployment's alarm is seen, and nothing runs in Lambda.
stand_in.py says what else it gets wrong. The agent's
own check is a recorder of its arguments: that scripts/deploy asks it, and what it does with a refusal, is tried; the path
behind it is not.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import matrix
import stand_in
import templates
from templates import ACCOUNT, REGION

ROOT = Path(__file__).resolve().parent.parent.parent


class Unexpected(Exception):
    """scripts/deploy did something else than it should."""


def expect(condition: Any, words: str, output: str = "") -> None:
    if not condition:
        raise Unexpected(f"{words}\n{output}".rstrip())


class Life:
    """One account in moto, one home with a configuration, and what was tried in them."""

    def __init__(self, folder: Path, endpoint: str):
        import boto3

        self.folder = folder
        self.config = folder / "sandpiper.toml"
        self.asked = folder / "asked"
        self.tried: list[str] = []
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "LC_ALL": "C.UTF-8",
            "TMPDIR": str(folder),
            "SANDPIPER_CONFIG": str(self.config),
            "SANDPIPER_DIST": str(folder / "dist"),
            "AWS_ENDPOINT_URL": endpoint,
            "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_MAX_ATTEMPTS": "2",
        }
        own = {"region_name": REGION, "endpoint_url": endpoint, "aws_access_key_id": "AKIAIOSFODNN7EXAMPLE", "aws_secret_access_key": "test"}
        self.s3 = boto3.client("s3", **own)
        self.sqs = boto3.client("sqs", **own)
        self.stacks = boto3.client("cloudformation", **own)
        self.templates = folder / "templates"
        self.templates.mkdir()
        self.write_templates()
        self.recorder(0)

    def write_templates(self) -> None:
        """The transformed plant, its functions' code a package on this disk as in infra/template.yaml, and the identity."""
        package = self.folder / "function.zip"
        with zipfile.ZipFile(package, "w") as archive:
            archive.writestr(zipfile.ZipInfo("README"), "no code: nothing runs here")
        plant = templates.transform(templates.load("template.yaml"))
        for resource in plant["Resources"].values():
            if resource["Type"] == "AWS::Lambda::Function" and "S3Bucket" in resource["Properties"].get("Code", {}):
                resource["Properties"]["Code"] = str(package)
        further = {"OwnResultsQueue": "yes", "CaCertificate": matrix.PEM.replace("MIIB", "M" * 200)}
        made = {"template.yaml": stand_in.simplified(plant, {})}
        made["edge-identity.yaml"] = stand_in.simplified(templates.load("edge-identity.yaml"), further)
        for name, template in made.items():
            (self.templates / name).write_text(json.dumps(template), encoding="utf-8")

    def recorder(self, status: int) -> None:
        """A sandpiper that writes down what it is asked and answers with this exit status."""
        program = self.folder / "dist" / "bin" / "sandpiper"
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(f'#!/bin/sh\necho "$SANDPIPER_CONFIG: $*" >>"{self.asked}"\nexit {status}\n', encoding="utf-8")
        program.chmod(0o755)

    def deploy(self, *arguments: str, status: int = 0, answer: str | None = None, **environment: str) -> str:
        own = {**self.environment, **environment}
        own = {key: value for key, value in own.items() if value != ""}
        done = subprocess.run(
            [str(ROOT / "scripts/deploy"), *arguments],
            input=answer if answer is not None else None,
            stdin=subprocess.DEVNULL if answer is None else None,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=own,
            timeout=240,
            check=False,
        )
        expect(done.returncode == status, f"scripts/deploy {' '.join(arguments)} ended with {done.returncode}, not {status}:", done.stdout)
        return done.stdout

    def plant(self, *arguments: str, **more: Any) -> str:
        return self.deploy("--templates", str(self.templates), *arguments, **more)

    def names(self) -> set[str]:
        """Every bucket, queue and stack there is."""
        buckets = {bucket["Name"] for bucket in self.s3.list_buckets()["Buckets"]}
        queues = {url.rsplit("/", 1)[1] for url in self.sqs.list_queues().get("QueueUrls", [])}
        stacks = {stack["StackName"] for stack in self.stacks.describe_stacks()["Stacks"]}
        return buckets | queues | stacks


def refusals(life: Life) -> str:
    out = life.deploy("--yes", status=1, AWS_ACCESS_KEY_ID="", AWS_SECRET_ACCESS_KEY="")
    expect("AWS does not know who you are" in out and "aws configure" in out, "without credentials it must say what to do:", out)
    out = life.deploy("--yes", status=1, AWS_DEFAULT_REGION="")
    expect("no region is chosen" in out, "without a region it must say so:", out)
    out = life.deploy("--yes", status=1, PATH=commands_but_aws(life))
    expect("neither the aws nor the sam command is there" in out, "without a command it must say so:", out)
    out = life.deploy("--stack", "Not_a_name", status=2)
    expect("--stack 'Not_a_name'" in out, "a bad name must be refused:", out)
    key = life.folder / "key.pem"
    key.write_text("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n", encoding="utf-8")
    out = life.deploy("--authority", str(key), status=1)
    expect("holds a private key" in out, "a key must be refused:", out)
    expect(life.names() == set(), f"a refusal left {life.names()}")
    return "refusals without account, region, command, with a bad name and with a private key"


def commands_but_aws(life: Life) -> str:
    """A PATH with the commands a shell needs and neither aws nor sam."""
    folder = life.folder / "commands"
    folder.mkdir(exist_ok=True)
    for name in ("bash", "env", "sed", "dirname", "mktemp", "rm", "cat", "grep", "find", "date", "head"):
        for place in os.environ["PATH"].split(":"):
            if (Path(place) / name).exists():
                (folder / name).unlink(missing_ok=True)
                (folder / name).symlink_to(Path(place) / name)
                break
    return str(folder)


def unconfirmed(life: Life) -> str:
    out = life.plant("--device", "pi", status=1)
    expect("nothing was changed" in out and "AWS::SQS::Queue" in out, "unconfirmed it must say that nothing changed:", out)
    expect(life.names() == {f"sandpiper-artefacts-{ACCOUNT}-{REGION}"}, f"unconfirmed there is {life.names()}", out)
    expect(not life.config.exists(), "a refused change wrote the configuration")
    return "a change that nobody confirms"


def first(life: Life) -> str:
    life.config.write_text('# mine\n[http]\nport = 0\n\n[burst.aws]\nconcurrency = 8\nregion = "us-east-1"\n\n[queue]\n', encoding="utf-8")
    out = life.plant("--device", "pi", answer="y\n")
    for name in (f"sandpiper-in-{ACCOUNT}-{REGION}", f"sandpiper-out-{ACCOUNT}-{REGION}", "sandpiper-jobs", "sandpiper-jobs-dead", "sandpiper-results-pi"):
        expect(name in life.names(), f"{name} is not there:", out)
    written = life.config.read_text(encoding="utf-8")
    for line in (
        f'region = "{REGION}"',
        'device = "pi"',
        f'in_bucket = "sandpiper-in-{ACCOUNT}-{REGION}"',
        f'out_bucket = "sandpiper-out-{ACCOUNT}-{REGION}"',
        'mode = "overflow"',
        "concurrency = 8",
        '# replaced by scripts/deploy: region = "us-east-1"',
        "# mine",
        "[queue]",
    ):
        expect(line in written.splitlines(), f"the configuration has no line {line}:", written)
    for key, end in (("jobs_queue", "/sandpiper-jobs"), ("results_queue", "/sandpiper-results-pi"), ("function", ":live")):
        expect(any(line.startswith(f"{key} = ") and line.endswith(f'{end}"') for line in written.splitlines()), f"no {key} ending in {end}:", written)
    expect(written.count("[burst.aws]") == 1, "the table stands there twice:", written)
    before = life.config.with_name("sandpiper.toml.before-deploy").read_text(encoding="utf-8")
    expect('region = "us-east-1"\n\n[queue]' in before, "the backup is not the file of before:", before)
    expect(life.asked.read_text(encoding="utf-8") == f"{life.config}: cloud check --smoke\n", "the agent was not asked:", out)
    artefacts = f"sandpiper-artefacts-{ACCOUNT}-{REGION}"
    blocked = life.s3.get_public_access_block(Bucket=artefacts)["PublicAccessBlockConfiguration"]
    expect(all(blocked.values()), f"{artefacts} is not closed: {blocked}")
    expect("SecureTransport" in life.s3.get_bucket_policy(Bucket=artefacts)["Policy"], f"{artefacts} allows plain HTTP")
    life.s3.get_bucket_encryption(Bucket=artefacts)
    return "first deployment"


def again(life: Life) -> str:
    before = life.config.read_bytes()
    names = life.names()
    out = life.plant()
    expect("The stack sandpiper is as it should be: no change." in out, "the second deployment changed the stack:", out)
    expect("as it should be: no change." in out.split("The stack")[1], "the second deployment changed the configuration:", out)
    expect(life.config.read_bytes() == before and life.names() == names, "the second deployment changed something:", out)
    out = life.plant("--parameter", "NoSuch=1", "--yes", status=1)
    expect("no parameter 'NoSuch'" in out, "an unknown parameter must be named:", out)
    life.recorder(1)
    out = life.plant("--parameter", "MaximumConcurrency=20", "--yes", status=1)
    expect("The stack sandpiper is UPDATE_COMPLETE." in out, "a changed parameter changed nothing:", out)
    expect("the agent does not reach all of it" in out, "the agent's refusal must be said:", out)
    expect(life.config.read_bytes() == before, "the configuration changed:", out)
    life.recorder(0)
    return "second without change, one changed parameter, an agent that does not reach it"


def broken(life: Life) -> str:
    """Another plant whose bucket's name is taken."""
    taken = f"other-in-{ACCOUNT}-{REGION}"
    life.s3.create_bucket(Bucket=taken, CreateBucketConfiguration={"LocationConstraint": REGION})
    before = life.config.read_bytes()
    out = life.plant("--stack", "other", "--yes", status=1)
    for words in ("the stack other is ROLLBACK_COMPLETE; what failed:", "InBucket (AWS::S3::Bucket): ", "→ something of that name is left", "rolled back"):
        expect(words in out, f"a failed stack is not explained by '{words}':", out)
    expect(life.config.read_bytes() == before, "a failed stack went into the configuration")
    life.stacks.delete_stack(StackName="other")
    life.s3.delete_bucket(Bucket=taken)
    artefacts = f"sandpiper-artefacts-{ACCOUNT}-{REGION}"
    for item in life.s3.list_objects_v2(Bucket=artefacts, Prefix="other/")["Contents"]:
        life.s3.delete_object(Bucket=artefacts, Key=item["Key"])
    return "a failed stack explained"


def device(life: Life) -> str:
    out = life.plant("--device", "attic", "--yes", status=1)
    expect("no authority is known" in out and "--authority" in out, "a device without authority must be refused:", out)
    authority = life.folder / "authority.pem"
    authority.write_text(matrix.PEM.replace("MIIB", "\n".join(["M" * 64] * 4)) + "\n", encoding="utf-8")
    before = life.config.read_bytes()
    out = life.plant("--device", "attic", "--authority", str(authority), "--yes")
    expect("The stack sandpiper is as it should be: no change." in out, "the parameter changed before was forgotten:", out)
    expect("sandpiper-results-attic" in life.names() and "sandpiper-device-attic" in life.names(), "the device has no queue or stack:", out)
    for line in ('device = "attic"', 'credentials = "roles-anywhere"', f'role_arn = "arn:aws:iam::{ACCOUNT}:role/', 'trust_anchor = "arn:', '/sandpiper-results-attic"'):
        expect(line in out, f"the device's settings lack {line}:", out)
    expect(life.config.read_bytes() == before, "another device's settings went into this agent's configuration")
    return "a further device"


def destroyed(life: Life) -> str:
    for folder in ("in", "out"):
        bucket = f"sandpiper-{folder}-{ACCOUNT}-{REGION}"
        life.s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        for number in range(1020 if folder == "in" else 20):  # more than one page of a listing
            life.s3.put_object(Bucket=bucket, Key=f"{folder}/pi/{number % 1010:064x}", Body=b"x")
        life.s3.delete_object(Bucket=bucket, Key=f"{folder}/pi/{0:064x}")
        life.s3.create_multipart_upload(Bucket=bucket, Key=f"{folder}/pi/unfinished")
    names = life.names()
    out = life.deploy("--destroy", status=1, answer="something\n")
    expect("nothing was removed" in out and life.names() == names, "a wrong name removed something:", out)
    out = life.deploy("--destroy", answer="sandpiper\n")
    expect("Nothing with the tag sandpiper=sandpiper is left" in out, "it did not prove that nothing is left:", out)
    expect(life.names() == set(), f"left: {life.names()}", out)
    written = life.config.read_text(encoding="utf-8")
    expect("sandpiper-jobs" not in written and "concurrency = 8" in written and "# mine" in written, "the configuration is not as of before:", written)
    out = life.deploy("--destroy", "--yes")
    expect("nothing to remove" in out, "a second removal found something:", out)
    return "removal with 1,040 versions, delete markers and unfinished uploads, and a second one"


STEPS = [refusals, unconfirmed, first, again, broken, device, destroyed]


def run() -> str:
    with tempfile.TemporaryDirectory(prefix="sandpiper-deploy-life.") as folder, stand_in.served(ACCOUNT) as endpoint:
        life = Life(Path(folder), endpoint)
        return "; ".join(step(life) for step in STEPS)


if __name__ == "__main__":
    print(run())
