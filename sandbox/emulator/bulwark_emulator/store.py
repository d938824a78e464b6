"""What the layer itself remembers: plain dictionaries by name, account and region, all emptied by a reset."""

from __future__ import annotations

from typing import Any

_tables: dict[tuple[str, str, str], dict[Any, Any]] = {}


def table(name: str, account: str, region: str = "") -> dict[Any, Any]:
    """The table of one kind of thing in one account and region (empty region: global, as S3 buckets are)."""
    return _tables.setdefault((name, account, region), {})


def tables(name: str, account: str) -> dict[str, dict[Any, Any]]:
    """The tables of one kind of thing in all regions of an account, by region."""
    return {key[2]: rows for key, rows in list(_tables.items()) if key[:2] == (name, account)}


def clear() -> None:
    _tables.clear()
