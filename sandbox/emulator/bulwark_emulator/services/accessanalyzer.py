"""Access Analyzer: analyzers of an account and their tags. They find nothing. moto does not have the service.

https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_Operations.html
"""

from __future__ import annotations

import re
from datetime import datetime, timezone
from typing import Any

from moto.utilities.utils import get_partition

from ..errors import AwsError
from ..registry import operation
from ..route import Call
from ..store import table

_TYPES = (
    "ACCOUNT",
    "ACCOUNT_INTERNAL_ACCESS",
    "ACCOUNT_UNUSED_ACCESS",
    "ORGANIZATION",
    "ORGANIZATION_INTERNAL_ACCESS",
    "ORGANIZATION_UNUSED_ACCESS",
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,254}")
# https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_UnusedAccessConfiguration.html
_DEFAULT_AGE = 90


def _analyzers(call: Call) -> dict[str, dict[str, Any]]:
    return table("access analyzers", call.account, call.region)


def _invalid(message: str, reason: str = "fieldValidationFailed") -> AwsError:
    return AwsError("ValidationException", message, 400, reason=reason)


def _missing(name: str) -> AwsError:
    message = f"The specified analyzer with name: {name} was not found"
    return AwsError(
        "ResourceNotFoundException", message, 404, resourceId=name, resourceType="AWS::AccessAnalyzer::Analyzer"
    )


def _find(call: Call) -> dict[str, Any]:
    name = call.params["analyzerName"]
    if name not in _analyzers(call):
        raise _missing(name)
    return _analyzers(call)[name]


@operation("accessanalyzer", "CreateAnalyzer")
def create_analyzer(call: Call) -> dict[str, Any]:
    """One analyzer of a kind in an account and region; those of an organization need one, which is not here.

    https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CreateAnalyzer.html
    https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-quotas.html
    """
    params, analyzers = call.params, _analyzers(call)
    name, kind = params["analyzerName"], params["type"]
    if not _NAME.fullmatch(name):
        raise _invalid("analyzerName must match [A-Za-z][A-Za-z0-9_.-]*")
    if kind not in _TYPES:
        raise _invalid(f"type must be one of {', '.join(_TYPES)}")
    if kind.startswith("ORGANIZATION"):
        raise _invalid("You must create the analyzer using the organization's management account", "other")
    if name in analyzers:
        message = f"Analyzer already exists with name: {name}"
        raise AwsError("ConflictException", message, 409, resourceId=name, resourceType="AWS::AccessAnalyzer::Analyzer")
    if any(row["type"] == kind for row in analyzers.values()):
        raise AwsError(
            "ServiceQuotaExceededException",
            f"Analyzers with type {kind} exceeded the limit of 1",
            402,
            resourceId=name,
            resourceType="AWS::AccessAnalyzer::Analyzer",
        )
    arn = f"arn:{get_partition(call.region)}:access-analyzer:{call.region}:{call.account}:analyzer/{name}"
    row = {
        "arn": arn,
        "name": name,
        "type": kind,
        "createdAt": datetime.now(timezone.utc),
        "status": "ACTIVE",
        "tags": dict(params.get("tags") or {}),
    }
    configuration = _configuration(kind, params.get("configuration") or {})
    if configuration:
        row["configuration"] = configuration
    analyzers[name] = row
    return {"arn": arn}


def _configuration(kind: str, given: dict[str, Any]) -> dict[str, Any]:
    """The settings, of the kind that the analyzer is of; unused access counts from 90 days on."""
    wanted = {"UNUSED_ACCESS": "unusedAccess", "INTERNAL_ACCESS": "internalAccess"}.get(kind.partition("_")[2], "")
    if set(given) - {wanted}:
        raise _invalid(f"configuration is not valid for an analyzer of type {kind}")
    if wanted != "unusedAccess":
        return given
    unused = {"unusedAccessAge": _DEFAULT_AGE, **given.get(wanted, {})}
    if not 1 <= unused["unusedAccessAge"] <= 365:
        raise _invalid("unusedAccessAge must be between 1 and 365")
    return {wanted: unused}


@operation("accessanalyzer", "UpdateAnalyzer")
def update_analyzer(call: Call) -> dict[str, Any]:
    """Not for external access, which has no settings.

    https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_UpdateAnalyzer.html
    """
    row = _find(call)
    if row["type"] in ("ACCOUNT", "ORGANIZATION"):
        raise _invalid("This action is not supported for external access analyzers", "other")
    configuration = _configuration(row["type"], call.params.get("configuration") or {})
    row["configuration"] = configuration
    return {"configuration": configuration}


@operation("accessanalyzer", "GetAnalyzer")
def get_analyzer(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_GetAnalyzer.html"""
    return {"analyzer": _find(call)}


@operation("accessanalyzer", "ListAnalyzers")
def list_analyzers(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ListAnalyzers.html"""
    kind = call.params.get("type")
    return {"analyzers": [row for row in _analyzers(call).values() if kind in (None, row["type"])]}


@operation("accessanalyzer", "DeleteAnalyzer")
def delete_analyzer(call: Call) -> None:
    """https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_DeleteAnalyzer.html"""
    del _analyzers(call)[_find(call)["name"]]


def _tags(call: Call) -> dict[str, str]:
    arn = call.params["resourceArn"]
    for row in _analyzers(call).values():
        if row["arn"] == arn:
            return row["tags"]
    raise _missing(arn)


@operation("accessanalyzer", "TagResource")
def tag_resource(call: Call) -> None:
    """https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_TagResource.html"""
    _tags(call).update(call.params["tags"])


@operation("accessanalyzer", "UntagResource")
def untag_resource(call: Call) -> None:
    """https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_UntagResource.html"""
    for key in call.params["tagKeys"]:
        _tags(call).pop(key, None)


@operation("accessanalyzer", "ListTagsForResource")
def list_tags_for_resource(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ListTagsForResource.html"""
    return {"tags": _tags(call)}
