"""Faults by rule: an error answer, a delay or a dropped connection for the next calls of an operation."""

from __future__ import annotations

import itertools
import threading
from dataclasses import dataclass
from typing import Any


class BadRule(ValueError):
    """The rule cannot be used; the message says why and what is expected."""


@dataclass
class Fault:
    """A rule. ``remaining`` counts down; None stays until the rule is deleted."""

    id: str
    service: str
    operation: str
    count: int
    remaining: int | None
    error: dict[str, Any] | None = None
    delay_ms: int = 0
    drop: bool = False

    def view(self) -> dict[str, Any]:
        view = {"id": self.id, "service": self.service, "operation": self.operation, "count": self.count}
        if self.remaining is not None:
            view["remaining"] = self.remaining
        if self.error:
            view["error"] = self.error
        if self.delay_ms:
            view["delayMs"] = self.delay_ms
        if self.drop:
            view["drop"] = True
        return view


class Faults:
    """The rules in force. The oldest rule that matches a call is the one that acts."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._rules: dict[str, Fault] = {}

    def add(self, rule: Any) -> str:
        fault = _parse(rule)
        with self._lock:
            fault.id = str(next(self._numbers))
            self._rules[fault.id] = fault
        return fault.id

    def take(self, service: str, operation: str) -> Fault | None:
        """The rule for this call, counted down."""
        with self._lock:
            for fault in self._rules.values():
                if fault.service not in ("*", service) or fault.operation not in ("*", operation):
                    continue
                if fault.remaining is not None:
                    fault.remaining -= 1
                    if fault.remaining == 0:
                        del self._rules[fault.id]
                return fault
        return None

    def list(self) -> list[dict[str, Any]]:
        with self._lock:
            return [fault.view() for fault in self._rules.values()]

    def remove(self, fault_id: str) -> bool:
        with self._lock:
            return self._rules.pop(fault_id, None) is not None

    def clear(self) -> None:
        with self._lock:
            self._rules.clear()


def _parse(rule: Any) -> Fault:
    if not isinstance(rule, dict):
        raise BadRule("a fault is a JSON object with service, operation, count and one of error, delayMs, drop")
    known = {"service", "operation", "count", "error", "delayMs", "drop"}
    problems = [f"unknown field {name!r}" for name in sorted(set(rule) - known)]
    for name in ("service", "operation"):
        if not isinstance(rule.get(name), str) or not rule[name]:
            problems.append(f"{name} must be a name or *")
    count = rule.get("count", 0)
    if not _whole(count):
        problems.append("count must be a whole number, 0 for until deleted")
    kinds = [name for name in ("error", "delayMs", "drop") if rule.get(name)]
    if len(kinds) != 1:
        problems.append("exactly one of error, delayMs and drop is expected")
    error = rule.get("error")
    if error is not None and not (isinstance(error, dict) and isinstance(error.get("code"), str) and error["code"]):
        problems.append("error needs a code, and may have a message and a status")
    elif error and not (_whole(error.get("status", 400)) and 400 <= error.get("status", 400) <= 599):
        problems.append("error.status must be between 400 and 599")
    if not isinstance(rule.get("drop", False), bool):
        problems.append("drop must be true")
    if not _whole(rule.get("delayMs", 0)):
        problems.append("delayMs must be a whole number of milliseconds")
    if problems:
        raise BadRule("; ".join(problems))
    return Fault(
        id="",
        service=rule["service"],
        operation=rule["operation"],
        count=count,
        remaining=count or None,
        error=error,
        delay_ms=rule.get("delayMs", 0),
        drop=rule.get("drop", False),
    )


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
