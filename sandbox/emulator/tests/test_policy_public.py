"""The meaning of public."""

from __future__ import annotations

import pytest

from bulwark_emulator.policy import Document, is_public


def public(principal="*", effect="Allow", condition=None):
    statement = {"Effect": effect, "Principal": principal, "Action": "s3:GetObject", "Resource": "*"}
    if condition:
        statement["Condition"] = condition
    return is_public(Document.parse({"Version": "2012-10-17", "Statement": [statement]}, resource_based=True))


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ({}, True),
        ({"principal": {"AWS": "*"}}, True),
        ({"effect": "Deny"}, False),
        ({"principal": {"AWS": "123456789012"}}, False),
        ({"principal": {"Service": "delivery.logs.amazonaws.com"}}, False),
        ({"condition": {"Bool": {"aws:SecureTransport": "true"}}}, True),
        ({"condition": {"StringEquals": {"aws:SourceVpc": "vpc-91237329"}}}, False),
        ({"condition": {"StringLike": {"aws:SourceVpc": "vpc-*"}}}, True),
        ({"condition": {"StringNotEquals": {"aws:SourceVpc": "vpc-91237329"}}}, True),
        ({"condition": {"StringEqualsIfExists": {"aws:SourceAccount": "123456789012"}}}, True),
        ({"condition": {"ForAllValues:StringEquals": {"aws:SourceAccount": "123456789012"}}}, True),
        ({"condition": {"Null": {"aws:SourceAccount": "false"}}}, True),
        ({"condition": {"StringEquals": {"AWS:SourceAccount": ["123456789012", "210987654321"]}}}, False),
        ({"condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3"}}}, False),
        ({"condition": {"StringEquals": {"aws:userid": "${aws:userid}"}}}, True),
        ({"condition": {"ArnLike": {"aws:SourceArn": "arn:aws:sns:eu-west-1:123456789012:alarms"}}}, False),
        ({"condition": {"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:*:*"}}}, True),
        ({"condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}, False),
        ({"condition": {"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}}, True),
        ({"condition": {"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "128.0.0.0/1"]}}}, True),
        ({"condition": {"IpAddress": {"aws:SourceIp": "2001:db8::/32"}}}, False),
        ({"condition": {"IpAddress": {"aws:SourceIp": "::/0"}}}, True),
        ({"condition": {"IpAddress": {"aws:SourceIp": "anywhere"}}}, True),
        ({"condition": {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}, True),
    ],
)
def test_public(statement, expected):
    assert public(**statement) is expected
