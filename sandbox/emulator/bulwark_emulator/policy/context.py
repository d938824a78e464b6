"""The request context: the values of condition keys."""

from __future__ import annotations

from typing import Iterable, Iterator


class Context:
    """Condition keys and their values. Names are compared without case; a key without values is absent."""

    def __init__(self, values: dict[str, str | Iterable[str]] | None = None) -> None:
        self._values: dict[str, list[str]] = {}
        for key, value in (values or {}).items():
            self.set(key, value)

    def set(self, key: str, value: str | Iterable[str] | None) -> None:
        """Sets a key. None and the empty list leave it as it is."""
        if value is None:
            return
        found = [value] if isinstance(value, str) else list(value)
        if found:
            self._values[key.lower()] = found

    def get(self, key: str) -> list[str]:
        return self._values.get(key.lower(), [])

    def single(self, key: str) -> str | None:
        """The value of a key that has exactly one."""
        values = self.get(key)
        return values[0] if len(values) == 1 else None

    def with_values(self, values: dict[str, str | Iterable[str]]) -> Context:
        """A copy with further keys."""
        copy = Context()
        copy._values = dict(self._values)
        for key, value in values.items():
            copy.set(key, value)
        return copy

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __contains__(self, key: str) -> bool:
        return key.lower() in self._values
