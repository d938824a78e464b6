"""IAM: how long policies may be, and how many managed ones a role can have.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""

from __future__ import annotations

import json

from moto.iam.models import Role, iam_backends

from ..answer import Answer
from ..errors import AwsError
from ..registry import operation
from ..route import Call

MANAGED_POLICY = 6144
ROLE_POLICIES = 10240
ATTACHED_POLICIES = 10


def role_of(call: Call) -> Role | None:
    """The role that a request names; moto answers where there is none."""
    roles = iam_backends[call.account]["aws"].roles.values()
    return next((role for role in roles if role.name == call.params["RoleName"]), None)


def size(document: str) -> int:
    """In characters; white space between the elements does not count."""
    try:
        return len(json.dumps(json.loads(document), separators=(",", ":"), ensure_ascii=False))
    except ValueError:
        return len(document)


@operation("iam", "CreatePolicy")
def create_policy(call: Call) -> Answer:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html"""
    _check_managed(call)
    return call.forward()


@operation("iam", "CreatePolicyVersion")
def create_policy_version(call: Call) -> Answer:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html"""
    _check_managed(call)
    return call.forward()


def _check_managed(call: Call) -> None:
    if size(call.params["PolicyDocument"]) > MANAGED_POLICY:
        raise AwsError("LimitExceeded", f"Cannot exceed quota for PolicySize: {MANAGED_POLICY}", 409)


@operation("iam", "PutRolePolicy")
def put_role_policy(call: Call) -> Answer:
    """The inline policies of a role count together.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html
    """
    role = role_of(call)
    if role is not None:
        policies = {**role.policies, call.params["PolicyName"]: call.params["PolicyDocument"]}
        if sum(size(text) for text in policies.values()) > ROLE_POLICIES:
            message = f"Maximum policy size of {ROLE_POLICIES} bytes exceeded for role {role.name}"
            raise AwsError("LimitExceeded", message, 409)
    return call.forward()


@operation("iam", "AttachRolePolicy")
def attach_role_policy(call: Call) -> Answer:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html"""
    role = role_of(call)
    if role is not None and call.params["PolicyArn"] not in role.managed_policies and len(role.managed_policies) >= ATTACHED_POLICIES:
        raise AwsError("LimitExceeded", f"Cannot exceed quota for PoliciesPerRole: {ATTACHED_POLICIES}", 409)
    return call.forward()
