"""Policy documents: parsed and checked, all problems at once.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from . import conditions, pattern, principals
from .conditions import Condition
from .context import Context
from .principals import Principals

CURRENT_VERSION = "2012-10-17"
FIRST_VERSION = "2008-10-17"

_ELEMENTS = set("Sid Effect Principal NotPrincipal Action NotAction Resource NotResource Condition".split())


class PolicyError(ValueError):
    """The document is no policy; ``problems`` say where and why."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Statement:
    """One statement. ``principals`` is None in identity-based policies."""

    sid: str
    allow: bool
    principals: Principals | None
    actions: tuple[str, ...]
    other_actions: bool
    resources: tuple[str, ...]
    other_resources: bool
    conditions: tuple[Condition, ...]
    variables: bool

    def concerns(self, action: str, resource: str, context: Context) -> bool:
        """Whether action, resource and conditions match; principals are the caller's matter."""
        known = context if self.variables else None
        return (
            any(pattern.action_matches(p, action) for p in self.actions) != self.other_actions
            and any(_resource_matches(p, resource, known) for p in self.resources) != self.other_resources
            and all(condition.met(context, self.variables) for condition in self.conditions)
        )


@dataclass(frozen=True)
class Document:
    """A policy."""

    statements: tuple[Statement, ...] = ()

    @staticmethod
    def parse(source: Any, resource_based: bool = False) -> Document:
        """The policy in JSON (text, bytes or already loaded). A resource-based policy names principals.

        Raises PolicyError.
        """
        if isinstance(source, (str, bytes)):
            try:
                source = json.loads(source)
            except ValueError as error:
                raise PolicyError([f"the policy is not valid JSON: {error}"]) from error
        if not isinstance(source, dict):
            raise PolicyError([f"a policy is a JSON object, not {_kind(source)}"])
        problems = [
            f"unknown element {name!r}" for name in sorted(set(source) - {"Version", "Id", "Statement"})
        ]
        version = source.get("Version", FIRST_VERSION)
        if version not in (CURRENT_VERSION, FIRST_VERSION):
            problems.append(f"Version is {version!r}: {CURRENT_VERSION} is expected")
        rows = source.get("Statement")
        if isinstance(rows, dict):
            rows = [rows]
        if not isinstance(rows, list):
            problems.append("Statement is missing: a list of statements is expected")
            rows = []
        parser = _StatementParser(problems, version == CURRENT_VERSION, resource_based)
        statements = [parser.parse(f"Statement[{index}]", row) for index, row in enumerate(rows)]
        if problems:
            raise PolicyError(problems)
        return Document(tuple(statement for statement in statements if statement))


class _StatementParser:
    def __init__(self, problems: list[str], variables: bool, resource_based: bool) -> None:
        self.problems, self.variables, self.resource_based = problems, variables, resource_based

    def parse(self, path: str, row: Any) -> Statement | None:
        if not isinstance(row, dict):
            self.problems.append(f"{path} is {_kind(row)}: an object is expected")
            return None
        self.problems += [f"{path}: unknown element {name!r}" for name in sorted(set(row) - _ELEMENTS)]
        if row.get("Effect") not in ("Allow", "Deny"):
            self.problems.append(f"{path}.Effect is {row.get('Effect')!r}: Allow or Deny is expected")
        actions, other_actions = self._either(path, row, "Action", "NotAction")
        resources, other_resources = self._either(path, row, "Resource", "NotResource")
        return Statement(
            sid=str(row.get("Sid", "")),
            allow=row.get("Effect") == "Allow",
            principals=self._principals(path, row),
            actions=actions,
            other_actions=other_actions,
            resources=resources,
            other_resources=other_resources,
            conditions=self._conditions(path, row.get("Condition", {})),
            variables=self.variables,
        )

    def _either(
        self, path: str, row: dict[str, Any], name: str, opposite: str
    ) -> tuple[tuple[str, ...], bool]:
        if (name in row) == (opposite in row):
            self.problems.append(f"{path}: exactly one of {name} and {opposite} is expected")
            return (), False
        key = name if name in row else opposite
        values = [row[key]] if isinstance(row[key], str) else row[key]
        if not isinstance(values, list) or not values or not all(isinstance(value, str) for value in values):
            self.problems.append(f"{path}.{key}: text or a list of texts is expected")
            return (), False
        return tuple(values), key == opposite

    def _principals(self, path: str, row: dict[str, Any]) -> Principals | None:
        named = [name for name in ("Principal", "NotPrincipal") if name in row]
        if not self.resource_based:
            self.problems += [f"{path}: {name} has no place in an identity-based policy" for name in named]
            return None
        if len(named) != 1:
            self.problems.append(f"{path}: exactly one of Principal and NotPrincipal is expected")
            return None
        if named == ["NotPrincipal"] and row.get("Effect") == "Allow":
            # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
            self.problems.append(f"{path}: NotPrincipal goes with Deny only")
        try:
            return principals.parse(row[named[0]], named == ["NotPrincipal"])
        except ValueError as error:
            self.problems.append(f"{path}.{named[0]}: {error}")
            return None

    def _conditions(self, path: str, block: Any) -> tuple[Condition, ...]:
        if not isinstance(block, dict):
            self.problems.append(f"{path}.Condition is {_kind(block)}: an object is expected")
            return ()
        parsed = []
        for operator, keys in block.items():
            if not isinstance(keys, dict):
                self.problems.append(f"{path}.Condition.{operator} is {_kind(keys)}: an object is expected")
                continue
            for key, values in keys.items():
                try:
                    parsed.append(conditions.parse(operator, key, values))
                except ValueError as error:
                    self.problems.append(f"{path}.Condition.{operator}.{key}: {error}")
        return tuple(parsed)


def _resource_matches(text: str, resource: str, context: Context | None) -> bool:
    expanded = pattern.expand(text, context)
    return expanded is not None and pattern.resource_matches(expanded, resource)


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "text", bool: "a boolean", type(None): "null"}
    return names.get(type(value), "a number")
