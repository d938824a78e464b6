"""The constraints of a model, checked on the members of a call."""

from __future__ import annotations

from typing import Any

from botocore.model import Shape

from .known import takes
from .pattern import fits
from .violation import Path, Violation, quotable

_CONTAINERS = ("structure", "list", "map")
_NUMBERS = ("integer", "long", "float", "double", "short", "byte")


def broken(service: str, shape: Shape, params: dict[str, Any]) -> list[Violation]:
    """What the members of a call break, in the order of the model."""
    walk = _Walk(service)
    walk.structure(shape, params, ())
    return walk.found


class _Walk:
    """Through the members of one call."""

    def __init__(self, service: str) -> None:
        self.service = service
        self.found: list[Violation] = []

    def value(self, shape: Shape, value: Any, path: Path) -> None:
        kind = shape.type_name
        if kind == "structure":
            self.structure(shape, value, path)
        elif kind == "list":
            self.list(shape, value, path)
        elif kind == "map":
            self.map(shape, value, path)
        else:
            for name, constraint in self.scalar(shape, value):
                self.found.append(Violation(path, name, constraint, quotable(shape, path, value)))

    def structure(self, shape: Shape, value: Any, path: Path) -> None:
        metadata = shape.metadata
        if metadata.get("document") or metadata.get("eventstream") or not isinstance(value, dict):
            return
        members = shape.members
        for name in metadata.get("required", ()):
            if _absent(members[name], value.get(name)):
                self.found.append(Violation((*path, name), "required", "Member must not be null"))
        if metadata.get("union"):
            given = [name for name, member in members.items() if not _absent(member, value.get(name))]
            if len(given) != 1:
                constraint = f"exactly one of the members {', '.join(members)} must be given"
                self.found.append(Violation(path, "union", constraint, ", ".join(given)))
        for name, item in value.items():
            member = members.get(name)
            if member is not None and not _absent(member, item):
                self.value(member, item, (*path, name))

    def list(self, shape: Shape, value: Any, path: Path) -> None:
        if not isinstance(value, list):
            return
        self.length(shape, value, path)
        element = shape.member
        if element.type_name in _CONTAINERS:
            for number, item in enumerate(value, 1):
                self.value(element, item, (*path, number))
            return
        constraints = dict.fromkeys(told for item in value for told in self.scalar(element, item))
        if constraints:
            kinds, texts = zip(*constraints)
            told = f"Member must satisfy constraint: [{', '.join(texts)}]"
            self.found.append(Violation(path, kinds[0], told, quotable(element, path, value)))

    def map(self, shape: Shape, value: Any, path: Path) -> None:
        if not isinstance(value, dict):
            return
        self.length(shape, value, path)
        for what, element, items in (("keys", shape.key, value), ("value", shape.value, value.values())):
            if element.type_name in _CONTAINERS:
                for name, item in value.items():
                    self.value(element, item, (*path, name))
                continue
            constraints = dict.fromkeys(told for item in items for told in self.scalar(element, item))
            if constraints:
                kinds, texts = zip(*constraints)
                told = f"Map {what} must satisfy constraint: [{', '.join(texts)}]"
                self.found.append(Violation(path, kinds[0], told, quotable(shape.value, path, value)))

    def length(self, shape: Shape, value: Any, path: Path) -> None:
        for constraint in _bounds(shape.metadata, len(value), "have length"):
            self.found.append(Violation(path, "length", constraint, quotable(shape, path, value)))

    def scalar(self, shape: Shape, value: Any) -> list[tuple[str, str]]:
        """Kind and text of each constraint that the value breaks."""
        metadata = shape.metadata
        if shape.type_name in _NUMBERS:
            if isinstance(value, (int, float)):
                return [("range", text) for text in _bounds(metadata, value, "have value")]
            return []
        told: list[tuple[str, str]] = []
        if isinstance(value, (str, bytes)) and not shape.serialization.get("streaming"):
            told += [("length", text) for text in _bounds(metadata, len(value), "have length")]
        if isinstance(value, str) and not takes(self.service, shape.name, value):
            values = metadata.get("enum")
            if values and value not in values:
                told.append(("enum", f"Member must satisfy enum value set: [{', '.join(values)}]"))
            pattern = metadata.get("pattern")
            if pattern and not fits(pattern, value):
                told.append(("pattern", f"Member must satisfy regular expression pattern: {pattern}"))
        return told


def _absent(member: Shape, value: Any) -> bool:
    """moto gives an empty list for one that is not in the query string at all."""
    return value is None or value == [] and member.serialization.get("location") == "querystring"


def _bounds(metadata: dict[str, Any], measure: float, what: str) -> list[str]:
    told = []
    if metadata.get("min") is not None and measure < metadata["min"]:
        told.append(f"Member must {what} greater than or equal to {metadata['min']}")
    if metadata.get("max") is not None and measure > metadata["max"]:
        told.append(f"Member must {what} less than or equal to {metadata['max']}")
    return told
