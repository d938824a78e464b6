"""What calls of Secrets Manager demand: the secret's own policy, its tags, the key that encrypts it.

Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html
and https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
"""

from __future__ import annotations

from typing import Any, Iterator

from moto.kms.models import Key
from moto.secretsmanager.models import secretsmanager_backends

from ...identity import PARTITION
from ...policy import Context, Document
from ...route import Call
from . import keys
from .context import flag, global_context, requested_tags
from .demand import Demand, KeyUse

# What the parameters of a call are as condition keys.
# Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
_KEYS = {
    "BlockPublicPolicy": "BlockPublicPolicy",
    "Description": "Description",
    "ForceDeleteWithoutRecovery": "ForceDeleteWithoutRecovery",
    "ForceOverwriteReplicaSecret": "ForceOverwriteReplicaSecret",
    "KmsKeyId": "KmsKeyId",
    "Name": "Name",
    "RecoveryWindowInDays": "RecoveryWindowInDays",
    "RotateImmediately": "RotateImmediately",
    "RotationLambdaARN": "RotationLambdaARN",
    "VersionId": "VersionId",
    "VersionStage": "VersionStage",
}

_WRITES = ("CreateSecret", "PutSecretValue", "UpdateSecret")

# The end of an ARN that there is not yet.
_SUFFIX = "-AbCdEf"


def demands(call: Call) -> Iterator[Demand] | None:
    """None for calls about no secret in particular, and for the reading of many, which are judged one by one."""
    name = call.params.get("SecretId") or (call.params.get("Name") if call.name == "CreateSecret" else None)
    return iter([_on_secret(call, f"secretsmanager:{call.name}", name)]) if name else None


def reading(call: Call, name: str) -> Demand:
    """What the reading of one of many secrets demands."""
    return _on_secret(call, "secretsmanager:GetSecretValue", name)


def _on_secret(call: Call, action: str, name: str) -> Demand:
    secret = _find(call, name)
    arn = secret.arn if secret else _arn(call, name)
    policy = getattr(secret, "policy", None)
    return Demand(
        action,
        arn,
        _context(call, secret, arn),
        policy=Document.parse(policy, resource_based=True) if policy else None,
        owner=arn.split(":")[4],
        keys=tuple(_uses(call, action, secret, arn)),
        shown="" if secret else name,
    )


def _find(call: Call, name: str) -> Any:
    fields, account, region = name.split(":", 6), call.account, call.region
    if name.startswith("arn:") and len(fields) > 6:
        region, account = fields[3], fields[4]
    return secretsmanager_backends[account][region].secrets.get(name)


def _arn(call: Call, name: str) -> str:
    if name.startswith("arn:"):
        return name
    return f"arn:{PARTITION}:secretsmanager:{call.region}:{call.account}:secret:{name}{_SUFFIX}"


def _context(call: Call, secret: Any, arn: str) -> Context:
    context = global_context(call).with_values(requested_tags(call.params))
    for member, key in _KEYS.items():
        value = call.params.get(member)
        if value is not None:
            context.set(f"secretsmanager:{key}", flag(value) if isinstance(value, bool) else str(value))
    if call.name != "CreateSecret":
        context.set("secretsmanager:SecretId", arn)
    for tag in getattr(secret, "tags", None) or []:
        context.set(f"aws:ResourceTag/{tag['Key']}", tag["Value"])
        context.set(f"secretsmanager:ResourceTag/{tag['Key']}", tag["Value"])
    context.set("secretsmanager:resource/AllowRotationLambdaArn", getattr(secret, "rotation_lambda_arn", "") or None)
    return context


def _uses(call: Call, action: str, secret: Any, arn: str) -> Iterator[KeyUse]:
    """Reading decrypts; writing a value, or choosing a key, decrypts and generates a data key."""
    params = call.params
    reads = action == "secretsmanager:GetSecretValue"
    chosen = params.get("KmsKeyId")
    writes = call.name in _WRITES and (chosen or params.get("SecretString") or params.get("SecretBinary"))
    key = _key(call, chosen or getattr(secret, "kms_key_id", None)) if reads or writes else None
    if key is None:
        return
    version = _version(secret, params) if reads else params.get("ClientRequestToken") or "RequestToValidateKeyAccess"
    encryption = {"SecretARN": arn, "SecretVersionId": version}
    for name in ("kms:Decrypt",) if reads else ("kms:GenerateDataKey", "kms:Decrypt"):
        yield KeyUse(name, key, encryption)


def _key(call: Call, name: str | None) -> Key | None:
    return keys.find(name, call.account, call.region) if name else None


def _version(secret: Any, params: dict[str, Any]) -> str:
    if params.get("VersionId"):
        return str(params["VersionId"])
    stage = params.get("VersionStage", "AWSCURRENT")
    versions = getattr(secret, "versions", None) or {}
    return next((name for name, row in versions.items() if stage in row.get("version_stages", [])), "")
