"""Roles for an OpenID Connect provider's users: tokens, trust conditions, and what CloudTrail tells of a refusal."""

from __future__ import annotations

import base64
import json
import time

import pytest
from callers import ACCOUNT, code
from conftest import refused

HOST = "token.actions.githubusercontent.com"
PROVIDER = f"arn:aws:iam::{ACCOUNT}:oidc-provider/{HOST}"
SUBJECT = "repo:acme/infra:environment:prod"


def token(**claims):
    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    body = {"iss": f"https://{HOST}", "aud": "sts.amazonaws.com", "sub": SUBJECT, "exp": int(time.time()) + 300}
    return f"{part({'alg': 'none'})}.{part({**body, **claims})}."


def trust(host=HOST, **keys):
    """Keys are the claims that the trust policy compares, with their operator: StringEquals__sub=..."""
    condition: dict = {}
    for name, value in keys.items():
        operator, _, claim = name.partition("__")
        condition.setdefault(operator.replace("_", ":"), {})[f"{host}:{claim}"] = value
    principal = {"Federated": f"arn:aws:iam::{ACCOUNT}:oidc-provider/{host}"}
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": condition}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


BOUND = {"StringEquals__aud": "sts.amazonaws.com", "StringEquals__sub": SUBJECT}


@pytest.fixture
def iam(client):
    made = client("iam")
    made.create_open_id_connect_provider(Url=f"https://{HOST}", ClientIDList=["sts.amazonaws.com"])
    return made


@pytest.fixture
def role(iam):
    """The ARN of a role for one environment of one repository."""
    return iam.create_role(RoleName="deploy", AssumeRolePolicyDocument=trust(**BOUND))["Role"]["Arn"]


@pytest.fixture
def assume(client, role):
    def call(web_token=None, arn=role, **arguments):
        return client("sts").assume_role_with_web_identity(
            RoleArn=arn, RoleSessionName="run-1", WebIdentityToken=web_token or token(), **arguments
        )

    return call


def test_the_subject_that_is_trusted(client, assume):
    answer = assume()
    assert answer["SubjectFromWebIdentityToken"] == SUBJECT
    assert (answer["Provider"], answer["Audience"]) == (PROVIDER, "sts.amazonaws.com")
    keys = answer["Credentials"]
    sts = client(
        "sts", access_key=keys["AccessKeyId"], secret_key=keys["SecretAccessKey"], session_token=keys["SessionToken"]
    )
    assert sts.get_caller_identity()["Arn"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/deploy/run-1"


@pytest.mark.parametrize(
    "subject",
    [
        "repo:acme/infra:pull_request",
        "repo:acme/infra:environment:dev",
        "repo:other/infra:environment:prod",
        "repo:acme@1/infra@2:environment:prod",
    ],
)
def test_every_other_subject(assume, subject):
    with refused("AccessDenied", 403) as caught:
        assume(token(sub=subject))
    assert caught.value.response["Error"]["Message"] == "Not authorized to perform sts:AssumeRoleWithWebIdentity"


def test_tokens_that_count_for_nothing(assume, iam):
    for bad, expected in (
        ("no token", "InvalidIdentityToken"),
        (token(iss="https://accounts.example.com"), "InvalidIdentityToken"),
        (token(aud="another.example"), "InvalidIdentityToken"),
        (token(exp=int(time.time()) - 1), "ExpiredTokenException"),
    ):
        assert code(assume, web_token=bad) == expected
    with refused("AccessDenied", 403):
        assume(arn=f"arn:aws:iam::{ACCOUNT}:role/none")
    iam.delete_open_id_connect_provider(OpenIDConnectProviderArn=PROVIDER)
    assert code(assume) == "InvalidIdentityToken"


def test_further_claims_are_conditions(assume, iam):
    keys = {**BOUND, "StringEquals__repository_id": "42", "StringLike__job_workflow_ref": "acme/infra/.github/*"}
    iam.update_assume_role_policy(RoleName="deploy", PolicyDocument=trust(**keys))
    with refused("AccessDenied"):
        assume()
    with refused("AccessDenied"):
        assume(token(repository_id="43", job_workflow_ref="acme/infra/.github/workflows/x@main"))
    assert assume(token(repository_id="42", job_workflow_ref="acme/infra/.github/workflows/x@main"))


def test_a_session_is_limited_like_any_other(client, assume, iam):
    document = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
    iam.put_role_policy(RoleName="deploy", PolicyName="all", PolicyDocument=document)
    keys = assume(Policy=document.replace('"Action": "*"', '"Action": "sqs:*"'))["Credentials"]
    names = {"access_key": "AccessKeyId", "secret_key": "SecretAccessKey", "session_token": "SessionToken"}
    session = {name: keys[member] for name, member in names.items()}
    client("sqs", **session).list_queues()
    with refused("AccessDenied", 403):
        client("iam", **session).list_users()
    assert code(assume, DurationSeconds=3601) == "ValidationError"


def test_iam_wants_the_subject_of_a_shared_provider_evaluated(iam, role):
    for keys in (
        {},
        {"StringEquals__aud": "sts.amazonaws.com"},
        {"StringEquals__aud": "sts.amazonaws.com", "Null__sub": "false"},
    ):
        with refused("MalformedPolicyDocument", 400) as caught:
            iam.create_role(RoleName="open", AssumeRolePolicyDocument=trust(**keys))
        assert f"{HOST}:sub" in caught.value.response["Error"]["Message"]
        with refused("MalformedPolicyDocument", 400):
            iam.update_assume_role_policy(RoleName="deploy", PolicyDocument=trust(**keys))
    # A provider of one organization's own is free to trust all its users.
    iam.create_role(RoleName="own", AssumeRolePolicyDocument=trust("login.acme.example", StringEquals__aud="acme"))


def test_the_event_of_a_refusal(client, assume):
    assume()
    with refused("AccessDenied"):
        assume(token(sub="repo:acme/infra:pull_request"))
    trail = client("cloudtrail")
    wanted = [{"AttributeKey": "EventName", "AttributeValue": "AssumeRoleWithWebIdentity"}]
    found = trail.lookup_events(LookupAttributes=wanted)["Events"]
    assert [row["Username"] for row in found] == ["repo:acme/infra:pull_request", SUBJECT], "the newest first"
    event = json.loads(found[0]["CloudTrailEvent"])
    assert event["userIdentity"]["type"] == "WebIdentityUser"
    assert event["userIdentity"]["userName"] == "repo:acme/infra:pull_request"
    assert event["userIdentity"]["identityProvider"] == PROVIDER
    assert event["errorCode"] == "AccessDenied"
    assert event["requestParameters"] == {"roleArn": f"arn:aws:iam::{ACCOUNT}:role/deploy", "roleSessionName": "run-1"}
    assert "errorCode" not in json.loads(found[1]["CloudTrailEvent"])
    page = trail.lookup_events(MaxResults=1)
    assert page["Events"][0]["EventId"] == event["eventID"]
    assert trail.lookup_events(MaxResults=1, NextToken=page["NextToken"])["Events"][0]["Username"] == SUBJECT
    other = [{"AttributeKey": "EventName", "AttributeValue": "AssumeRole"}]
    assert trail.lookup_events(LookupAttributes=other)["Events"] == []
    assert trail.lookup_events(StartTime=time.time() + 60)["Events"] == []
    assert client("cloudtrail", region="eu-central-1").lookup_events()["Events"], "the call told no region"
