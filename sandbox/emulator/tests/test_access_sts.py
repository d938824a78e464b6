"""AssumeRole: the trust policy and its conditions, session policies, tags, durations, chains."""

from __future__ import annotations

import json

import pytest
from callers import ACCOUNT, TRUST, Callers, allow, code, deny, document, headers_of, refused

SERVICE = "ecs-tasks.amazonaws.com"
CLUSTER = f"arn:aws:ecs:eu-west-1:{ACCOUNT}:task/app/1"


@pytest.fixture
def callers(client):
    return Callers(client)


@pytest.fixture
def make(client):
    """make(trust statement, ...): the ARN of a role named target with that trust policy"""

    def create(*statements, **options):
        trust = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
        return client("iam").create_role(RoleName="target", AssumeRolePolicyDocument=trust, **options)["Role"]["Arn"]

    return create


def trust(principal, effect="Allow", action="sts:AssumeRole", **elements):
    return {"Effect": effect, "Principal": principal, "Action": action, **elements}


def assume(sts, arn, **arguments):
    return sts.assume_role(RoleArn=arn, RoleSessionName="job", **arguments)["Credentials"]


def keys_of(credentials):
    names = {"access_key": "AccessKeyId", "secret_key": "SecretAccessKey", "session_token": "SessionToken"}
    return {name: credentials[member] for name, member in names.items()}


def test_the_account_leaves_it_to_the_callers_policies(callers, make):
    arn = make(trust({"AWS": ACCOUNT}))
    allowed, other = callers.user(allow("sts:AssumeRole", arn)), callers.user(allow("s3:*"), name="ana")
    assert assume(callers.client("sts", **allowed), arn)
    assert refused(assume, sts=callers.client("sts", **other), arn=arn) == (
        f"User: arn:aws:iam::{ACCOUNT}:user/ana is not authorized to perform: sts:AssumeRole on resource: {arn}"
        " because no identity-based policy allows the sts:AssumeRole action"
    )


def test_whoever_is_named_needs_no_policy_of_its_own(callers, make, client):
    keys = callers.user(name="ana")
    arn = make(trust({"AWS": f"arn:aws:iam::{ACCOUNT}:user/ana"}))
    assert assume(callers.client("sts", **keys), arn)
    message = refused(assume, sts=callers.client("sts", **callers.user(allow("sts:*"))), arn=arn)
    assert message.endswith("because no role trust policy allows the sts:AssumeRole action")
    refused(assume, sts=client("sts"), arn=arn)


def test_a_trust_policy_can_deny(callers, make):
    keys = callers.user(allow("sts:*"), name="ana")
    ana = {"AWS": f"arn:aws:iam::{ACCOUNT}:user/ana"}
    arn = make(trust({"AWS": ACCOUNT}), trust(ana, "Deny"))
    message = refused(assume, sts=callers.client("sts", **keys), arn=arn)
    assert message.endswith("with an explicit deny in the role trust policy")


def test_the_external_id_is_a_condition(client, make):
    arn = make(trust({"AWS": ACCOUNT}, Condition={"StringEquals": {"sts:ExternalId": "acme"}}))
    assert assume(client("sts"), arn, ExternalId="acme")
    refused(assume, sts=client("sts"), arn=arn)
    refused(assume, sts=client("sts"), arn=arn, ExternalId="other")


def test_services_and_what_they_act_for(callers, make):
    condition = {"StringEquals": {"aws:SourceAccount": ACCOUNT}, "ArnLike": {"aws:SourceArn": CLUSTER[:-1] + "*"}}
    arn = make(trust({"Service": SERVICE}, Condition=condition))

    def service(name=SERVICE, source=CLUSTER, account=ACCOUNT):
        headers = {"Service-Principal": name, "Source-Arn": source, "Source-Account": account}
        return headers_of(sts, {f"X-Bulwark-{header}": value for header, value in headers.items()})

    sts = callers.client("sts", retries={"max_attempts": 0})
    with service():
        assert assume(sts, arn)
    for wrong in ({"name": "lambda.amazonaws.com"}, {"source": CLUSTER.replace("app", "x")}, {"account": "210987654321"}):
        with service(**wrong):
            assert refused(assume, sts=sts, arn=arn).endswith(f"on resource: {arn}")
    refused(assume, sts=sts, arn=arn)


def test_durations(callers, client, make):
    arn = make(trust({"AWS": ACCOUNT}), MaxSessionDuration=7200)
    sts = client("sts")
    assert assume(sts, arn, DurationSeconds=7200)
    assert code(assume, sts=sts, arn=arn, DurationSeconds=7201) == "ValidationError"
    chained = callers.client("sts", **callers.role(allow("sts:AssumeRole", arn)))
    assert assume(chained, arn, DurationSeconds=3600)
    assert code(assume, sts=chained, arn=arn, DurationSeconds=3601) == "ValidationError"


def test_chains(callers, client, make):
    first = callers.role(allow("sts:AssumeRole"), name="first")
    arn = make(trust({"AWS": f"arn:aws:iam::{ACCOUNT}:role/first"}))
    second = keys_of(assume(callers.client("sts", **first), arn))
    assert client("sts", **second).get_caller_identity()["Arn"].endswith(":assumed-role/target/job")
    limited = callers.role(allow("sts:AssumeRole"), session=document(allow("s3:*")))
    refused(assume, sts=callers.client("sts", **limited), arn=arn)


def test_session_policies_limit_and_add_nothing(client, callers, make):
    arn = make(trust({"AWS": ACCOUNT}))
    managed = callers.policy(allow("sqs:ListQueues"))
    client("iam").put_role_policy(
        RoleName="target", PolicyName="own", PolicyDocument=document(allow(["sqs:ListQueues", "xray:GetGroups"]))
    )
    keys = keys_of(
        assume(client("sts"), arn, Policy=document(allow("sns:ListTopics")), PolicyArns=[{"arn": managed}])
    )
    client("sqs", **keys).list_queues()
    assert "session policy" in refused(client("xray", **keys).get_groups)
    assert code(client("sns", **keys).list_topics) == "AuthorizationError"
    missing = [{"arn": f"arn:aws:iam::{ACCOUNT}:policy/none"}]
    assert code(assume, sts=client("sts"), arn=arn, PolicyArns=missing) == "MalformedPolicyDocument"


def test_session_tags_and_a_source_identity(client, make):
    arn = make(
        trust({"AWS": ACCOUNT}),
        trust({"AWS": ACCOUNT}, action="sts:TagSession", Condition={"StringEquals": {"aws:RequestTag/team": "audio"}}),
    )
    condition = {"StringEquals": {"aws:PrincipalTag/team": "audio"}}
    client("iam").put_role_policy(
        RoleName="target", PolicyName="own", PolicyDocument=document(allow("sqs:ListQueues", Condition=condition))
    )
    sts, audio = client("sts"), [{"Key": "team", "Value": "audio"}]
    client("sqs", **keys_of(assume(sts, arn, Tags=audio))).list_queues()
    refused(client("sqs", **keys_of(assume(sts, arn))).list_queues)
    assert "sts:TagSession" in refused(assume, sts=sts, arn=arn, Tags=[{"Key": "team", "Value": "video"}])
    assert "sts:SetSourceIdentity" in refused(assume, sts=sts, arn=arn, SourceIdentity="ana")


def test_a_session_policy_denies(client, make):
    arn = make(TRUST["Statement"])
    client("iam").put_role_policy(RoleName="target", PolicyName="own", PolicyDocument=document(allow("*")))
    policy = document(allow("*"), deny("sqs:ListQueues"))
    keys = keys_of(assume(client("sts"), arn, Policy=policy))
    assert refused(client("sqs", **keys).list_queues).endswith("with an explicit deny in a session policy")
