"""Whether a bucket policy counts as public.

Source: "The meaning of public" in
https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
"""

from __future__ import annotations

import ipaddress
import re

from .conditions import Condition
from .document import Document, Statement

# Keys that confine a statement for everybody when their values are fixed.
_CONFINING = {
    "aws:principalorgid",
    "aws:sourcearn",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:sourceowner",
    "aws:sourceaccount",
    "aws:userid",
    "s3:dataaccesspointarn",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
}

# Wider networks are as good as everybody.
_WIDEST = {4: 8, 6: 32}

_FIXED = re.compile(r"(?!.*\$\{)[^*?]+")


def is_public(policy: Document) -> bool:
    """Whether a statement allows anything to principals that neither it nor its conditions fix."""
    return any(statement.allow and _is_open(statement) for statement in policy.statements)


def _is_open(statement: Statement) -> bool:
    if statement.principals is None or not statement.principals.anybody:
        return False
    return not any(_confines(condition) for condition in statement.conditions)


def _confines(condition: Condition) -> bool:
    if (
        condition.negated
        or condition.if_exists
        or condition.is_null
        or condition.quantifier == "ForAllValues"
    ):
        return False
    if condition.key.lower() == "aws:sourceip":
        return all(_is_narrow(value) for value in condition.values)
    return condition.key.lower() in _CONFINING and all(_is_fixed(value) for value in condition.values)


def _is_fixed(value: str) -> bool:
    """Without wildcards and without policy variables."""
    return _FIXED.fullmatch(value) is not None


def _is_narrow(value: str) -> bool:
    try:
        network = ipaddress.ip_network(value, strict=False)
    except ValueError:
        return False
    return network.prefixlen >= _WIDEST[network.version]
