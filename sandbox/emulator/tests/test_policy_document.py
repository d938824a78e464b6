"""Policy documents: what they match, and what is wrong with them."""

from __future__ import annotations

import json
import random
import string

import pytest
from moto.iam.aws_managed_policies import aws_managed_policies_data

from bulwark_emulator.policy import Context, Document, PolicyError

BUCKET = "arn:aws:s3:::audio"


def statement(version="2012-10-17", **elements):
    body = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", **elements}
    for name in ("Action", "Resource"):
        if f"Not{name}" in elements:
            del body[name]
    return Document.parse({"Version": version, "Statement": body}).statements[0]


@pytest.mark.parametrize(
    ("elements", "action", "expected"),
    [
        ({"Action": "s3:GetObject"}, "s3:GetObject", True),
        ({"Action": "S3:getobject"}, "s3:GetObject", True),
        ({"Action": "s3:Get*"}, "s3:GetObjectVersion", True),
        ({"Action": "s3:Get?bject"}, "s3:GetObject", True),
        ({"Action": "s3:*"}, "s3:PutObject", True),
        ({"Action": "*"}, "kms:Decrypt", True),
        ({"Action": "s3:GetObject"}, "s3:GetObjectAcl", False),
        ({"Action": ["s3:PutObject", "s3:GetObject"]}, "s3:PutObject", True),
        ({"NotAction": "s3:GetObject"}, "s3:GetObject", False),
        ({"NotAction": "s3:GetObject"}, "s3:PutObject", True),
        ({"NotAction": ["s3:*", "kms:*"]}, "kms:Decrypt", False),
    ],
)
def test_actions(elements, action, expected):
    assert statement(**elements).concerns(action, BUCKET, Context()) is expected


@pytest.mark.parametrize(
    ("elements", "resource", "expected"),
    [
        ({"Resource": "*"}, BUCKET, True),
        ({"Resource": BUCKET}, BUCKET, True),
        ({"Resource": BUCKET}, BUCKET + "/a", False),
        ({"Resource": BUCKET + "/*"}, BUCKET, False),
        ({"Resource": BUCKET + "/*"}, BUCKET + "/a/b", True),
        ({"Resource": BUCKET + "*"}, BUCKET + "-replica", True),
        ({"Resource": BUCKET.upper()}, BUCKET, False),
        ({"Resource": "arn:aws:s3:*"}, BUCKET + "/a", True),
        ({"Resource": "arn:aws:s3:*:audio"}, BUCKET, False),
        ({"Resource": "arn:aws:kms:eu-west-1:*:key/*"}, "arn:aws:kms:eu-west-1:123456789012:key/1", True),
        ({"Resource": "arn:aws:kms:eu-west-1:*:key/*"}, "arn:aws:kms:us-east-1:123456789012:key/1", False),
        ({"Resource": ["arn:aws:s3:::video", BUCKET]}, BUCKET, True),
        ({"NotResource": BUCKET}, BUCKET, False),
        ({"NotResource": BUCKET}, "arn:aws:s3:::video", True),
        ({"Resource": BUCKET + "/${aws:username}/*"}, BUCKET + "/ana/a", True),
        ({"Resource": BUCKET + "/${aws:username}/*"}, BUCKET + "/bob/a", False),
        ({"Resource": BUCKET + "/${aws:PrincipalTag/team}/*"}, BUCKET + "//a", False),
        ({"Resource": BUCKET + "/${aws:PrincipalTag/team, 'all'}/*"}, BUCKET + "/all/a", True),
        ({"Resource": BUCKET + "/${s3:star}"}, BUCKET + "/ana", False),
        ({"Resource": BUCKET + "/${*}"}, BUCKET + "/ana", False),
        ({"Resource": BUCKET + "/${*}"}, BUCKET + "/*", True),
    ],
)
def test_resources(elements, resource, expected):
    context = Context({"aws:username": "ana", "s3:star": "*"})
    assert statement(**elements).concerns("s3:GetObject", resource, context) is expected


def test_the_first_version_knows_no_variables():
    context = Context({"aws:username": "ana"})
    pattern = BUCKET + "/${aws:username}"
    for version, resource in (("2012-10-17", BUCKET + "/ana"), ("2008-10-17", pattern)):
        found = statement(
            version, Resource=pattern, Condition={"StringEquals": {"aws:username": "${aws:username}"}}
        )
        assert found.concerns("s3:GetObject", resource, context) is (version == "2012-10-17")
        assert statement(version, Resource=pattern).concerns("s3:GetObject", resource, context)


def test_all_conditions_have_to_be_met():
    condition = {"Bool": {"aws:SecureTransport": "true"}, "StringEquals": {"a": ["1", "2"], "b": "3"}}
    found = statement(Condition=condition)
    whole = {"aws:SecureTransport": "true", "a": "2", "b": "3"}
    assert found.concerns("s3:GetObject", BUCKET, Context(whole))
    for key in whole:
        rest = {name: value for name, value in whole.items() if name != key}
        assert not found.concerns("s3:GetObject", BUCKET, Context(rest)), key


def test_every_problem_is_told_with_its_place():
    policy = {
        "Version": "2026-01-01",
        "Owner": "ana",
        "Statement": [
            {"Effect": "allow", "Principal": "*", "Action": "s3:*", "NotAction": "s3:*", "Resource": []},
            "deny all",
            {
                "Effect": "Allow",
                "NotPrincipal": "*",
                "Action": "*",
                "Resource": "*",
                "Condition": {"Equals": {"a": "b"}},
            },
            {
                "Effect": "Deny",
                "Principal": {"AWS": "arn:aws:iam::*:root"},
                "Action": "*",
                "Resource": "*",
                "Id": "x",
            },
            {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": []},
            {
                "Effect": "Deny",
                "Principal": {"Team": "a"},
                "Action": "*",
                "Resource": "*",
                "Condition": {"Bool": "true"},
            },
        ],
    }
    with pytest.raises(PolicyError) as error:
        Document.parse(json.dumps(policy), resource_based=True)
    assert error.value.problems == [
        "unknown element 'Owner'",
        "Version is '2026-01-01': 2012-10-17 is expected",
        "Statement[0].Effect is 'allow': Allow or Deny is expected",
        "Statement[0]: exactly one of Action and NotAction is expected",
        "Statement[0].Resource: text or a list of texts is expected",
        "Statement[1] is text: an object is expected",
        "Statement[2]: NotPrincipal goes with Deny only",
        "Statement[2].Condition.Equals.a: there is no such operator",
        "Statement[3]: unknown element 'Id'",
        "Statement[3].Principal: 'arn:aws:iam::*:root' has a wildcard: only * alone is possible",
        "Statement[4]: exactly one of Principal and NotPrincipal is expected",
        "Statement[4].Condition is a list: an object is expected",
        "Statement[5].Principal: unknown kind 'Team': AWS, Service, Federated, CanonicalUser are possible",
        "Statement[5].Condition.Bool is text: an object is expected",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "not valid JSON"),
        (b"\xff", "not valid JSON"),
        ("[]", "a policy is a JSON object, not a list"),
        ("null", "a policy is a JSON object, not null"),
        ("{}", "Statement is missing"),
        (
            '{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}',
            "identity-based",
        ),
    ],
)
def test_what_is_no_policy(text, problem):
    with pytest.raises(PolicyError, match=problem):
        Document.parse(text)


def test_every_aws_managed_policy_is_understood():
    policies = json.loads(aws_managed_policies_data)
    assert len(policies) > 1000
    for name, policy in policies.items():
        assert Document.parse(policy["Document"]).statements, name


def test_any_input_is_a_policy_or_a_policy_error():
    """Seeded noise over the elements of a policy: nothing but PolicyError comes out."""
    noise = random.Random(20)
    names = [
        "Version",
        "Statement",
        "Effect",
        "Principal",
        "NotPrincipal",
        "Action",
        "Resource",
        "Condition",
        "AWS",
    ]

    def value(depth):
        kind = noise.randrange(8 if depth else 5)
        if kind == 0:
            return noise.choice(["Allow", "Deny", "*", "2012-10-17", "${", "StringEquals", ""])
        if kind < 5:
            return noise.choice([None, True, 7, "".join(noise.choices(string.printable, k=5))])
        if kind < 6:
            return [value(depth - 1) for _ in range(noise.randrange(3))]
        return {noise.choice([*names, "StringLike", "Bool"]): value(depth - 1) for _ in range(4)}

    understood = 0
    for _ in range(3000):
        try:
            Document.parse(value(5), resource_based=noise.random() < 0.5)
            understood += 1
        except PolicyError as error:
            assert error.problems
    assert understood < 3000
