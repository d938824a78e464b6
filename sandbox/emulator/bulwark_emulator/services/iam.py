"""IAM: AWS's managed policies, read once; trust policies that name principals that exist."""

from __future__ import annotations

import json
from typing import Any

from moto.iam.models import IAMBackend, ManagedPolicy

from ..answer import Answer
from ..errors import AwsError
from ..policy import Document, PolicyError
from ..registry import operation
from ..route import Call
from .principals import missing_principal

_load = IAMBackend._init_aws_policies
_loaded: dict[tuple[str, str], list[ManagedPolicy]] = {}


def _managed_policies(backend: IAMBackend) -> list[ManagedPolicy]:
    """AWS's policies, which nobody can change. moto would parse them several times in each reset."""
    key = (backend.account_id, backend.region_name)
    if key not in _loaded:
        _loaded[key] = _load(backend)
    for policy in _loaded[key]:
        policy.attachment_count = 0
    return list(_loaded[key])


IAMBackend._init_aws_policies = _managed_policies


@operation("iam", "CreateRole")
def create_role(call: Call) -> Answer:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html"""
    _check_trust(call, call.params["AssumeRolePolicyDocument"])
    return call.forward()


@operation("iam", "UpdateAssumeRolePolicy")
def update_assume_role_policy(call: Call) -> Answer:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html"""
    _check_trust(call, call.params["PolicyDocument"])
    return call.forward()


def _check_trust(call: Call, text: str) -> None:
    """A trust policy is a resource policy whose resource is the role itself, so that it names none.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html
    """
    try:
        policy = Document.parse(_with_resource(json.loads(text)), resource_based=True)
    except PolicyError as error:
        raise AwsError("MalformedPolicyDocument", str(error), 400) from error
    except ValueError as error:
        raise AwsError("MalformedPolicyDocument", "This policy contains invalid Json", 400) from error
    name = missing_principal(policy, call.account)
    if name:
        raise AwsError("MalformedPolicyDocument", f'Invalid principal in policy: "AWS":"{name}"', 400)


def _with_resource(document: Any) -> Any:
    if not isinstance(document, dict):
        return document
    statements = document.get("Statement")
    rows = [statements] if isinstance(statements, dict) else statements
    if not isinstance(rows, list):
        return document
    for row in rows:
        if isinstance(row, dict) and ("Resource" in row or "NotResource" in row):
            raise PolicyError(["Has prohibited field Resource"])
    return {**document, "Statement": [{**row, "Resource": "*"} if isinstance(row, dict) else row for row in rows]}
