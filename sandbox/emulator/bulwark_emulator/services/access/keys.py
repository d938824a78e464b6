"""The authorization of uses of a KMS key: its policy, the caller's policies, its grants.

Source: https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html
"""

from __future__ import annotations

from typing import Any, Iterable, Mapping

from moto.kms.models import Key, kms_backends

from ...identity import Principal
from ...policy import Context, Decision, Document, Request, evaluate


def find(reference: str, account: str, region: str) -> Key | None:
    """A key by id, ARN, alias or alias ARN; the ARN's account and region count."""
    if reference.startswith("arn:"):
        fields = reference.split(":", 5)
        if len(fields) < 6:
            return None
        region, account, reference = fields[3], fields[4], fields[5]
    keys = kms_backends[account][region].keys
    if reference.startswith("alias/"):
        return next((key for key in keys.values() if reference in key.aliases), None)
    return keys.get(reference.removeprefix("key/"))


def is_managed_by(key: Key, service: str) -> bool:
    """Whether it is the AWS managed key of a service."""
    return f"alias/aws/{service}" in key.aliases


def is_managed(key: Key) -> bool:
    """Whether it is the AWS managed key of any service."""
    return any(alias.startswith("alias/aws/") for alias in key.aliases)


def key_context(
    base: Context, principal: Principal, key: Key, encryption: Mapping[str, str], via: str = ""
) -> Context:
    """The context of a use of the key, with ``via`` the service that uses it for the caller.

    Source: https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
    """
    values: dict[str, str | Iterable[str]] = {
        "aws:ResourceAccount": key.account_id,
        "kms:EncryptionContextKeys": list(encryption),
        "kms:KeySpec": key.key_spec,
        "kms:KeyUsage": key.key_usage,
        "kms:ResourceAliases": list(key.aliases),
    }
    if principal.kind != "service":
        values["kms:CallerAccount"] = principal.account
    if via:
        values |= {"kms:ViaService": via, "aws:CalledVia": [_global_name(via)], "aws:ViaAWSService": "true"}
    for name, value in encryption.items():
        values[f"kms:EncryptionContext:{name}"] = value
    return base.with_values(values)


def authorize(principal: Principal, action: str, key: Key, context: Context) -> Decision:
    """Whether the caller may use the key."""
    request = Request(principal, action, key.arn, context)
    policy = Document.parse(key.policy, resource_based=True)
    decision = evaluate(request, policy, key.account_id, policy_decides=True)
    if not decision.allowed and not decision.explicit and _granted(principal, action, key, context):
        return Decision(True)
    return decision


def _granted(principal: Principal, action: str, key: Key, context: Context) -> bool:
    """Source: https://docs.aws.amazon.com/kms/latest/developerguide/grants.html"""
    operation = action.partition(":")[2]
    return any(
        grant.grantee_principal in (principal.arn, principal.session_arn)
        and operation in grant.operations
        and _constrained(grant.constraints or {}, context)
        for grant in key.grants.values()
    )


def _constrained(constraints: Mapping[str, Any], context: Context) -> bool:
    def has(pairs: Mapping[str, str]) -> bool:
        return all(context.get(f"kms:EncryptionContext:{name}") == [value] for name, value in pairs.items())

    equal = constraints.get("EncryptionContextEquals")
    if equal is not None and set(context.get("kms:EncryptionContextKeys")) != set(equal):
        return False
    return has(equal or {}) and has(constraints.get("EncryptionContextSubset") or {})


def _global_name(via: str) -> str:
    """s3.eu-west-1.amazonaws.com is s3.amazonaws.com in aws:CalledVia."""
    service, _, rest = via.partition(".")
    return f"{service}.{rest.partition('.')[2]}"
