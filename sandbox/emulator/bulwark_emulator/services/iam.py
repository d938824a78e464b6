"""IAM: AWS's managed policies, read once; trust policies that name principals that exist."""

from __future__ import annotations

import json
from typing import Any

from moto.iam.models import IAMBackend, ManagedPolicy

from ..answer import Answer
from ..errors import AwsError
from ..identity import DELETED_KEYS
from ..policy import Document, PolicyError
from ..registry import operation
from ..route import Call
from ..store import table
from . import roles
from .principals import missing_principal

# The claim that IAM wants to be evaluated for a provider that many organizations share.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
_SHARED_PROVIDERS = {"token.actions.githubusercontent.com": "sub"}

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


@operation("iam", "DeleteAccessKey")
def delete_access_key(call: Call) -> Answer:
    """The key is one that was issued, and counts for nothing from now on.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html
    """
    answer = call.forward()
    if answer.ok:
        table(DELETED_KEYS, call.account)[call.params["AccessKeyId"]] = True
    return answer


def _check_trust(call: Call, text: str) -> None:
    """A trust policy is a resource policy whose resource is the role itself, so that it names none.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html
    """
    try:
        document = json.loads(text)
        _refuse_resources(document)
        policy = Document.parse(roles.with_resource(document), resource_based=True)
    except PolicyError as error:
        raise AwsError("MalformedPolicyDocument", str(error), 400) from error
    except ValueError as error:
        raise AwsError("MalformedPolicyDocument", "This policy contains invalid Json", 400) from error
    name = missing_principal(policy, call.account)
    if name:
        raise AwsError("MalformedPolicyDocument", f'Invalid principal in policy: "AWS":"{name}"', 400)
    _check_shared_providers(policy)


def _check_shared_providers(policy: Document) -> None:
    """A trust policy for a provider that many organizations share says whose tokens count.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
    """
    for statement in policy.statements:
        named = statement.principals.federated if statement.principals else ()
        for provider, claim in _SHARED_PROVIDERS.items():
            if not statement.allow or not any(name.endswith(f"oidc-provider/{provider}") for name in named):
                continue
            key = f"{provider}:{claim}"
            if not any(c.key.lower() == key and not c.is_null for c in statement.conditions):
                message = f"The trust policy has to evaluate the condition key {key} for the provider {provider}"
                raise AwsError("MalformedPolicyDocument", message, 400)


def _refuse_resources(document: Any) -> None:
    statements = document.get("Statement") if isinstance(document, dict) else None
    for row in statements if isinstance(statements, list) else [statements]:
        if isinstance(row, dict) and ("Resource" in row or "NotResource" in row):
            raise PolicyError(["Has prohibited field Resource"])
