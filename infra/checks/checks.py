"""Runs the checks, remembers which passed on which files, and prints a line for each."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

HERE = Path(__file__).resolve().parent
INFRA = HERE.parent
ROOT = INFRA.parent
CACHE = Path(os.environ["SANDPIPER_CHECKS_CACHE"])
TEMPLATES = ["infra/template.yaml", "infra/edge-identity.yaml"]
# In the processes that perform checks, too: they inherit the arguments.
TALKATIVE = any(not argument.startswith("-") for argument in sys.argv[1:])  # checks asked for by name show what they did
os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")


class Failed(Exception):
    """A check did not pass; the message is what a person has to read."""


class Skipped(Exception):
    """There is nothing to check."""


@dataclass(frozen=True)
class Check:
    name: str
    files: list[str]  # patterns from the root; they and infra/checks decide whether it has to run again
    run: Callable[[], str]

    def key(self) -> str:
        digest = hashlib.sha256(self.name.encode())
        for pattern in [*self.files, "infra/checks/*"]:
            for file in sorted(path for path in ROOT.glob(pattern) if path.is_file()):
                digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
        return digest.hexdigest()[:32]


def tool(*command: str, limit: int = 300) -> str:
    """Runs a program; its output, or a failure with its output."""
    try:
        done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired as late:
        raise Failed(f"{command[0]} did not end within {limit} s") from late
    if done.returncode:
        raise Failed(f"{' '.join(command)}\n{done.stdout}{done.stderr}".rstrip())
    return done.stdout


def lint(template: str) -> Callable[[], str]:
    def run() -> str:
        if not (ROOT / template).exists():
            raise Failed(f"{template} does not exist")
        tool("cfn-lint", "--regions", "eu-central-1", "us-east-1", "--", template)
        return "no finding"

    return run


def transformed() -> str:
    import templates

    made = templates.transform(templates.load("template.yaml"))
    with tempfile.TemporaryDirectory(prefix="sandpiper-checks.") as folder:
        file = Path(folder) / "transformed.json"
        file.write_text(json.dumps(made, indent=1), encoding="utf-8")
        # W3045, W3005, W2030 and the like come from what the transform writes, not from what a person wrote.
        tool("cfn-lint", "--non-zero-exit-code", "error", "--regions", "eu-central-1", "us-east-1", "--", str(file))
    return f"{len(made['Resources'])} resources, no error"


def permissions() -> str:
    import matrix
    import permissions as machine

    found = machine.answers(matrix.roles(), matrix.denials(), matrix.cases())
    if TALKATIVE:
        print(machine.table(found))
    wrong = [answer for answer in found if answer.problem]
    if wrong:
        raise Failed(f"{len(wrong)} of {len(found)} answers are wrong:\n{machine.table(wrong)}")
    matrix.complete(found)
    return machine.counted(found) + "; " + matrix.trusts()


def broken_permissions() -> str:
    import matrix

    return matrix.seen_to_fail()


def dockerfile() -> str:
    file = "infra/ocr/Dockerfile"
    if not (ROOT / file).exists():
        raise Skipped(f"there is no {file}")
    tool("hadolint", file)
    return "no finding"


def shell() -> str:
    files = ["infra/checks/run", ".ci/run"]
    files += [str(path.relative_to(ROOT)) for path in sorted((ROOT / "scripts").glob("*")) if path.is_file()]
    files += [str(path.relative_to(ROOT)) for path in sorted((ROOT / "scripts/lib").glob("*.sh"))]
    tool("shellcheck", "--external-sources", *files)
    return f"{len(files)} scripts, no finding"


def life() -> str:
    import deploy_life

    return deploy_life.run()


def prices() -> str:
    import cost

    return cost.check()


CHECKS = [
    Check("deploy-life", [*TEMPLATES, "scripts/deploy", "scripts/lib/*.sh"], life),
    Check("cfn-lint-template", TEMPLATES[:1], lint(TEMPLATES[0])),
    Check("cfn-lint-identity", TEMPLATES[1:], lint(TEMPLATES[1])),
    Check("sam-transform", TEMPLATES[:1], transformed),
    Check("permissions", TEMPLATES, permissions),
    Check("permissions-broken", TEMPLATES, broken_permissions),
    Check("dockerfile", ["infra/ocr/**/*"], dockerfile),
    Check("shell", ["scripts/*", "scripts/lib/*.sh", ".ci/run"], shell),
    Check("prices", ["infra/prices.json", "infra/README.md", "infra/template.yaml"], prices),
]


def perform(name: str, again: bool) -> bool:
    """Runs one check and prints its line; whether it passed."""
    check = next(check for check in CHECKS if check.name == name)
    mark = CACHE / "passed" / check.key()
    if mark.exists() and not again:
        print(f"passed  {name}: {mark.read_text(encoding='utf-8')} (unchanged since)", flush=True)
        return True
    start = time.monotonic()
    try:
        detail = check.run()
    except Skipped as nothing:
        print(f"passed  {name}: {nothing}", flush=True)
        return True
    except Exception as failure:  # noqa: BLE001 (whatever it is, it is said, and the next check runs)
        words = str(failure) if isinstance(failure, Failed) else f"{type(failure).__name__}: {failure}"
        print(f"FAILED  {name}: {words}", flush=True)
        return False
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(detail, encoding="utf-8")
    print(f"passed  {name}: {detail} ({time.monotonic() - start:.1f} s)", flush=True)
    return True


def main(arguments: list[str]) -> int:
    if "--list" in arguments:
        print("\n".join(check.name for check in CHECKS))
        return 0
    names = [argument for argument in arguments if not argument.startswith("-")]
    unknown = [argument for argument in arguments if argument.startswith("-") and argument != "--again"]
    unknown += sorted(set(names) - {check.name for check in CHECKS})
    if unknown:
        print(f"infra/checks/run: {unknown[0]} is no option or check; see --help and --list", file=sys.stderr)
        return 2
    wanted = [check.name for check in CHECKS if not names or check.name in names]
    # Each in a process of its own: moto takes over a whole process. The longest comes first in the list.
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn"), max_tasks_per_child=1) as pool:
        results = list(pool.map(perform, wanted, ["--again" in arguments] * len(wanted)))
    print(f"infra/checks: {results.count(True)} passed, {results.count(False)} failed")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
