"""The record of calls, of those that broke AWS's models, and of operations that are not emulated."""

from __future__ import annotations

import collections
import itertools
import threading
from datetime import datetime, timezone
from typing import Any

from .model import Refused

KEPT = 50_000


class Calls:
    """The newest calls, up to KEPT, oldest first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.clear()
        self._unemulated: collections.Counter[tuple[str, str]] = collections.Counter()
        self._refused: collections.deque[dict[str, Any]] = collections.deque(maxlen=KEPT)

    def add(self, **fields: Any) -> None:
        with self._lock:
            time = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
            self._calls.append({"n": next(self._numbers), "time": time, **fields})

    def add_unemulated(self, service: str, operation: str) -> None:
        with self._lock:
            self._unemulated[service, operation] += 1

    def select(self, service: str = "", operation: str = "") -> list[dict[str, Any]]:
        with self._lock:
            return [
                call
                for call in self._calls
                if service in ("", call["service"]) and operation in ("", call["operation"])
            ]

    def unemulated(self) -> list[dict[str, Any]]:
        with self._lock:
            return [
                {"service": service, "operation": operation, "count": count}
                for (service, operation), count in sorted(self._unemulated.items())
            ]

    def add_refused(self, service: str, operation: str, region: str, error: Refused) -> None:
        violations = [violation.view() for violation in error.violations]
        with self._lock:
            self._refused.append(
                {"service": service, "operation": operation, "region": region, "code": error.code, "violations": violations}
            )

    def refused(self) -> list[dict[str, Any]]:
        """The calls that AWS's models refuse, oldest first, and what each broke."""
        with self._lock:
            return list(self._refused)

    def forget_refused(self) -> None:
        with self._lock:
            self._refused.clear()

    def clear(self) -> None:
        with self._lock:
            self._calls: collections.deque[dict[str, Any]] = collections.deque(maxlen=KEPT)
            self._numbers = itertools.count(1)

    def remove(self, service: str = "", operation: str = "") -> None:
        """Forgets the calls that match; the numbering goes on unless all are forgotten."""
        if not service and not operation:
            self.clear()
            return
        gone = {call["n"] for call in self.select(service, operation)}
        with self._lock:
            kept = (call for call in self._calls if call["n"] not in gone)
            self._calls = collections.deque(kept, maxlen=KEPT)

    def reset(self) -> None:
        self.clear()
        with self._lock:
            self._unemulated.clear()
            self._refused.clear()
