"""The authorization of KMS calls of users and roles."""

from __future__ import annotations

from typing import Any, Iterator

from moto.kms.models import Key
from moto.kms.utils import KEY_ID_LEN

from ...errors import AwsError
from ...policy import Context, Request, evaluate
from ...route import Call
from . import keys
from .context import global_context
from .denial import sentence


def authorize(call: Call) -> None:
    """Source: https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html"""
    base, uses = global_context(call), list(_uses(call))
    if not uses:
        # About no key, as CreateKey and ListKeys: the caller's own policies decide.
        _check_keyless(call, "*", base)
    if call.name in ("CreateAlias", "UpdateAlias", "DeleteAlias"):
        # On the alias by the caller's policies, on the key by its policy too.
        # Source: https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html
        alias = call.params.get("AliasName", "")
        _check_keyless(call, f"arn:aws:kms:{call.region}:{call.account}:{alias}", base)
    for action, reference, encryption in uses:
        key = keys.find(reference, call.account, call.region)
        if key is not None:
            _check_key(call, action, key, keys.key_context(base, call.principal, key, encryption))


def _uses(call: Call) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Actions, the keys they are about, and the encryption context. A key that is missing is moto's to report."""
    params: dict[str, Any] = call.params
    if call.name == "ReEncrypt":
        source = params.get("SourceKeyId") or _key_of_ciphertext(params)
        yield "kms:ReEncryptFrom", source, params.get("SourceEncryptionContext") or {}
        yield "kms:ReEncryptTo", params["DestinationKeyId"], params.get("DestinationEncryptionContext") or {}
        return
    action, context = f"kms:{call.name}", params.get("EncryptionContext") or {}
    if call.name in ("DeleteAlias", "UpdateAlias"):
        yield action, params.get("AliasName", ""), {}
    if "KeyId" in params or "TargetKeyId" in params:
        yield action, params.get("KeyId") or params["TargetKeyId"], context
    elif call.name == "Decrypt":
        yield action, _key_of_ciphertext(params), context


def _key_of_ciphertext(params: dict[str, Any]) -> str:
    """moto's ciphertext begins with the key's id."""
    return bytes(params.get("CiphertextBlob", b""))[:KEY_ID_LEN].decode("ascii", "replace")


def _check_key(call: Call, action: str, key: Key, context: Context) -> None:
    if action == "kms:CreateGrant":
        context = context.with_values(
            {
                "kms:GranteePrincipal": call.params.get("GranteePrincipal", ""),
                "kms:GrantIsForAWSResource": "false",
                "kms:GrantOperations": call.params.get("Operations") or [],
            }
        )
    decision = keys.authorize(call.principal, action, key, context)
    if not decision.allowed:
        _refuse(call, action, key.arn, decision.reason(action))


def _check_keyless(call: Call, resource: str, context: Context) -> None:
    action = f"kms:{call.name}"
    decision = evaluate(Request(call.principal, action, resource, context), None, call.account)
    if not decision.allowed:
        _refuse(call, action, resource, decision.reason(action))


def _refuse(call: Call, action: str, resource: str, reason: str) -> None:
    raise AwsError("AccessDeniedException", sentence(call.principal, action, resource, reason), 400)
