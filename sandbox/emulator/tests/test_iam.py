"""IAM and STS: what the components' roles and policies are made of comes back whole."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import ACCOUNT, refused

TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"Service": "ecs-tasks.amazonaws.com"},
            "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT}},
        }
    ],
}
READ = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::audio/*"}],
}
MANAGED = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"


@pytest.fixture
def iam(client):
    return client("iam")


def test_a_role_with_everything(iam):
    boundary = iam.create_policy(PolicyName="limits", PolicyDocument=json.dumps(READ))["Policy"]["Arn"]
    tags = [{"Key": "Empty", "Value": ""}, {"Key": "Owner", "Value": "platform"}]
    iam.create_role(
        RoleName="task",
        Path="/services/",
        AssumeRolePolicyDocument=json.dumps(TRUST),
        Description="of the audio service",
        MaxSessionDuration=7200,
        PermissionsBoundary=boundary,
        Tags=tags,
    )
    role = iam.get_role(RoleName="task")["Role"]
    assert role["Arn"] == f"arn:aws:iam::{ACCOUNT}:role/services/task"
    assert role["AssumeRolePolicyDocument"] == TRUST
    assert role["Description"] == "of the audio service" and role["MaxSessionDuration"] == 7200
    assert role["PermissionsBoundary"]["PermissionsBoundaryArn"] == boundary
    assert sorted(role["Tags"], key=lambda tag: tag["Key"]) == tags

    iam.put_role_policy(RoleName="task", PolicyName="read", PolicyDocument=json.dumps(READ))
    assert iam.get_role_policy(RoleName="task", PolicyName="read")["PolicyDocument"] == READ
    iam.attach_role_policy(RoleName="task", PolicyArn=MANAGED)
    attached = iam.list_attached_role_policies(RoleName="task")["AttachedPolicies"]
    assert [entry["PolicyArn"] for entry in attached] == [MANAGED]
    with refused("DeleteConflict", 409):
        iam.delete_role(RoleName="task")


def test_a_policy_and_its_versions(iam):
    tags = [{"Key": "Owner", "Value": "platform"}]
    arn = iam.create_policy(
        PolicyName="read", Path="/services/", Description="reads", PolicyDocument=json.dumps(READ), Tags=tags
    )["Policy"]["Arn"]
    policy = iam.get_policy(PolicyArn=arn)["Policy"]
    assert policy["Description"] == "reads" and policy["Path"] == "/services/" and policy["Tags"] == tags
    changed = json.loads(json.dumps(READ).replace("Get", "Put"))
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=json.dumps(changed), SetAsDefault=True)
    assert iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"] == "v2"
    for version, document in (("v1", READ), ("v2", changed)):
        found = iam.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]
        assert found["Document"] == document and found["IsDefaultVersion"] is (version == "v2")


def test_managed_policies_are_there_and_new_after_a_reset(iam, admin):
    iam.create_role(RoleName="task", AssumeRolePolicyDocument=json.dumps(TRUST))
    iam.attach_role_policy(RoleName="task", PolicyArn=MANAGED)
    assert iam.get_policy(PolicyArn=MANAGED)["Policy"]["AttachmentCount"] == 1
    admin.post("reset")
    policy = iam.get_policy(PolicyArn=MANAGED)["Policy"]
    assert policy["AttachmentCount"] == 0
    version = iam.get_policy_version(PolicyArn=MANAGED, VersionId=policy["DefaultVersionId"])["PolicyVersion"]
    assert "ecr:BatchGetImage" in json.dumps(version["Document"])


def trusting(**changes: Any) -> str:
    return json.dumps({**TRUST, "Statement": [{**TRUST["Statement"][0], **changes}]})


@pytest.mark.parametrize(
    "text",
    {
        "no JSON": "Allow everybody",
        "no statement": "{}",
        "effect": trusting(Effect="Perhaps"),
        "resource": trusting(Resource="*"),
        "a role that is not there": trusting(Principal={"AWS": f"arn:aws:iam::{ACCOUNT}:role/nobody"}),
    }.items(),
    ids=lambda case: case[0],
)
def test_trust_that_iam_refuses(iam, text):
    with refused("MalformedPolicyDocument", 400):
        iam.create_role(RoleName="task", AssumeRolePolicyDocument=text[1])
    iam.create_role(RoleName="task", AssumeRolePolicyDocument=json.dumps(TRUST))
    with refused("MalformedPolicyDocument", 400):
        iam.update_assume_role_policy(RoleName="task", PolicyDocument=text[1])
    assert iam.get_role(RoleName="task")["Role"]["AssumeRolePolicyDocument"] == TRUST


def test_who_the_caller_is(client, iam):
    caller = client("sts").get_caller_identity()
    assert (caller["Account"], caller["Arn"]) == (ACCOUNT, f"arn:aws:iam::{ACCOUNT}:root")

    user = iam.create_user(UserName="ana", Path="/people/")["User"]
    key = iam.create_access_key(UserName="ana")["AccessKey"]
    caller = client("sts", access_key=key["AccessKeyId"], secret_key=key["SecretAccessKey"]).get_caller_identity()
    assert (caller["UserId"], caller["Arn"]) == (user["UserId"], f"arn:aws:iam::{ACCOUNT}:user/people/ana")

    trust = trusting(Principal={"AWS": ACCOUNT}, Condition={})
    role = iam.create_role(RoleName="task", Path="/services/", AssumeRolePolicyDocument=trust)["Role"]
    session = client("sts").assume_role(RoleArn=role["Arn"], RoleSessionName="one")
    keys = session["Credentials"]
    caller = client(
        "sts",
        access_key=keys["AccessKeyId"],
        secret_key=keys["SecretAccessKey"],
        session_token=keys["SessionToken"],
    ).get_caller_identity()
    assert caller["Arn"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/task/one"
    assert caller["UserId"] == session["AssumedRoleUser"]["AssumedRoleId"]


def test_a_role_that_is_not_there_cannot_be_assumed(client):
    with refused("AccessDenied", 403):
        client("sts").assume_role(RoleArn=f"arn:aws:iam::{ACCOUNT}:role/nobody", RoleSessionName="one")
