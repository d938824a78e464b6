"""Condition operators.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
and https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import operator
import re
from dataclasses import dataclass
from datetime import datetime, timezone
from decimal import Decimal, InvalidOperation
from typing import Any, Callable

from . import pattern
from .context import Context

# Does the value of the request match the value of the policy (expanded, wildcards marked)?
Comparison = Callable[[str, str], bool]


@dataclass(frozen=True)
class Condition:
    """One operator on one key.

    ``quantifier`` is ForAllValues, ForAnyValue or empty. A negated operator is met when no policy
    value matches.
    """

    key: str
    values: tuple[str, ...]
    comparison: Comparison | None
    negated: bool = False
    if_exists: bool = False
    quantifier: str = ""
    expands: bool = False

    @property
    def is_null(self) -> bool:
        """Whether the operator is Null, which asks for the key's absence."""
        return self.comparison is None

    def met(self, context: Context, variables: bool = True) -> bool:
        found = context.get(self.key)
        if self.is_null:
            return str(not found).lower() in (value.lower() for value in self.values)
        if not found:
            return self._met_without_key()
        wanted = self._wanted(context if variables and self.expands else None)
        met = (any(self._compare(value, have) for value in wanted) != self.negated for have in found)
        # A key of several values without a quantifier is not defined by AWS; a negated operator is
        # taken as "no value matches", the others as "one matches".
        if self.quantifier == "ForAllValues" or (self.negated and not self.quantifier):
            return all(met)
        return any(met)

    def _met_without_key(self) -> bool:
        if self.if_exists or self.quantifier == "ForAllValues":
            return True
        return self.negated and not self.quantifier

    def _wanted(self, context: Context | None) -> list[str]:
        expanded = (pattern.expand(value, context) for value in self.values)
        return [value for value in expanded if value is not None]

    def _compare(self, wanted: str, have: str) -> bool:
        assert self.comparison is not None
        return self.comparison(wanted, have)


def parse(name: str, key: str, values: Any) -> Condition:
    """The condition, or a ValueError that says what is wrong with it."""
    match = re.fullmatch(r"(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?", name)
    if match is None or match[2] not in _OPERATORS:
        raise ValueError("there is no such operator")
    if match[2] == "Null" and (match[1] or match[3]):
        raise ValueError("Null goes with neither ForAllValues, ForAnyValue nor IfExists")
    comparison, negated = _OPERATORS[match[2]]
    return Condition(
        key=key,
        values=_texts(values),
        comparison=comparison,
        negated=negated,
        if_exists=bool(match[3]),
        quantifier=match[1] or "",
        expands=match[2].startswith(("String", "Arn")),
    )


def _texts(values: Any) -> tuple[str, ...]:
    rows = values if isinstance(values, list) else [values]
    if not all(isinstance(value, (str, bool, int, float)) for value in rows):
        raise ValueError("texts, numbers or booleans are expected")
    return tuple(str(value).lower() if isinstance(value, bool) else str(value) for value in rows)


def _text_equal(wanted: str, have: str) -> bool:
    return pattern.literal(wanted) == have


def _text_equal_without_case(wanted: str, have: str) -> bool:
    return pattern.literal(wanted).casefold() == have.casefold()


def _bool_equal(wanted: str, have: str) -> bool:
    return wanted.lower() in ("true", "false") and wanted.lower() == have.lower()


def _bytes_equal(wanted: str, have: str) -> bool:
    try:
        return base64.b64decode(wanted, validate=True) == base64.b64decode(have, validate=True)
    except (binascii.Error, ValueError):
        return False


def _in_network(wanted: str, have: str) -> bool:
    """An address without a prefix length stands for itself alone."""
    try:
        return ipaddress.ip_address(have) in ipaddress.ip_network(wanted, strict=False)
    except ValueError:
        return False


def _numbers(compare: Callable[[Any, Any], bool]) -> Comparison:
    def comparison(wanted: str, have: str) -> bool:
        try:
            return compare(Decimal(have), Decimal(wanted))
        except InvalidOperation:
            return False

    return comparison


def _dates(compare: Callable[[Any, Any], bool]) -> Comparison:
    def comparison(wanted: str, have: str) -> bool:
        try:
            return compare(_date(have), _date(wanted))
        except (ValueError, OverflowError):
            return False

    return comparison


def _date(text: str) -> datetime:
    """ISO 8601 from the year alone to fractions of seconds, or seconds since 1970. UTC unless it says otherwise."""
    if re.fullmatch(r"\d{5,}(\.\d+)?", text):
        return datetime.fromtimestamp(float(text), timezone.utc)
    if re.fullmatch(r"\d{4}(-\d{2})?", text):
        text = (text + "-01-01")[:10]
    text = re.sub(r"[Zz]$", "+00:00", text)
    # Python before 3.11 reads three or six digits of a fraction only.
    text = re.sub(r"\.(\d+)", lambda match: "." + match[1][:6].ljust(6, "0"), text)
    text = re.sub(r"([+-]\d{2})(\d{2})$", r"\1:\2", text) if "T" in text else text
    date = datetime.fromisoformat(text)
    return date if date.tzinfo else date.replace(tzinfo=timezone.utc)


_ORDERS = {
    "Equals": operator.eq,
    "LessThan": operator.lt,
    "LessThanEquals": operator.le,
    "GreaterThan": operator.gt,
    "GreaterThanEquals": operator.ge,
}

# Name: comparison and whether it is negated. Null has no comparison.
_OPERATORS: dict[str, tuple[Comparison | None, bool]] = {
    "StringEquals": (_text_equal, False),
    "StringNotEquals": (_text_equal, True),
    "StringEqualsIgnoreCase": (_text_equal_without_case, False),
    "StringNotEqualsIgnoreCase": (_text_equal_without_case, True),
    "StringLike": (pattern.like, False),
    "StringNotLike": (pattern.like, True),
    "NumericNotEquals": (_numbers(operator.eq), True),
    "DateNotEquals": (_dates(operator.eq), True),
    "Bool": (_bool_equal, False),
    "BinaryEquals": (_bytes_equal, False),
    "IpAddress": (_in_network, False),
    "NotIpAddress": (_in_network, True),
    # ArnEquals and ArnLike behave alike, wildcards included.
    "ArnEquals": (pattern.arn_matches, False),
    "ArnLike": (pattern.arn_matches, False),
    "ArnNotEquals": (pattern.arn_matches, True),
    "ArnNotLike": (pattern.arn_matches, True),
    "Null": (None, False),
    **{f"Numeric{name}": (_numbers(compare), False) for name, compare in _ORDERS.items()},
    **{f"Date{name}": (_dates(compare), False) for name, compare in _ORDERS.items()},
}
