"""Lifecycle rules: kept as they came, checked as S3 checks them. Nothing expires here."""

from __future__ import annotations

from typing import Any, Iterator

from moto.moto_api._internal import mock_random

from ...errors import AwsError
from ...registry import operation
from ...route import Call
from .bucket import bucket_of, documents
from .schema import document_of, invalid, malformed, refused

Rule = dict[str, Any]

_ACTIONS = (
    "Expiration",
    "Transitions",
    "NoncurrentVersionExpiration",
    "NoncurrentVersionTransitions",
    "AbortIncompleteMultipartUpload",
)
# Objects stay in the class before for 30 days, and in these classes for 30 days.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
_INFREQUENT = ("STANDARD_IA", "ONEZONE_IA")


@operation("s3", "PutBucketLifecycleConfiguration")
def put_lifecycle(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html"""
    rules = document_of(call, "LifecycleConfiguration")["Rules"]
    if not rules or len(rules) > 1000:
        raise malformed()
    for rule in rules:
        rule.setdefault("ID", mock_random.get_random_hex(48))
        _check_rule(rule)
    if len({rule["ID"] for rule in rules}) < len(rules):
        raise invalid("Rule ID must be unique. Found same ID for more than one rule")
    size = call.params.get("TransitionDefaultMinimumObjectSize", "all_storage_classes_128K")
    if size not in ("all_storage_classes_128K", "varies_by_storage_class"):
        raise invalid("x-amz-transition-default-minimum-object-size has an unknown value")
    documents(bucket_of(call).name)["Lifecycle"] = {
        "Rules": rules,
        "TransitionDefaultMinimumObjectSize": size,
    }
    return {"TransitionDefaultMinimumObjectSize": size}


@operation("s3", "GetBucketLifecycleConfiguration")
def get_lifecycle(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html"""
    bucket = bucket_of(call)
    lifecycle = documents(bucket.name).get("Lifecycle")
    if lifecycle is None:
        message = "The lifecycle configuration does not exist"
        raise AwsError("NoSuchLifecycleConfiguration", message, 404, BucketName=bucket.name)
    return lifecycle


@operation("s3", "DeleteBucketLifecycle")
def delete_lifecycle(call: Call) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketLifecycle.html"""
    documents(bucket_of(call).name).pop("Lifecycle", None)


def _check_rule(rule: Rule) -> None:
    if len(rule["ID"]) > 255:
        raise invalid("ID length should not exceed allowed limit of 255")
    _check_filter(rule)
    if not any(action in rule for action in _ACTIONS):
        raise refused("At least one action needs to be specified in a rule")
    _check_expiration(rule)
    _check_transitions(rule)
    _check_noncurrent(rule)
    _check_abort(rule)


def _predicates(rule: Rule) -> Iterator[tuple[str, Any]]:
    """What a rule's filter asks for, member by member, one for each tag."""
    content = rule.get("Filter", {})
    for name, value in {**content, **content.get("And", {})}.items():
        if name == "Tags":
            yield from (("Tag", tag) for tag in value)
        elif name != "And":
            yield name, value


def _check_filter(rule: Rule) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-filters.html"""
    if ("Prefix" in rule) == ("Filter" in rule):
        raise malformed()
    content = rule.get("Filter", {})
    predicates = list(_predicates(rule))
    if len(content) > 1 or "And" in content and len(predicates) < 2:
        raise malformed()
    sizes = dict(predicates)
    least, most = sizes.get("ObjectSizeGreaterThan", 0), sizes.get("ObjectSizeLessThan")
    if most is not None and most <= least:
        raise refused("'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'")


def _check_expiration(rule: Rule) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleExpiration.html"""
    if "Expiration" not in rule:
        return
    expiration = {name: value for name, value in rule["Expiration"].items() if value is not False}
    if len(expiration) > 1 or not rule["Expiration"]:
        raise malformed()
    if expiration.get("Days", 1) < 1:
        raise invalid("'Days' for Expiration action must be a positive integer")
    _check_midnight(expiration)
    if "ExpiredObjectDeleteMarker" in expiration and _has(rule, "Tag"):
        raise refused("ExpiredObjectDeleteMarker cannot be specified with Tags.")
    for transition in rule.get("Transitions", []):
        if "Days" in expiration and "Days" in transition and expiration["Days"] <= transition["Days"]:
            raise invalid(
                f"'Days' in the Expiration action for filter '{_described(rule)}' must be greater than "
                "'Days' in the Transition action"
            )


def _check_transitions(rule: Rule) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_Transition.html"""
    transitions = rule.get("Transitions", [])
    timed = [*transitions, rule.get("Expiration", {})]
    if any("Days" in one for one in timed) and any("Date" in one for one in timed):
        raise refused(
            "Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule for "
            f"filter '{_described(rule)}'"
        )
    for transition in transitions:
        if ("Days" in transition) == ("Date" in transition) or "StorageClass" not in transition:
            raise malformed()
        if transition.get("Days", 0) < 0:
            raise invalid("'Days' in Transition action must be nonnegative")
        _check_midnight(transition)
    _check_classes(rule, "Transition", "Days", transitions)


def _check_noncurrent(rule: Rule) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_NoncurrentVersionExpiration.html"""
    transitions = rule.get("NoncurrentVersionTransitions", [])
    for transition in transitions:
        if "NoncurrentDays" not in transition or "StorageClass" not in transition:
            raise malformed()
        _check_newer("NoncurrentVersionTransition", transition)
    _check_classes(rule, "NoncurrentVersionTransition", "NoncurrentDays", transitions)
    if "NoncurrentVersionExpiration" not in rule:
        return
    expiration = rule["NoncurrentVersionExpiration"]
    if "NoncurrentDays" not in expiration:
        raise malformed()
    if expiration["NoncurrentDays"] < 1:
        raise invalid("'NoncurrentDays' for NoncurrentVersionExpiration action must be a positive integer")
    _check_newer("NoncurrentVersionExpiration", expiration)
    if any(expiration["NoncurrentDays"] <= transition["NoncurrentDays"] for transition in transitions):
        raise invalid(
            "'NoncurrentDays' in the NoncurrentVersionExpiration action for filter "
            f"'{_described(rule)}' must be greater than 'NoncurrentDays' in the "
            "NoncurrentVersionTransition action"
        )


def _check_newer(action: str, settings: dict[str, Any]) -> None:
    if not 1 <= settings.get("NewerNoncurrentVersions", 1) <= 100:
        raise invalid(f"'NewerNoncurrentVersions' for {action} action must be between 1 and 100")


def _check_classes(rule: Rule, action: str, member: str, transitions: list[dict[str, Any]]) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html"""
    classes = [transition["StorageClass"] for transition in transitions]
    if len(set(classes)) < len(classes):
        raise refused(f"'StorageClass' must be different for '{action}' actions in same 'Rule'")
    days = {one["StorageClass"]: one[member] for one in transitions if member in one}
    for infrequent in _INFREQUENT:
        if infrequent not in days:
            continue
        if days[infrequent] < 30:
            raise invalid(
                f"'{member}' in {action} action must be greater than or equal to 30 for "
                f"storageClass '{infrequent}'"
            )
        for other, day in days.items():
            if days[infrequent] < day < days[infrequent] + 30:
                raise invalid(
                    f"'{member}' in the '{other}' {action} action for filter '{_described(rule)}' must be "
                    f"30 days more than '{member}' in the '{infrequent}' {action} action"
                )


def _check_abort(rule: Rule) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortIncompleteMultipartUpload.html"""
    if "AbortIncompleteMultipartUpload" not in rule:
        return
    if rule["AbortIncompleteMultipartUpload"].get("DaysAfterInitiation", 0) < 1:
        raise invalid(
            "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive integer"
        )
    if _has(rule, "Tag"):
        raise refused("AbortIncompleteMultipartUpload cannot be specified with Tags.")
    if _has(rule, "ObjectSizeGreaterThan") or _has(rule, "ObjectSizeLessThan"):
        raise refused("AbortIncompleteMultipartUpload cannot be specified with Object Size.")


def _check_midnight(settings: dict[str, Any]) -> None:
    date = settings.get("Date")
    if date is not None and (date.hour, date.minute, date.second, date.microsecond) != (0, 0, 0, 0):
        raise invalid("'Date' must be at midnight GMT")


def _has(rule: Rule, predicate: str) -> bool:
    return any(name == predicate for name, _ in _predicates(rule))


def _described(rule: Rule) -> str:
    prefix = rule.get("Prefix", dict(_predicates(rule)).get("Prefix", ""))
    return f"(prefix={prefix})"
