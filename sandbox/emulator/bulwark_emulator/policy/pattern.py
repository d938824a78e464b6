"""Wildcards, policy variables, and the matching of actions and ARNs."""

from __future__ import annotations

import functools
import re

from .context import Context

# Wildcards in an expanded text. What a variable or ${*} puts in stays literal, whatever it contains.
_ANY, _ONE = "\ue000", "\ue001"
_VARIABLE = re.compile(r"\$\{(?P<special>[*?$])\}|\$\{(?P<key>[^},]+)(?:,\s*'(?P<default>[^']*)')?\}")
_ARN_FIELDS = 6


def expand(text: str, context: Context | None) -> str | None:
    """The text with its wildcards marked and its variables replaced, None when a variable has no value.

    Without a context, variables are literal text, as in documents of version 2008-10-17.
    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
    """
    if context is None or "${" not in text:
        return _mark(text)
    parts, end = [], 0
    for variable in _VARIABLE.finditer(text):
        value = variable["special"] or context.single(variable["key"].strip())
        if value is None:
            value = variable["default"]
        if value is None:
            return None
        parts += [_mark(text[end : variable.start()]), value]
        end = variable.end()
    return "".join([*parts, _mark(text[end:])])


def literal(expanded: str) -> str:
    """An expanded text for operators that know no wildcards."""
    return expanded.replace(_ANY, "*").replace(_ONE, "?")


def has_wildcard(expanded: str) -> bool:
    return _ANY in expanded or _ONE in expanded


def like(expanded: str, value: str) -> bool:
    """Whether the whole value matches; * is any number of characters, ? exactly one."""
    return _regex(expanded).fullmatch(value) is not None


def action_matches(pattern: str, action: str) -> bool:
    """Actions are compared without case.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
    """
    return like(_mark(pattern.lower()), action.lower())


def arn_matches(expanded: str, value: str) -> bool:
    """ArnLike: * alone, or each of the six fields on its own, so that no wildcard reaches over a colon but in the last.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
    """
    if expanded == _ANY:
        return True
    patterns, fields = expanded.split(":", _ARN_FIELDS - 1), value.split(":", _ARN_FIELDS - 1)
    return len(patterns) == len(fields) == _ARN_FIELDS and all(map(like, patterns, fields))


def resource_matches(expanded: str, resource: str) -> bool:
    """A Resource element: * alone is everything, and * at the end of an incomplete ARN completes it.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
    """
    if expanded != _ANY and expanded.endswith(_ANY):
        expanded += (":" + _ANY) * max(0, _ARN_FIELDS - 1 - expanded.count(":"))
    return arn_matches(expanded, resource)


def _mark(text: str) -> str:
    return text.replace("*", _ANY).replace("?", _ONE)


@functools.lru_cache(maxsize=4096)
def _regex(expanded: str) -> re.Pattern[str]:
    translated = (".*" if c == _ANY else "." if c == _ONE else re.escape(c) for c in expanded)
    return re.compile("".join(translated), re.DOTALL)
