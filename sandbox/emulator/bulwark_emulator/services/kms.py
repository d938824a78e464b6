"""KMS keys: rotation, states, replicas, policies that lock nobody out."""

from __future__ import annotations

import json
from copy import copy
from datetime import datetime, timedelta, timezone
from typing import Any

import moto.kms.models
import moto.kms.responses
from moto.kms.exceptions import NotFoundException
from moto.kms.models import Key, KmsBackend, kms_backends
from moto.kms.responses import KmsResponse
from moto.kms.utils import KEY_ID_LEN, RESERVED_ALIASES, generate_key_id
from moto.utilities.utils import get_partition

from ..answer import Answer
from ..errors import AwsError
from ..policy import Document, PolicyError, Request, evaluate
from ..registry import before, operation
from ..route import Call
from ..store import table
from .access import keys
from .access.context import global_context
from .principals import missing_principal

# moto refuses by Deny statements without looking at principals and conditions. The layer has judged
# the call before moto sees it.
moto.kms.responses.validate_policy = lambda *_: None



def _key_id(multi_region: bool = False) -> str:
    """An id of AWS's length. moto's ids of multi-Region keys are longer and cut off in its ciphertexts, so that
    nothing can be decrypted.

    https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
    """
    return f"mrk-{generate_key_id().replace('-', '')}" if multi_region else generate_key_id()


def _check_key_id(response: KmsResponse, name: str) -> None:
    """A key id or key ARN, whatever the form of the id."""
    if response.kms_backend.get_key_id(name) not in response.kms_backend.keys:
        raise NotFoundException(f"Key '{response._display_arn(name)}' does not exist")


moto.kms.models.generate_key_id = _key_id
KmsResponse._validate_cmk_id = _check_key_id

DEFAULT_ROTATION_DAYS = 365

# What works with keys in any state, or only gets a key out of a state, is not here.
# https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
_USES = (
    "Decrypt",
    "DeriveSharedSecret",
    "DisableKeyRotation",
    "EnableKeyRotation",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyPair",
    "GenerateDataKeyPairWithoutPlaintext",
    "GenerateDataKeyWithoutPlaintext",
    "GenerateMac",
    "GetPublicKey",
    "ReEncrypt",
    "ReplicateKey",
    "RotateKeyOnDemand",
    "Sign",
    "Verify",
    "VerifyMac",
)
_CHANGES = (
    "CreateAlias",
    "CreateGrant",
    "DisableKey",
    "EnableKey",
    "ScheduleKeyDeletion",
    "TagResource",
    "UntagResource",
    "UpdateAlias",
    "UpdateKeyDescription",
)


def backend_of(call: Call) -> KmsBackend:
    return kms_backends[call.account][call.region]


def find_key(account: str, region: str, name: str) -> Key | None:
    """A key by id, ARN, alias or alias ARN, seen from a region. AWS managed keys appear when they are used.

    https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-key
    """
    if name.startswith("arn:") and name.split(":")[3] != region:
        return None
    key = keys.find(name, account, region)
    if key is None and name in RESERVED_ALIASES:
        backend = kms_backends[account][region]
        key = backend.keys[str(backend.get_key_id_from_alias(name))]
        key.key_manager = "AWS"
    return key


def key_of(call: Call, member: str = "KeyId") -> Key:
    """The key that a parameter names, or the error."""
    name = call.params.get(member, "")
    key = find_key(call.account, call.region, name)
    if key is None:
        if "alias/" in name:
            raise AwsError("NotFoundException", f"Alias {_arn(call, name)} is not found.")
        raise AwsError("NotFoundException", f"Key '{_arn(call, name)}' does not exist")
    return key


def _arn(call: Call, name: str) -> str:
    if name.startswith("arn:"):
        return name
    resource = name if name.startswith("alias/") else f"key/{name}"
    return f"arn:{get_partition(call.region)}:kms:{call.region}:{call.account}:{resource}"


@before("kms")
def check_state(call: Call) -> None:
    """Keys that are disabled or pending deletion refuse most calls.

    https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
    """
    if call.name not in _USES + _CHANGES:
        return
    names = [call.params.get(member, "") for member in ("KeyId", "TargetKeyId", "DestinationKeyId", "SourceKeyId")]
    if call.name in ("Decrypt", "ReEncrypt"):
        # moto's ciphertext begins with the key's id.
        names.append(bytes(call.params.get("CiphertextBlob", b""))[:KEY_ID_LEN].decode("ascii", "replace"))
    for name in filter(None, names):
        key = find_key(call.account, call.region, name)
        if key is not None:
            _check_state(call, key)


def _check_state(call: Call, key: Key) -> None:
    if key.key_state in ("PendingDeletion", "PendingReplicaDeletion"):
        raise AwsError("KMSInvalidStateException", f"{key.arn} is pending deletion.")
    if key.key_state == "Disabled" and call.name in _USES:
        raise AwsError("DisabledException", f"{key.arn} is disabled.")


@operation("kms", "CreateKey")
def create_key(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html"""
    if "Policy" in call.params:
        _check_policy(call, call.params["Policy"], arn=_arn(call, "new"))
    key = backend_of(call).keys[call.forward_decoded()["KeyMetadata"]["KeyId"]]
    key.key_usage = key.key_usage or "ENCRYPT_DECRYPT"
    key.multi_region = bool(key.multi_region)
    return {"KeyMetadata": _metadata(call, key)}


@operation("kms", "GetKeyPolicy")
def get_key_policy(call: Call) -> dict[str, Any]:
    """The name may be left out, and is told.

    https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html
    """
    key = key_of(call)
    if call.params.get("PolicyName", "default") != "default":
        raise AwsError("NotFoundException", "No such policy exists")
    return {"Policy": key.policy, "PolicyName": "default"}


@operation("kms", "PutKeyPolicy")
def put_key_policy(call: Call) -> None:
    """https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html"""
    key = key_of(call)
    if call.params.get("PolicyName", "default") != "default":
        raise AwsError("NotFoundException", "No such policy exists")
    _check_policy(call, call.params["Policy"], key.arn)
    key.policy = call.params["Policy"]


def _check_policy(call: Call, text: str, arn: str) -> None:
    """A key policy names principals that exist, and lets the caller change it again.

    https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html
    https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
    """
    try:
        policy = Document.parse(json.loads(text), resource_based=True)
    except PolicyError as error:
        raise AwsError("MalformedPolicyDocumentException", str(error)) from error
    except ValueError as error:
        raise AwsError("MalformedPolicyDocumentException", "Policy is not valid JSON") from error
    name = missing_principal(policy, call.account)
    if name:
        message = f"Policy contains a statement with one or more invalid principals: {name}"
        raise AwsError("MalformedPolicyDocumentException", message)
    if call.params.get("BypassPolicyLockoutSafetyCheck"):
        return
    request = Request(call.principal, "kms:PutKeyPolicy", arn, global_context(call))
    if not evaluate(request, policy, call.account, policy_decides=True).allowed:
        message = "The new key policy will not allow you to update the key policy in the future."
        raise AwsError("MalformedPolicyDocumentException", message)


def _rotations(account: str) -> dict[str, int]:
    """Days between rotations by key id; the keys of a multi-Region key have one id and one rotation."""
    return table("kms rotations", account)


@operation("kms", "EnableKeyRotation")
def enable_key_rotation(call: Call) -> None:
    """https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html"""
    key = _rotating_key(call)
    days = call.params.get("RotationPeriodInDays", _rotations(call.account).get(key.id, DEFAULT_ROTATION_DAYS))
    if not 90 <= days <= 2560:
        raise AwsError(
            "ValidationException",
            f"1 validation error detected: Value '{days}' at 'rotationPeriodInDays' failed to satisfy "
            "constraint: Member must have value between 90 and 2560",
        )
    _rotations(call.account)[key.id] = days


@operation("kms", "DisableKeyRotation")
def disable_key_rotation(call: Call) -> None:
    """https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKeyRotation.html"""
    _rotations(call.account).pop(_rotating_key(call).id, None)


def _rotating_key(call: Call) -> Key:
    """Only symmetric keys with KMS's own material rotate, and replicas follow their primary key.

    https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
    """
    key = key_of(call)
    replica = key.multi_region and key.multi_region_configuration["PrimaryKey"]["Arn"] != key.arn
    if key.key_spec != "SYMMETRIC_DEFAULT" or key.origin != "AWS_KMS" or replica:
        raise AwsError("UnsupportedOperationException", f"{key.arn} does not support automatic rotation")
    return key


@operation("kms", "GetKeyRotationStatus")
def get_key_rotation_status(call: Call) -> dict[str, Any]:
    """Off while the key is disabled or pending deletion.

    https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html
    """
    key = key_of(call)
    days = _rotations(call.account).get(key.id)
    if days is None or key.key_state != "Enabled":
        return {"KeyId": key.id, "KeyRotationEnabled": False}
    created = datetime.fromtimestamp(key.creation_date, timezone.utc)
    return {
        "KeyId": key.id,
        "KeyRotationEnabled": True,
        "RotationPeriodInDays": days,
        "NextRotationDate": created + timedelta(days=days),
    }


@operation("kms", "EnableKey")
def enable_key(call: Call) -> None:
    """https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKey.html"""
    key = key_of(call)
    key.enabled, key.key_state = True, "Enabled"


@operation("kms", "DisableKey")
def disable_key(call: Call) -> None:
    """https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKey.html"""
    key = key_of(call)
    key.enabled, key.key_state = False, "Disabled"


@operation("kms", "ScheduleKeyDeletion")
def schedule_key_deletion(call: Call) -> dict[str, Any]:
    """A multi-Region primary key waits for its replicas.

    https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html
    """
    key, days = key_of(call), call.params.get("PendingWindowInDays", 30)
    if not 7 <= days <= 30:
        raise AwsError(
            "ValidationException",
            f"1 validation error detected: Value '{days}' at 'pendingWindowInDays' failed to satisfy "
            "constraint: Member must have value between 7 and 30",
        )
    key.enabled = False
    answer = {"KeyId": key.arn, "PendingWindowInDays": days}
    if _is_primary(key) and key.multi_region_configuration["ReplicaKeys"]:
        key.key_state = "PendingReplicaDeletion"
    else:
        key.key_state = "PendingDeletion"
        answer["DeletionDate"] = datetime.now(timezone.utc) + timedelta(days=days)
        key.deletion_date = answer["DeletionDate"].replace(tzinfo=None)
    table("kms deletions", call.account, key.region)[key.id] = days
    return {**answer, "KeyState": key.key_state}


@operation("kms", "CancelKeyDeletion")
def cancel_key_deletion(call: Call) -> dict[str, Any]:
    """The key is disabled then.

    https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html
    """
    key = key_of(call)
    if key.key_state not in ("PendingDeletion", "PendingReplicaDeletion"):
        raise AwsError("KMSInvalidStateException", f"{key.arn} is not pending deletion.")
    key.key_state, key.deletion_date = "Disabled", None
    table("kms deletions", call.account, key.region).pop(key.id, None)
    return {"KeyId": key.arn}


@operation("kms", "DescribeKey")
def describe_key(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html"""
    return {"KeyMetadata": _metadata(call, key_of(call))}


def _metadata(call: Call, key: Key) -> dict[str, Any]:
    """https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html"""
    metadata = key.to_dict()["KeyMetadata"]
    metadata["CreationDate"] = datetime.fromtimestamp(key.creation_date, timezone.utc)
    if key.deletion_date:
        metadata["DeletionDate"] = key.deletion_date.replace(tzinfo=timezone.utc)
    if key.key_state == "PendingReplicaDeletion":
        metadata["PendingDeletionWindowInDays"] = table("kms deletions", call.account, key.region)[key.id]
    return {name: value for name, value in metadata.items() if value is not None}


@operation("kms", "ReplicateKey")
def replicate_key(call: Call) -> dict[str, Any]:
    """A replica shares id and key material with its primary key, and has policy, description, tags, aliases and
    grants of its own.

    https://docs.aws.amazon.com/kms/latest/APIReference/API_ReplicateKey.html
    """
    primary, params = key_of(call), call.params
    region = params["ReplicaRegion"]
    if not _is_primary(primary):
        message = f"{primary.arn} is not a multi-Region primary key"
        raise AwsError("UnsupportedOperationException", message)
    target = kms_backends[call.account][region]
    arn = primary.arn.replace(f":{primary.region}:", f":{region}:")
    if primary.id in target.keys:
        raise AwsError("AlreadyExistsException", f"Key {arn} already exists")
    if "Policy" in params:
        _check_policy(call, params["Policy"], arn)
    replica = _replica(primary, region, arn)
    replica.description = params.get("Description", "")
    replica.policy = params.get("Policy") or replica.generate_default_policy()
    target.keys[replica.id] = replica
    primary.multi_region_configuration["ReplicaKeys"].append({"Arn": arn, "Region": region})
    tags = params.get("Tags", [])
    target.tagger.tag_resource(replica.id, tags)
    return {"ReplicaKeyMetadata": _metadata(call, replica), "ReplicaPolicy": replica.policy, "ReplicaTags": tags}


def _is_primary(key: Key) -> bool:
    return bool(key.multi_region) and key.multi_region_configuration["PrimaryKey"]["Arn"] == key.arn


def _replica(primary: Key, region: str, arn: str) -> Key:
    replica = copy(primary)
    replica.region, replica.arn = region, arn
    replica.grants, replica.aliases = {}, {}
    # The list of replicas is one and the same for all keys of the family.
    replica.multi_region_configuration = {
        **primary.multi_region_configuration,
        "MultiRegionKeyType": "REPLICA",
    }
    return replica


@operation("kms", "CreateAlias")
def create_alias(call: Call) -> Answer:
    """https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html"""
    if call.params.get("AliasName", "").startswith("alias/aws/"):
        raise AwsError("NotAuthorizedException", "the prefix alias/aws/ is reserved for AWS managed keys")
    return call.forward()
