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
