"""IAM's quotas for the policies of roles: one more is refused, and nothing is stored."""

from __future__ import annotations

import json

import pytest
from conftest import refused

TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ],
}


def policy(characters: int) -> str:
    """A policy of that many characters, and white space that does not count."""
    document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": ""}]}
    room = characters - len(json.dumps(document, separators=(",", ":")))
    document["Statement"][0]["Resource"] = "arn:aws:s3:::audio/".ljust(room, "x")
    return json.dumps(document, indent=8)


@pytest.fixture
def iam(client):
    iam = client("iam")
    iam.create_role(RoleName="task", AssumeRolePolicyDocument=json.dumps(TRUST))
    return iam


def test_the_inline_policies_of_a_role_count_together(iam):
    iam.put_role_policy(RoleName="task", PolicyName="one", PolicyDocument=policy(10000))
    with refused("LimitExceeded", 409):
        iam.put_role_policy(RoleName="task", PolicyName="two", PolicyDocument=policy(241))
    assert iam.list_role_policies(RoleName="task")["PolicyNames"] == ["one"]
    iam.put_role_policy(RoleName="task", PolicyName="two", PolicyDocument=policy(240))
    iam.put_role_policy(RoleName="task", PolicyName="one", PolicyDocument=policy(10000))


def test_a_managed_policy_has_a_length(iam):
    arn = iam.create_policy(PolicyName="long", PolicyDocument=policy(6144))["Policy"]["Arn"]
    with refused("LimitExceeded", 409):
        iam.create_policy(PolicyName="longer", PolicyDocument=policy(6145))
    with refused("LimitExceeded", 409):
        iam.create_policy_version(PolicyArn=arn, PolicyDocument=policy(6145))
    assert len(iam.list_policy_versions(PolicyArn=arn)["Versions"]) == 1


def test_a_role_has_ten_managed_policies(iam):
    arns = [
        iam.create_policy(PolicyName=f"p{i}", PolicyDocument=policy(200))["Policy"]["Arn"] for i in range(11)
    ]
    for arn in arns[:10]:
        iam.attach_role_policy(RoleName="task", PolicyArn=arn)
    iam.attach_role_policy(RoleName="task", PolicyArn=arns[0])
    with refused("LimitExceeded", 409):
        iam.attach_role_policy(RoleName="task", PolicyArn=arns[10])
    assert len(iam.list_attached_role_policies(RoleName="task")["AttachedPolicies"]) == 10


def test_a_role_that_is_not_there(iam):
    with refused("NoSuchEntity", 404):
        iam.put_role_policy(RoleName="nobody", PolicyName="one", PolicyDocument=policy(200))
