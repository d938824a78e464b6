"""Condition operators: met, not met, and without the key."""

from __future__ import annotations

import pytest

from bulwark_emulator.policy import Context
from bulwark_emulator.policy.conditions import parse

KEY = "aws:Key"
ARN = "arn:aws:sns:eu-west-1:123456789012:alarms"


def met(operator, wanted, have=None, **context):
    values = {**context}
    if have is not None:
        values[KEY] = have
    return parse(operator, KEY, wanted).met(Context(values))


@pytest.mark.parametrize(
    ("operator", "wanted", "have", "expected"),
    [
        ("StringEquals", "audio", "audio", True),
        ("StringEquals", "audio", "Audio", False),
        ("StringEquals", ["a", "audio"], "audio", True),
        ("StringEquals", "aud*", "audio", False),
        ("StringEquals", "aud*", "aud*", True),
        ("StringNotEquals", "audio", "video", True),
        ("StringNotEquals", ["audio", "video"], "video", False),
        ("StringEqualsIgnoreCase", "AUDIO", "audio", True),
        ("StringEqualsIgnoreCase", "AUDIO", "video", False),
        ("StringNotEqualsIgnoreCase", "AUDIO", "audio", False),
        ("StringNotEqualsIgnoreCase", "AUDIO", "video", True),
        ("StringLike", "aud*", "audio", True),
        ("StringLike", "a?dio", "audio", True),
        ("StringLike", "a?dio", "auudio", False),
        ("StringLike", "a.dio", "audio", False),
        ("StringLike", "uploads/*", "uploads/a/b", True),
        ("StringLike", "aud${*}", "audio", False),
        ("StringLike", "aud${*}", "aud*", True),
        ("StringLike", "a${?}b${$}", "a?b$", True),
        ("StringNotLike", "aud*", "audio", False),
        ("StringNotLike", "aud*", "video", True),
        ("NumericEquals", "10", "10.0", True),
        ("NumericEquals", 10, "11", False),
        ("NumericNotEquals", "10", "10", False),
        ("NumericNotEquals", "10", "9", True),
        ("NumericLessThan", "1.2", "1.1", True),
        ("NumericLessThan", "1.2", "1.2", False),
        ("NumericLessThan", "1.2", "1.3", False),
        ("NumericLessThanEquals", "1.2", "1.2", True),
        ("NumericLessThanEquals", "1.2", "1.3", False),
        ("NumericGreaterThan", "9", "10", True),
        ("NumericGreaterThan", "10", "9", False),
        ("NumericGreaterThanEquals", "10", "10", True),
        ("NumericGreaterThanEquals", "10", "9", False),
        ("NumericLessThan", "1.2", "none", False),
        ("DateEquals", "2026-01-01T00:00:00Z", "1767225600", True),
        ("DateEquals", "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z", False),
        ("DateNotEquals", "2026-01-01", "2026-01-01T00:00:00Z", False),
        ("DateNotEquals", "2026-01-01", "2026-01-02T00:00:00Z", True),
        ("DateLessThan", "2026-01-01T00:00:00Z", "2025-12-31T23:59:59Z", True),
        ("DateLessThan", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", False),
        ("DateLessThanEquals", "2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", True),
        ("DateLessThanEquals", "2026-01", "2026-01-02T00:00:00Z", False),
        ("DateGreaterThan", "2026", "2026-06-01T12:00:00.5Z", True),
        ("DateGreaterThan", "2026", "2025-06-01T12:00:00Z", False),
        ("DateGreaterThanEquals", "2026-01-01", "2026-01-01T00:00:00Z", True),
        ("DateGreaterThanEquals", "2026-01-02", "2026-01-01T00:00:00Z", False),
        ("DateGreaterThan", "2026", "tomorrow", False),
        ("Bool", "false", "false", True),
        ("Bool", False, "false", True),
        ("Bool", "True", "true", True),
        ("Bool", "true", "false", False),
        ("Bool", "yes", "yes", False),
        ("BinaryEquals", "QmluYXJ5", "QmluYXJ5", True),
        ("BinaryEquals", "QmluYXJ5", "b3RoZXI=", False),
        ("BinaryEquals", "not base64", "not base64", False),
        ("IpAddress", "203.0.113.0/24", "203.0.113.9", True),
        ("IpAddress", "203.0.113.0/24", "203.0.114.9", False),
        ("IpAddress", "203.0.113.9", "203.0.113.9", True),
        ("IpAddress", "2001:db8::/32", "2001:db8::1", True),
        ("IpAddress", "203.0.113.0/24", "2001:db8::1", False),
        ("NotIpAddress", "203.0.113.0/24", "203.0.113.9", False),
        ("NotIpAddress", "203.0.113.0/24", "198.51.100.1", True),
        ("ArnEquals", ARN, ARN, True),
        ("ArnEquals", "arn:aws:sns:*:123456789012:alarms", ARN, True),
        ("ArnEquals", ARN, ARN + "s", False),
        ("ArnLike", "arn:aws:sns:*:*:al?rms", ARN, True),
        ("ArnLike", "arn:aws:s3:*", ARN, False),
        ("ArnLike", "arn:aws:sns:*:alarms", ARN, False),
        (
            "ArnLike",
            "arn:aws:logs:eu-west-1:123456789012:*",
            "arn:aws:logs:eu-west-1:123456789012:log-group:a:*",
            True,
        ),
        ("ArnNotEquals", ARN, ARN, False),
        ("ArnNotEquals", ARN, ARN + "s", True),
        ("ArnNotLike", "arn:aws:sns:*:*:*", ARN, False),
        ("ArnNotLike", "arn:aws:sqs:*:*:*", ARN, True),
        ("Null", "true", "here", False),
        ("Null", "false", "here", True),
        ("Null", False, "here", True),
    ],
)
def test_operator(operator, wanted, have, expected):
    assert met(operator, wanted, have) is expected


POSITIVE = """
    StringEquals StringEqualsIgnoreCase StringLike NumericEquals NumericLessThan NumericLessThanEquals
    NumericGreaterThan NumericGreaterThanEquals DateEquals DateLessThan DateLessThanEquals DateGreaterThan
    DateGreaterThanEquals Bool BinaryEquals IpAddress ArnEquals ArnLike
""".split()
NEGATIVE = """
    StringNotEquals StringNotEqualsIgnoreCase StringNotLike NumericNotEquals DateNotEquals NotIpAddress
    ArnNotEquals ArnNotLike
""".split()


@pytest.mark.parametrize("operator", POSITIVE)
def test_without_the_key_a_positive_operator_is_not_met(operator):
    assert met(operator, "1") is False
    assert met(operator + "IfExists", "1") is True
    assert met("ForAllValues:" + operator, "1") is True
    assert met("ForAnyValue:" + operator, "1") is False
    assert met("ForAnyValue:" + operator + "IfExists", "1") is True


@pytest.mark.parametrize("operator", NEGATIVE)
def test_without_the_key_a_negated_operator_is_met(operator):
    assert met(operator, "1") is True
    assert met(operator + "IfExists", "1") is True
    assert met("ForAllValues:" + operator, "1") is True
    assert met("ForAnyValue:" + operator, "1") is False


def test_null_asks_for_absence():
    assert met("Null", "true") is True
    assert met("Null", "false") is False
    assert met("Null", ["true", "false"]) is True


def test_if_exists_compares_an_existing_key():
    assert met("StringEqualsIfExists", "audio", "video") is False
    assert met("StringNotEqualsIfExists", "audio", "audio") is False


@pytest.mark.parametrize(
    ("operator", "wanted", "have", "expected"),
    [
        ("ForAllValues:StringEquals", ["a", "b"], ["a", "b"], True),
        ("ForAllValues:StringEquals", ["a", "b"], ["a"], True),
        ("ForAllValues:StringEquals", ["a", "b"], ["a", "c"], False),
        ("ForAnyValue:StringEquals", ["a", "b"], ["c", "b"], True),
        ("ForAnyValue:StringEquals", ["a", "b"], ["c", "d"], False),
        ("ForAllValues:StringNotEquals", ["a"], ["b", "c"], True),
        ("ForAllValues:StringNotEquals", ["a"], ["a", "c"], False),
        ("ForAnyValue:StringNotEquals", ["a"], ["a", "c"], True),
        ("ForAnyValue:StringNotEquals", ["a"], ["a"], False),
        ("ForAllValues:StringLike", ["team-*"], ["team-a", "team-b"], True),
        ("ForAllValues:StringLike", ["team-*"], ["team-a", "cost"], False),
        ("ForAnyValue:ArnLike", ["arn:aws:sns:*:*:*"], [ARN], True),
    ],
)
def test_sets(operator, wanted, have, expected):
    assert met(operator, wanted, have) is expected


@pytest.mark.parametrize(
    ("wanted", "have", "expected"),
    [
        ("home/${aws:username}/*", "home/ana/notes", True),
        ("home/${aws:username}/*", "home/bob/notes", False),
        ("${AWS:UserName}", "ana", True),
        ("home/${aws:PrincipalTag/team, 'shared'}", "home/shared", True),
        ("home/${aws:PrincipalTag/team}", "home/", False),
        ("home/${aws:TagKeys}", "home/a", False),
        ("${s3:pattern}", "anything", False),
        ("${s3:pattern}", "any*", True),
    ],
)
def test_variables(wanted, have, expected):
    context = {"aws:username": "ana", "aws:TagKeys": ["a", "b"], "s3:pattern": "any*"}
    assert met("StringLike", wanted, have, **context) is expected


def test_variables_are_for_text_and_arns_only():
    assert met("NumericEquals", "${aws:limit}", "10", **{"aws:limit": "10"}) is False


def test_keys_are_compared_without_case():
    assert parse("Bool", "AWS:securetransport", "false").met(Context({"aws:SecureTransport": "false"}))


@pytest.mark.parametrize(
    ("operator", "values", "problem"),
    [
        ("StringMatches", "a", "no such operator"),
        ("ForSomeValues:StringEquals", "a", "no such operator"),
        ("IfExists", "a", "no such operator"),
        ("NullIfExists", "true", "Null goes with neither"),
        ("ForAnyValue:Null", "true", "Null goes with neither"),
        ("StringEquals", {"a": 1}, "texts, numbers or booleans"),
        ("StringEquals", [None], "texts, numbers or booleans"),
    ],
)
def test_a_condition_that_is_none(operator, values, problem):
    with pytest.raises(ValueError, match=problem):
        parse(operator, KEY, values)
