"""AWS's Service Authorization Reference: the actions of a service, and the resources that each is about.

The data is that of the Go package internal/iamref, so that emulator and policy checks cannot differ.
Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

import functools
import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ARCHIVE = Path(__file__).parents[5] / "internal" / "iamref" / "reference.zip"

_VARIABLE = re.compile(r"\$\{(\w+)\}")


@dataclass(frozen=True)
class Form:
    """How the ARN of a type of resource is made: arn:${Partition}:sqs:${Region}:${Account}:${QueueName}."""

    text: str

    def fill(self, values: dict[str, str]) -> str | None:
        """The ARN, None when a variable has no value. Variables are compared without case."""
        names = [name.lower() for name in _VARIABLE.findall(self.text)]
        if any(not values.get(name) for name in names):
            return None
        return _VARIABLE.sub(lambda match: values[match[1].lower()], self.text)

    @property
    def variables(self) -> list[str]:
        return [name for name in _VARIABLE.findall(self.text) if name not in ("Partition", "Region", "Account")]

    def fits(self, arn: str) -> bool:
        return _pattern(self.text).fullmatch(arn) is not None


@functools.cache
def _pattern(form: str) -> re.Pattern[str]:
    parts = _VARIABLE.split(form)
    return re.compile("".join(".*" if at % 2 else re.escape(part) for at, part in enumerate(parts)))


@functools.cache
def prefixes() -> frozenset[str]:
    """The names that actions begin with, such as sqs."""
    with zipfile.ZipFile(ARCHIVE) as archive:
        return frozenset(name.removesuffix(".json") for name in archive.namelist() if "/" not in name)


@functools.cache
def _service(prefix: str) -> dict[str, Any]:
    if prefix not in prefixes():
        return {"actions": {}, "types": {}}
    with zipfile.ZipFile(ARCHIVE) as archive:
        loaded: dict[str, Any] = json.loads(archive.read(f"{prefix}.json"))
    return loaded


def has(prefix: str, action: str) -> bool:
    """Whether there is the action, such as SendMessage of sqs."""
    return action in _service(prefix)["actions"]


@functools.cache
def forms(prefix: str, action: str) -> tuple[Form, ...]:
    """The ARNs that an action can be about. Without any, it is about everything (*)."""
    service = _service(prefix)
    types = service["actions"].get(action, {}).get("types") or []
    return tuple(Form(service["types"][name]["arn"]) for name in types)
