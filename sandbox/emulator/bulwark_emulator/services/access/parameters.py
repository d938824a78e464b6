"""What calls about parameters of Systems Manager demand: names, hierarchies, tags, the key of a SecureString.

Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html
and https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html
"""

from __future__ import annotations

from typing import Any, Iterator

from moto.kms.models import Key
from moto.ssm.models import ssm_backends

from ...identity import PARTITION
from ...policy import Context
from ...route import Call
from . import keys
from .context import flag, global_context, requested_tags
from .demand import Demand, KeyUse

_OPERATIONS = (
    "DeleteParameter",
    "DeleteParameters",
    "GetParameter",
    "GetParameterHistory",
    "GetParameters",
    "GetParametersByPath",
    "LabelParameterVersion",
    "PutParameter",
    "UnlabelParameterVersion",
)
_ON_RESOURCES = ("AddTagsToResource", "ListTagsForResource", "RemoveTagsFromResource")


def demands(call: Call) -> Iterator[Demand] | None:
    """None for calls that are about no parameters."""
    params = call.params
    if call.name in _ON_RESOURCES and params.get("ResourceType") == "Parameter":
        return iter([_on_parameter(call, params["ResourceId"])])
    if call.name == "GetParametersByPath":
        return iter([_on_path(call, params["Path"])])
    if call.name not in _OPERATIONS:
        return None
    names = params.get("Names") or [params["Name"]]
    return (_on_parameter(call, name) for name in names)


def _on_parameter(call: Call, name: str) -> Demand:
    name = _bare(name)
    found = _versions(call).get(name)
    uses = tuple(_uses(call, name, found[-1] if found else None))
    return Demand(f"ssm:{call.name}", _arn(call, name), _context(call, name), keys=uses)


def _on_path(call: Call, path: str) -> Demand:
    """Whoever may read a path may read all below it, what is denied by name too."""
    within = path.rstrip("/") + "/"
    below = {name: rows[-1] for name, rows in _versions(call).items() if name.startswith(within)}
    if not call.params.get("Recursive"):
        below = {name: row for name, row in below.items() if "/" not in name.removeprefix(within)}
    uses = tuple(use for name, row in below.items() for use in _uses(call, name, row))
    context = global_context(call)
    context.set("ssm:Recursive", flag(bool(call.params.get("Recursive"))))
    return Demand("ssm:GetParametersByPath", _arn(call, path), context, keys=uses)


def _bare(name: str) -> str:
    """The name without ARN, version and label: arn:…:parameter/a/b:3 is /a/b, or a for a name without a hierarchy."""
    if name.startswith("arn:"):
        name = name.split(":parameter", 1)[-1]
        name = name if name.count("/") > 1 else name.lstrip("/")
    return name.partition(":")[0]


def _versions(call: Call) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = ssm_backends[call.account][call.region]._parameters
    return found


def _arn(call: Call, name: str) -> str:
    return f"arn:{PARTITION}:ssm:{call.region}:{call.account}:parameter/{name.lstrip('/')}"


def _context(call: Call, name: str) -> Context:
    params, context = call.params, global_context(call).with_values(requested_tags(call.params))
    if call.name == "PutParameter":
        context.set("ssm:Overwrite", flag(bool(params.get("Overwrite"))))
        context.set("ssm:Policies", params.get("Policies"))
    tags = ssm_backends[call.account][call.region]._resource_tags["Parameter"].get(name) or {}
    for key, value in tags.items():
        context.set(f"aws:ResourceTag/{key}", value)
        context.set(f"ssm:resourceTag/{key}", value)
    return context


def _uses(call: Call, name: str, parameter: Any) -> Iterator[KeyUse]:
    """Reading decrypts; writing encrypts, or generates a data key in the advanced tier."""
    params, encryption = call.params, {"PARAMETER_ARN": _arn(call, name)}
    if call.name == "PutParameter":
        kind = params.get("Type") or getattr(parameter, "parameter_type", "")
        key = _key(call, params.get("KeyId")) if kind == "SecureString" else None
        if key is not None:
            yield KeyUse("kms:GenerateDataKey" if params.get("Tier") == "Advanced" else "kms:Encrypt", key, encryption)
    elif params.get("WithDecryption") and getattr(parameter, "parameter_type", "") == "SecureString":
        key = _key(call, parameter.keyid)
        if key is not None:
            yield KeyUse("kms:Decrypt", key, encryption)


def _key(call: Call, name: str | None) -> Key | None:
    return keys.find(name, call.account, call.region) if name else None
