"""What CloudFormation's resource schemas say of a call beyond its service model, for the resources in use.

The package cfn-lint carries the schemas of CloudFormation's registry by region, and lists of AWS's own: engine versions,
instance classes, the dates of Lambda's runtimes. moto depends on it, so it is locked with everything else. Its files are
read when the first call asks for them, and the package itself is never imported.
"""

from __future__ import annotations

import difflib
import functools
import json
from dataclasses import dataclass
from datetime import date
from importlib.metadata import distribution
from typing import TYPE_CHECKING, Any, Iterator

from .pattern import fits
from .violation import Path, Violation, quotable

if TYPE_CHECKING:
    from botocore.model import Shape

    from ..route import Call

_DATA = "cfnlint/data/"


@dataclass(frozen=True)
class Property:
    """A member (``*`` for each element of a list) and the property of a resource type that says more of it.

    ``code`` is the service's own code for it, where it is not the one for all values.
    """

    member: str
    resource: str
    name: str
    code: str = ""


@dataclass(frozen=True)
class Condition:
    """A schema of cfn-lint's own that ties members to each other. ``members`` are the schema's names of the call's."""

    file: str
    members: dict[str, str]
    code: str
    regional: bool = False


# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html: of descriptions, the same characters.
_DESCRIPTIONS = [
    Property(f"IpPermissions.*.{ranges}.*.Description", "AWS::EC2::SecurityGroup", "GroupDescription")
    for ranges in ("IpRanges", "Ipv6Ranges", "PrefixListIds", "UserIdGroupPairs")
]
_TRAIL = [
    # https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html#API_CreateTrail_Errors
    Property("S3KeyPrefix", "AWS::CloudTrail::Trail", "S3KeyPrefix", "InvalidS3PrefixException"),
    Property("SnsTopicName", "AWS::CloudTrail::Trail", "SnsTopicName", "InvalidSnsTopicNameException"),
]
_DATABASE = [
    # https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
    Property(name, "AWS::RDS::DBInstance", name)
    for name in ("PerformanceInsightsRetentionPeriod", "PromotionTier", "BackupRetentionPeriod", "DatabaseInsightsMode")
]

PROPERTIES: dict[tuple[str, str], list[Property]] = {
    ("cloudtrail", "CreateTrail"): [
        Property("Name", "AWS::CloudTrail::Trail", "TrailName", "InvalidTrailNameException"), *_TRAIL,
    ],
    ("cloudtrail", "UpdateTrail"): _TRAIL,
    ("ec2", "CreateSecurityGroup"): [Property("Description", "AWS::EC2::SecurityGroup", "GroupDescription")],
    ("ec2", "AuthorizeSecurityGroupIngress"): _DESCRIPTIONS,
    ("ec2", "AuthorizeSecurityGroupEgress"): _DESCRIPTIONS,
    # https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
    ("logs", "PutRetentionPolicy"): [Property("retentionInDays", "AWS::Logs::LogGroup", "RetentionInDays")],
    ("rds", "CreateDBInstance"): [
        Property("DBInstanceIdentifier", "AWS::RDS::DBInstance", "DBInstanceIdentifier"),
        Property("MasterUsername", "AWS::RDS::DBInstance", "MasterUsername"),
        *_DATABASE,
    ],
    ("rds", "ModifyDBInstance"): _DATABASE,
    ("rds", "CreateDBParameterGroup"): [
        Property("DBParameterGroupName", "AWS::RDS::DBParameterGroup", "DBParameterGroupName"),
    ],
}  # fmt: skip

_INSTANCE = {
    name: name
    for name in ("Engine", "EngineVersion", "DBInstanceClass", "LicenseModel", "BackupRetentionPeriod", "DBClusterIdentifier")
}
CONDITIONS: dict[tuple[str, str], list[Condition]] = {
    # https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/CommonErrors.html
    ("rds", "CreateDBInstance"): [
        Condition("aws_rds_dbinstance/engine_version.json", _INSTANCE, "InvalidParameterCombination"),
        Condition("aws_rds_dbinstance/dbinstanceclass_enum.json", _INSTANCE, "InvalidParameterCombination", regional=True),
        Condition("aws_rds_dbinstance/backupretentionperiod_maximum.json", _INSTANCE, "InvalidParameterValue"),
    ],
}

# https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html#runtimes-deprecated
_RUNTIMES = {"CreateFunction": "create-block", "UpdateFunctionConfiguration": "update-block"}


def beyond(call: Call, shape: Shape) -> list[Violation]:
    """What the resource's schema does not allow of a call that its model allows."""
    found: list[Violation] = []
    key = (call.service, call.name)
    for rule in PROPERTIES.get(key, ()):
        schema = None
        for path, inner, value in _values(shape, call.params, rule.member.split("."), ()):
            schema = schema or _property(call.region, rule.resource, rule.name)
            found += [
                Violation(path, kind, constraint, quotable(inner, path, value), rule.code)
                for kind, constraint in _broken(schema, value)
            ]
    for condition in CONDITIONS.get(key, ()):
        found += _conditional(call, condition, shape)
    if call.service == "lambda" and call.name in _RUNTIMES:
        found += _runtime(call.params.get("Runtime", ""), _RUNTIMES[call.name])
    return found


def _values(shape: Shape, value: Any, steps: list[str], path: Path) -> Iterator[tuple[Path, Shape, Any]]:
    """The values that a member stands for, with their paths and shapes."""
    if not steps:
        yield path, shape, value
    elif steps[0] == "*":
        for number, item in enumerate(value, 1):
            yield from _values(shape.member, item, steps[1:], (*path, number))
    elif value.get(steps[0]) is not None:
        yield from _values(shape.members[steps[0]], value[steps[0]], steps[1:], (*path, steps[0]))


def _broken(schema: dict[str, Any], value: Any) -> Iterator[tuple[str, str]]:
    """Kind and text of each constraint of a property that a value breaks."""
    for name, kind, measured, what in (
        ("minLength", "length", len(value) if isinstance(value, str) else None, "length greater"),
        ("maxLength", "length", len(value) if isinstance(value, str) else None, "length less"),
        ("minimum", "range", value if isinstance(value, int) else None, "value greater"),
        ("maximum", "range", value if isinstance(value, int) else None, "value less"),
    ):
        bound = schema.get(name)
        if bound is None or measured is None:
            continue
        if measured < bound if name.startswith("min") else measured > bound:
            yield kind, f"Member must have {what} than or equal to {bound}"
    if "enum" in schema and value not in schema["enum"]:
        yield "enum", f"Member must satisfy enum value set: [{', '.join(map(str, schema['enum']))}]"
    if "pattern" in schema and isinstance(value, str) and not fits(schema["pattern"], value):
        yield "pattern", f"Member must satisfy regular expression pattern: {schema['pattern']}"


def _conditional(call: Call, condition: Condition, shape: Shape) -> Iterator[Violation]:
    from jsonschema import Draft7Validator  # it takes a while, and few calls need it

    schema = _read(f"schemas/extensions/{condition.file}")
    if condition.regional:
        schema = schema.get(call.region, {})
    # An empty text stands for nothing: the AWS provider sends one where a program names no engine version.
    asked = {name: call.params[member] for member, name in condition.members.items() if call.params.get(member, "") != ""}
    members = {name: member for member, name in condition.members.items()}
    told = set()
    for error in Draft7Validator(schema).iter_errors(asked):
        name = str(error.absolute_path[0]) if error.absolute_path else next(iter(condition.members.values()))
        if name in told:
            continue
        told.add(name)
        path = (members[name],)
        yield Violation(path, "enum", _explained(error, asked), quotable(shape.members[path[0]], path, asked[name]), condition.code)


def _explained(error: Any, asked: dict[str, Any]) -> str:
    """In words that end: a list of versions and classes is too long to be read."""
    given = ", ".join(f"{name} {value}" for name, value in asked.items())
    if error.validator == "enum":
        near = difflib.get_close_matches(str(error.instance), map(str, error.validator_value), 4, 0.5)
        return f"AWS has no such value for {given}" + (f"; near it are {', '.join(near)}" if near else "")
    if error.validator in ("minimum", "maximum"):
        return f"Member must have value {'greater' if error.validator == 'minimum' else 'less'} than or equal to {error.validator_value}"
    return f"AWS has no such combination: {given}"


def _runtime(runtime: str, block: str) -> Iterator[Violation]:
    known = _read("AdditionalSpecs/LmbdRuntimeLifecycle.json").get(runtime, {})
    if known.get(block) and date.fromisoformat(known[block]) <= date.today():
        instead = known.get("successor")
        constraint = f"Member must be a runtime that can still be used; this one could until {known[block]}" + (
            f". The new one is {instead}" if instead else ""
        )
        yield Violation(("Runtime",), "enum", constraint, runtime, "InvalidParameterValueException")


def _property(region: str, resource: str, name: str) -> dict[str, Any]:
    types = _read(f"schemas/providers/{region}.json")
    schema = _read(f"schemas/resources/{types[resource]}.json") if resource in types else {}
    found: dict[str, Any] = schema.get("properties", {}).get(name, {})
    return found


@functools.cache
def _read(name: str) -> Any:
    """A file of cfn-lint's data; empty when there is none, as for a region that it does not know."""
    path = distribution("cfn-lint").locate_file(_DATA + name)
    try:
        with open(str(path), encoding="utf-8") as file:
            return json.load(file)
    except FileNotFoundError:
        return {}
