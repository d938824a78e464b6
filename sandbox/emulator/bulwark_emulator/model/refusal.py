"""How each service says that a call breaks its model: the code, and the message.

Most services are made with one framework of AWS's and say the same ("1 validation error detected: Value ... at ...
failed to satisfy constraint: ..."), under the code ValidationException where they speak JSON and ValidationError where
they speak the query protocol. The table below has the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Callable

from botocore.model import Shape
from moto.core.parse import PROTOCOL_PARSERS

from ..errors import AwsError
from .known import OPERATIONS
from .violation import Path, Violation

if TYPE_CHECKING:
    from ..route import Call


class Refused(AwsError):
    """The error for a call that breaks its model, and what it breaks."""

    def __init__(self, code: str, message: str, violations: list[Violation], **fields: Any) -> None:
        super().__init__(code, message, 400, **fields)
        self.violations = violations


@dataclass(frozen=True)
class Style:
    """How a service refuses: its codes for a value, a missing member and an unknown one, and its words."""

    code: str
    missing: str = ""
    unknown: str = ""
    words: Callable[[Call, list[Violation]], str] | None = None

    def code_for(self, violation: Violation) -> str:
        if violation.kind == "required" and self.missing:
            return self.missing
        if violation.kind == "unknown" and self.unknown:
            return self.unknown
        return self.code


def _framework(_: Call, violations: list[Violation]) -> str:
    noun = "error" if len(violations) == 1 else "errors"
    told = "; ".join(
        f"Value{_quoted(violation)} at '{_camel(violation.path)}' failed to satisfy constraint: {violation.constraint}"
        for violation in violations
    )
    return f"{len(violations)} validation {noun} detected: {told}"


def _quoted(violation: Violation) -> str:
    if violation.kind == "required":
        return " null"
    return "" if violation.value is None else f" '{violation.value}'"


def _camel(path: Path) -> str:
    """rules.1.member.visibilityConfig.metricName"""
    steps = (f"{step}.member" if isinstance(step, int) else step[:1].lower() + step[1:] for step in path)
    return ".".join(steps)


def _parameters(call: Call, violations: list[Violation]) -> str:
    """The words of EC2 and RDS, which tell the first thing only."""
    first = violations[0]
    name = _parameter_name(call, first.path)
    if first.kind == "required":
        return f"The request must contain the parameter {name}"
    if first.kind == "unknown":
        return f"The parameter {name} is not recognized. {first.constraint}"
    value = "" if first.value is None else f" ({first.value})"
    return f"Value{value} for parameter {name} is invalid. {first.constraint}"


def _parameter_name(call: Call, path: Path) -> str:
    """The parameter of the query protocols that a path stands for: IpPermissions.1.IpRanges"""
    if call.protocol not in ("query", "ec2"):
        return ".".join(map(str, path))
    named = PROTOCOL_PARSERS[call.protocol](call.operation)._get_serialized_name
    shape: Shape | None = call.operation.input_shape
    steps = []
    for step in path:
        if shape is not None and shape.type_name == "structure" and step in shape.members:
            shape = shape.members[step]
            steps.append(str(named(shape, step)))
        else:
            shape = getattr(shape, "member", None) or getattr(shape, "value", None)
            steps.append(str(step))
    return ".".join(steps)


def _invalid_parameter(_: Call, violations: list[Violation]) -> str:
    """SNS"""
    first = violations[0]
    name = str(first.path[0]) if first.path else "request"
    reason = "no value for required parameter" if first.kind == "required" else first.constraint
    return f"Invalid parameter: {name} Reason: {reason}"


def _registry(_: Call, violations: list[Violation]) -> str:
    """ECR"""
    first = violations[0]
    constraint = first.constraint[:1].lower() + first.constraint[1:]
    return f"Invalid parameter at '{_camel(first.path)}' failed to satisfy constraint: '{constraint.removeprefix('member ')}'"


# Codes that are not those of the framework. Each is one of the service's model, or of the page.
STYLES: dict[str, Style] = {
    # https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html#CommonErrors
    "ec2": Style("InvalidParameterValue", "MissingParameter", "UnknownParameter", _parameters),
    # https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/CommonErrors.html
    "rds": Style("InvalidParameterValue", "MissingParameter", words=_parameters),
    # https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html
    "sqs": Style("InvalidParameterValue", "MissingParameter", words=_parameters),
    # https://docs.aws.amazon.com/sns/latest/api/API_Publish.html#API_Publish_Errors
    "sns": Style("InvalidParameter", words=_invalid_parameter),
    # https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html#API_CreateRepository_Errors
    "ecr": Style("InvalidParameterException", words=_registry),
    # https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html#API_CreateService_Errors
    "ecs": Style("InvalidParameterException"),
    # https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html#API_CreateLogGroup_Errors
    "logs": Style("InvalidParameterException"),
    # https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateBackupVault.html#API_CreateBackupVault_Errors
    "backup": Style("InvalidParameterValueException", "MissingParameterValueException"),
    # https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateHostedZone.html#API_CreateHostedZone_Errors
    "route53": Style("InvalidInput"),
    # https://docs.aws.amazon.com/xray/latest/api/API_CreateGroup.html#API_CreateGroup_Errors
    "xray": Style("InvalidRequestException"),
    # https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateDetector.html#API_CreateDetector_Errors
    "guardduty": Style("BadRequestException"),
    # https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_EnableSecurityHub.html#API_EnableSecurityHub_Errors
    "securityhub": Style("InvalidInputException"),
    # https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_CreateBudget.html
    "budgets": Style("InvalidParameterException"),
    # https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html#API_GetResources_Errors
    "resourcegroupstaggingapi": Style("InvalidParameterException"),
}
JSON = Style("ValidationException")
QUERY = Style("ValidationError")

# https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList
_MALFORMED = "The XML you provided was not well-formed or did not validate against our published schema"
# Codes of their own that S3 has for a member that is not one of the values.
_S3_VALUES = {
    ("StorageClass",): ("InvalidStorageClass", "The storage class you specified is not valid."),
    ("ServerSideEncryption",): (
        "InvalidEncryptionAlgorithmError",
        "The encryption method specified is not supported",
    ),
    ("CreateBucketConfiguration", "LocationConstraint"): (
        "InvalidLocationConstraint",
        "The specified location-constraint is not valid",
    ),
    ("VersioningConfiguration", "Status"): (
        "IllegalVersioningConfigurationException",
        "The Versioning element must be specified",
    ),
}
_S3 = ("s3", "s3control")


def style_of(service: str, protocol: str) -> Style:
    return STYLES.get(service) or (QUERY if protocol in ("query", "ec2") else JSON)


def refusal(call: Call, shape: Shape, violations: list[Violation]) -> Refused:
    """The error that the service answers for what a call breaks."""
    if call.service in _S3:
        return _s3(shape, violations)
    first = violations[0]
    if call.protocol in ("json", "rest-json") and first.kind in ("type", "unknown"):
        # What the framework answers where JSON does not fit. It passes over some unknown members; a setting that
        # nobody has is worse than a refusal.
        return Refused("SerializationException", _framework(call, violations), violations)
    style = style_of(call.service, call.protocol)
    message = (style.words or _framework)(call, violations)
    code = first.code or OPERATIONS.get((call.service, call.name)) or style.code_for(first)
    return Refused(code, message, violations, **_fields(call, code, violations))


def _fields(call: Call, code: str, violations: list[Violation]) -> dict[str, Any]:
    """The members of a modelled ValidationException that list the fields, as Access Analyzer's does.

    https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidationException.html
    """
    error = next((shape for shape in call.operation.error_shapes if shape.name == code), None)
    if error is None or "fieldList" not in error.members:
        return {}
    told = [{"name": violation.member, "message": violation.constraint} for violation in violations]
    reasons = error.members["reason"].metadata.get("enum", []) if "reason" in error.members else []
    reason = [name for name in reasons if name.replace("_", "").lower() == "fieldvalidationfailed"]
    return {"fieldList": told, **({"reason": reason[0]} if reason else {})}


def _s3(shape: Shape, violations: list[Violation]) -> Refused:
    """A document is refused as a whole; a header, a path or a query string by its name.

    AWS says of a document only that it is not right. What of it stands in brackets, which spares a search.
    """
    first = violations[0]
    if first.kind == "enum" and first.path in _S3_VALUES:
        code, message = _S3_VALUES[first.path]
        return Refused(code, f"{message} ({first.constraint})", violations)
    member = shape.members.get(first.path[0]) if first.path else None
    if member is None or "location" not in member.serialization:
        told = "; ".join(f"{violation.member}: {violation.constraint}" for violation in violations)
        return Refused("MalformedXML", f"{_MALFORMED} ({told})", violations)
    name = str(member.serialization.get("name", first.path[0]))
    given = {} if first.value is None else {"ArgumentValue": first.value}
    return Refused("InvalidArgument", f"{name}: {first.constraint}", violations, ArgumentName=name, **given)
