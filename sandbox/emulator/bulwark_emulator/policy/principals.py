"""Principal and NotPrincipal elements.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..identity import Principal

_KINDS = ("AWS", "Service", "Federated", "CanonicalUser")
_ACCOUNT = re.compile(r"(?:arn:[^:]+:iam::)?(\d{12})(?::root)?")


class Match(enum.IntEnum):
    """How an element names the caller.

    ACCOUNT leaves it to the account's own policies. ROLE is the role of a session, which the
    session's boundary and session policy still limit. DIRECT is the caller itself, or everybody.
    """

    NONE = 0
    ACCOUNT = 1
    ROLE = 2
    DIRECT = 3


@dataclass(frozen=True)
class Principals:
    """Whom a statement is about, or with ``excluded`` whom it is not about."""

    aws: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    federated: tuple[str, ...] = ()
    excluded: bool = False

    @property
    def anybody(self) -> bool:
        return "*" in self.aws

    def match(self, caller: Principal) -> Match:
        if self.excluded:
            return Match.NONE if self._spares(caller) else Match.DIRECT
        if self.anybody:
            return Match.DIRECT
        if caller.kind in ("service", "federated"):
            return Match.DIRECT if caller.name in self._named(caller) else Match.NONE
        return max((_match(name, caller) for name in self.aws), default=Match.NONE)

    def _spares(self, caller: Principal) -> bool:
        """A NotPrincipal spares nobody whose account, role and session it does not all name.

        A permissions boundary makes it deny whatever it names.
        Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
        """
        if self.anybody:
            return True
        if caller.kind in ("service", "federated"):
            return caller.name in self._named(caller)
        if caller.kind == "anonymous" or caller.boundary is not None:
            return False
        named = {_match(name, caller) for name in self.aws}
        needed = {
            "root": {Match.DIRECT},
            "user": {Match.ACCOUNT, Match.DIRECT},
            "role": {Match.ACCOUNT, Match.ROLE, Match.DIRECT},
        }
        return needed[caller.kind] <= named

    def _named(self, caller: Principal) -> tuple[str, ...]:
        return self.services if caller.kind == "service" else self.federated


def parse(element: Any, excluded: bool) -> Principals:
    """The element, or a ValueError that says what is wrong with it."""
    if element == "*":
        return Principals(("*",), excluded=excluded)
    if not isinstance(element, dict) or not element:
        raise ValueError('"*" or an object with ' + ", ".join(_KINDS) + " is expected")
    named = {kind: _texts(kind, values) for kind, values in element.items()}
    for name in named.get("AWS", ()):
        if name != "*" and ("*" in name or "?" in name):
            raise ValueError(f"{name!r} has a wildcard: only * alone is possible")
    return Principals(named.get("AWS", ()), named.get("Service", ()), named.get("Federated", ()), excluded)


def _texts(kind: str, values: Any) -> tuple[str, ...]:
    if kind not in _KINDS:
        raise ValueError(f"unknown kind {kind!r}: {', '.join(_KINDS)} are possible")
    rows = [values] if isinstance(values, str) else values
    if not isinstance(rows, list) or not rows or not all(isinstance(row, str) for row in rows):
        raise ValueError(f"{kind}: text or a list of texts is expected")
    return tuple(rows)


def _match(name: str, caller: Principal) -> Match:
    if caller.kind not in ("root", "user", "role"):
        return Match.NONE
    account = _ACCOUNT.fullmatch(name)
    if account:
        if account[1] != caller.account:
            return Match.NONE
        return Match.DIRECT if caller.kind == "root" else Match.ACCOUNT
    if name == caller.session_arn:
        return Match.DIRECT
    # The unique id stands for a user or role in a document that outlived it.
    if name in (caller.arn, caller.user_id.partition(":")[0]):
        return Match.ROLE if caller.kind == "role" else Match.DIRECT
    return Match.NONE
