"""The cost sheet: what the plant costs, from infra/prices.json. `python3 infra/checks/cost.py` prints it as it stands in README.md."""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent
COUNTED = ["s3Put", "s3Get", "s3Delete", "s3List", "sqs", "invoke", "gbSecond"]  # by the agent; see `sandpiper cloud cost`
OTHERS = ["gbSecondX86", "s3GbMonth", "logGb", "logGbMonth", "alarmMonth", "dashboardMonth", "trace", "outGb", "textractPage"]

GIGABYTES = Decimal(1769) / 1024
PAGES = 10
# 60 ms for S3 both ways, and 3 GB-seconds for 100 pages.
SECONDS = Decimal("0.060") + PAGES * Decimal("0.03") / GIGABYTES

# A month without a document: five pollers of the event source, a request every 20 s each; alarms and the dashboard of the template.
POLLERS = 5
IDLE = {"sqs": POLLERS * 3 * 60 * 730, "alarmMonth": 9, "dashboardMonth": 1}

# One document of ten pages, 60 KB of result.
DOCUMENT = {
    "gbSecond": GIGABYTES * SECONDS,
    "invoke": Decimal("0.1"),
    "s3Put": Decimal(2),
    "s3Get": Decimal(2),
    "s3Delete": Decimal(2),
    "sqs": Decimal("1.5"),
    "logGb": Decimal(200) / 10**9,
    "trace": Decimal("0.05") * Decimal("0.1"),
    "outGb": Decimal(60_000) / 10**9,
}


class Wrong(Exception):
    """The prices or the sheet are not as they should be."""


def read() -> dict:
    return json.loads((FOLDER / "prices.json").read_text(encoding="utf-8"), parse_float=Decimal, parse_int=Decimal)


def amount(quantities: dict, prices: dict, free: dict | None = None) -> Decimal:
    off = free or {}
    return sum((max(Decimal(0), Decimal(count) - off.get(item, 0)) * prices[item] for item, count in quantities.items()), Decimal(0))


def times(count: int) -> dict:
    return {item: count * quantity for item, quantity in DOCUMENT.items()}


def sheet() -> str:
    prices = read()
    lines = ["| USD | " + " | ".join(prices["regions"]) + " |", "| --- |" + " --- |" * len(prices["regions"])]

    def row(name: str, quantities: dict, free: dict | None = None, digits: int = 2) -> None:
        cells = (f"{amount(quantities, region, free):.{digits}f}" for region in prices["regions"].values())
        lines.append(f"| {name} | " + " | ".join(cells) + " |")

    row("a month without a document, nothing free", IDLE)
    row("… in an account that uses the free amounts for nothing else", IDLE, prices["free"])
    row("1,000 documents of 10 pages", times(1_000), digits=4)
    row("1,000,000 documents of 10 pages", times(1_000_000))
    row("… of that the functions", {item: times(1_000_000)[item] for item in ("gbSecond", "invoke")})
    row("… requests to S3", {item: times(1_000_000)[item] for item in ("s3Put", "s3Get", "s3Delete")})
    row("… requests to SQS", {"sqs": times(1_000_000)["sqs"]})
    row("… results down to the edge", {"outGb": times(1_000_000)["outGb"]})
    row("… logs and traces", {item: times(1_000_000)[item] for item in ("logGb", "trace")})
    return "\n".join(lines)


def check() -> str:
    """Prices are complete, exact and dated, and README.md shows the sheet that follows from them."""
    prices = read()
    day = date.fromisoformat(prices["date"])
    for name, region in prices["regions"].items():
        missing = [item for item in COUNTED + OTHERS if item not in region]
        if missing:
            raise Wrong(f"infra/prices.json has no {missing} for {name}")
        wrong = [item for item, price in region.items() if not isinstance(price, Decimal) or price < 0 or (price == 0 and item != "s3Delete")]
        if wrong:
            raise Wrong(f"infra/prices.json: {wrong} of {name} are no prices")
    template = (FOLDER / "template.yaml").read_text(encoding="utf-8")
    always = [part for part in re.findall(r"Type: AWS::CloudWatch::Alarm\n(.*)\n", template) if "Condition:" not in part]
    if len(always) != IDLE["alarmMonth"]:
        raise Wrong(f"the template has {len(always)} alarms, the cost sheet {IDLE['alarmMonth']}")
    if sheet() not in (FOLDER / "README.md").read_text(encoding="utf-8"):
        raise Wrong("the cost sheet of infra/README.md is not what follows from infra/prices.json; it should be:\n" + sheet())
    return f"prices of {day} for {', '.join(prices['regions'])}; the cost sheet follows from them"


if __name__ == "__main__":
    sys.stdout.write(sheet() + "\n")
