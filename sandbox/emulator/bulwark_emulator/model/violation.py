"""One thing about a call that AWS's model of the operation does not allow."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from botocore.model import Shape

Path = tuple[str | int, ...]

# AWS leaves the value out of its message where the model marks it as sensitive. Not every secret is marked.
_SECRET = re.compile("password|secret|token|private|credential|plaintext", re.IGNORECASE)


@dataclass(frozen=True)
class Violation:
    """A member, and the constraint that it breaks.

    ``path`` leads to the member: names of members and keys of maps, and the positions of list elements from 1.
    ``kind`` is required, enum, length, range, pattern, union, unknown or type. ``constraint`` says what AWS's message
    says ("Member must not be null"). ``value`` is the value as a message may quote it, None where it may not.
    ``code`` is the service's error code for this very constraint, where it has one.
    """

    path: Path
    kind: str
    constraint: str
    value: str | None = None
    code: str = ""

    @property
    def member(self) -> str:
        """The path as one reads it: Rules[1].Statement.RateBasedStatement.Limit"""
        text = ""
        for step in self.path:
            text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
        return text

    def view(self) -> dict[str, str]:
        """For the list of violations. Without the value, which may be anything."""
        return {"member": self.member, "kind": self.kind, "constraint": self.constraint}


def quotable(shape: Shape, path: Path, value: Any) -> str | None:
    """The value as AWS quotes it, None for what is sensitive and for bytes."""
    name = next((step for step in reversed(path) if isinstance(step, str)), "")
    if _SECRET.search(name) or shape.metadata.get("sensitive") or isinstance(value, (bytes, bytearray)):
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(str, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}={item}" for name, item in value.items()) + "}"
    return str(value)
