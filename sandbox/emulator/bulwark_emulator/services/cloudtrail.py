"""CloudTrail: what AWS tries before it accepts a trail, trails by ARN, and selectors that replace each other."""

from __future__ import annotations

from typing import Any

from moto.cloudtrail.models import Trail, cloudtrail_backends
from moto.core.routing import JSONRouter, get_service_router
from moto.iam.models import Role
from moto.logs.models import logs_backends
from moto.utilities.utils import get_partition

from ..answer import Answer
from ..errors import AwsError
from ..identity import Principal, of_role
from ..policy import Context, Request, evaluate
from ..registry import operation
from ..route import Call
from . import roles
from .access import buckets, keys



def _route_short_targets() -> None:
    """AWS takes the short form of X-Amz-Target too, which the newer SDKs send: CloudTrail_20131101.CreateTrail."""
    router = get_service_router("cloudtrail")._get_router("json")
    assert isinstance(router, JSONRouter)
    for target, model in list(router._operations_by_target.items()):
        router._operations_by_target[".".join(target.split(".")[-2:])] = model


_route_short_targets()

_SERVICE = Principal("service", arn="cloudtrail.amazonaws.com", name="cloudtrail.amazonaws.com")

# https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
_MOST_TRAILS = 5
_MOST_SELECTORS = 500

# https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetEventSelectors.html
_EVERY_MANAGEMENT_EVENT = {
    "ReadWriteType": "All",
    "IncludeManagementEvents": True,
    "DataResources": [],
    "ExcludeManagementEventSources": [],
}
_INSIGHTS = ("ApiCallRateInsight", "ApiErrorRateInsight")


def _find(call: Call, name: str) -> Trail:
    """A trail by name or ARN, seen from its home region; a multi-region trail also from the others, by ARN."""
    region = name.split(":")[3] if name.startswith("arn:") and name.count(":") >= 5 else call.region
    trail = cloudtrail_backends[call.account][region].trails.get(name.rpartition("/")[2])
    if trail is None or (region != call.region and not trail.is_multi_region):
        raise AwsError("TrailNotFoundException", f"Unknown trail: {name} for the user: {call.account}", 400)
    return trail


def _at_home(call: Call, name: str) -> Trail:
    """The trail of a call that works in the trail's home region only."""
    trail = _find(call, name)
    if trail.region_name != call.region:
        message = f"Trail: {name} can only be changed in its home region {trail.region_name}"
        raise AwsError("InvalidHomeRegionException", message, 400)
    return trail


@operation("cloudtrail", "CreateTrail")
def create_trail(call: Call) -> dict[str, Any] | Answer:
    """https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html"""
    name, trails = call.params["Name"], cloudtrail_backends[call.account][call.region].trails
    if name in trails:
        message = f"Trail {name} already exists for customer: {call.account}"
        raise AwsError("TrailAlreadyExistsException", message, 400)
    if len(trails) >= _MOST_TRAILS:
        message = f"User: {call.account} already has {_MOST_TRAILS} trails in {call.region}."
        raise AwsError("MaximumNumberOfTrailsExceededException", message, 403)
    if buckets.find(call.params["S3BucketName"]) is not None:
        _check_destinations(call, name, call.params)
    made = call.forward_decoded()
    trail = trails[made["Name"]]
    if trail.kms_key_id:
        trail.kms_key_id = _key(call, trail.kms_key_id).arn
    return _described(trail)


@operation("cloudtrail", "UpdateTrail")
def update_trail(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateTrail.html"""
    params, trail = call.params, _at_home(call, call.params["Name"])
    now = {
        "S3BucketName": trail.bucket_name,
        "KmsKeyId": trail.kms_key_id,
        "CloudWatchLogsLogGroupArn": trail.cw_log_group_arn,
        "CloudWatchLogsRoleArn": trail.cw_role_arn,
    }
    if buckets.find({**now, **params}["S3BucketName"]) is None:
        message = f"S3 bucket {params['S3BucketName']} does not exist!"
        raise AwsError("S3BucketDoesNotExistException", message, 400)
    _check_destinations(call, trail.trail_name, {**now, **params})
    trail.update(
        s3_bucket_name=params.get("S3BucketName"),
        s3_key_prefix=params.get("S3KeyPrefix"),
        sns_topic_name=params.get("SnsTopicName"),
        include_global_service_events=params.get("IncludeGlobalServiceEvents"),
        is_multi_region_trail=params.get("IsMultiRegionTrail"),
        enable_log_file_validation=params.get("EnableLogFileValidation"),
        is_organization_trail=params.get("IsOrganizationTrail"),
        cw_log_group_arn=params.get("CloudWatchLogsLogGroupArn"),
        cw_role_arn=params.get("CloudWatchLogsRoleArn"),
        kms_key_id=params.get("KmsKeyId"),
    )
    if trail.kms_key_id:
        trail.kms_key_id = _key(call, trail.kms_key_id).arn
    return _described(trail)


def _check_destinations(call: Call, name: str, params: dict[str, Any]) -> None:
    """Whether bucket, key and log group let the trail in."""
    partition = get_partition(call.region)
    arn = f"arn:{partition}:cloudtrail:{call.region}:{call.account}:trail/{name}"
    base = Context(
        {
            "aws:SourceArn": arn,
            "aws:SourceAccount": call.account,
            "aws:SecureTransport": "true",
            "s3:TlsVersion": "1.3",
        }
    )
    _check_bucket(call, params, base)
    if params.get("KmsKeyId"):
        key = _key(call, params["KmsKeyId"])
        context = keys.key_context(base, _SERVICE, key, {"aws:cloudtrail:arn": arn})
        if not keys.authorize(_SERVICE, "kms:GenerateDataKey", key, context).allowed:
            message = f"Insufficient permissions to access S3 bucket {params['S3BucketName']} or KMS key {key.arn}."
            raise AwsError("InsufficientEncryptionPolicyException", message, 400)
    if params.get("CloudWatchLogsLogGroupArn") or params.get("CloudWatchLogsRoleArn"):
        _check_log_group(call, params)


def _check_bucket(call: Call, params: dict[str, Any], base: Context) -> None:
    """https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html"""
    bucket = buckets.find(params["S3BucketName"])
    assert bucket is not None
    prefix = f"{params['S3KeyPrefix']}/" if params.get("S3KeyPrefix") else ""
    file = f"{bucket.arn}/{prefix}AWSLogs/{call.account}/CloudTrail/{call.region}/file.json.gz"
    writing = base.with_values({"s3:x-amz-acl": "bucket-owner-full-control"})
    for request in (
        Request(_SERVICE, "s3:GetBucketAcl", bucket.arn, base),
        Request(_SERVICE, "s3:PutObject", file, writing),
    ):
        if not evaluate(request, bucket.policy, bucket.owner).allowed:
            message = f"Incorrect S3 bucket policy is detected for bucket: {bucket.name}"
            raise AwsError("InsufficientS3BucketPolicyException", message, 400)


def _key(call: Call, name: str) -> Any:
    """The key of a trail, which has to be in the bucket's region; the layer wants the trail's."""
    key = keys.find(name, call.account, call.region)
    if key is None:
        raise AwsError("KmsKeyNotFoundException", f"KMS key {name} cannot be found.", 400)
    if key.key_state != "Enabled":
        raise AwsError("KmsKeyDisabledException", f"KMS key {key.arn} is not enabled.", 400)
    return key


def _check_log_group(call: Call, params: dict[str, Any]) -> None:
    """The group exists, and the role may write into the trail's stream.

    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
    """
    arn = params.get("CloudWatchLogsLogGroupArn") or ""
    group = arn.removesuffix(":*").partition(":log-group:")[2]
    if not arn.endswith(":*") or group not in logs_backends[call.account][call.region].groups:
        message = "CloudTrail cannot validate the specified log group ARN."
        raise AwsError("InvalidCloudWatchLogsLogGroupArnException", message, 400)
    role = _role(call, params.get("CloudWatchLogsRoleArn") or "")
    # CloudTrail sends neither aws:SourceArn nor aws:SourceAccount here.
    if not roles.may_assume(role, _SERVICE, Context()).allowed:
        message = "Access denied. Check the trust relationships for your role."
        raise AwsError("InvalidCloudWatchLogsRoleArnException", message, 400)
    stream = f"{arn.removesuffix(':*')}:log-stream:{call.account}_CloudTrail_{call.region}"
    writer = of_role(role, "CloudTrail")
    for action in ("logs:CreateLogStream", "logs:PutLogEvents"):
        if not evaluate(Request(writer, action, stream, Context()), None, call.account).allowed:
            message = "Access denied. Check the permissions for your role."
            raise AwsError("InvalidCloudWatchLogsRoleArnException", message, 400)


def _role(call: Call, arn: str) -> Role:
    role = roles.find(arn)
    if role is None or role.account_id != call.account:
        message = "CloudTrail cannot validate the specified role ARN."
        raise AwsError("InvalidCloudWatchLogsRoleArnException", message, 400)
    return role


@operation("cloudtrail", "DeleteTrail")
def delete_trail(call: Call) -> None:
    """https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DeleteTrail.html"""
    trail = _at_home(call, call.params["Name"])
    backend = cloudtrail_backends[call.account][call.region]
    del backend.trails[trail.trail_name]
    backend.tagging_service.delete_all_tags_for_resource(trail.arn)


@operation("cloudtrail", "GetTrail")
def get_trail(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrail.html"""
    return {"Trail": _described(_find(call, call.params["Name"]))}


@operation("cloudtrail", "DescribeTrails")
def describe_trails(call: Call) -> dict[str, Any]:
    """Names and ARNs select. Without them, all trails of the region and the multi-region trails of the others.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html
    """
    shadows = call.params.get("includeShadowTrails", True)
    backend = cloudtrail_backends[call.account][call.region]
    trails = list(backend.describe_trails(include_shadow_trails=shadows))
    names = call.params.get("trailNameList")
    if names:
        at_home = {trail.trail_name: trail.arn for trail in backend.trails.values()}
        wanted = {at_home.get(name, name) for name in names}
        trails = [trail for trail in trails if trail.arn in wanted]
    return {"trailList": [_described(trail) for trail in trails]}


def _described(trail: Trail) -> dict[str, Any]:
    """https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_Trail.html"""
    described = trail.description(include_region=True)
    described["HasInsightSelectors"] = bool(trail.insight_selectors)
    described["HasCustomEventSelectors"] = bool(trail.event_selectors or trail.advanced_event_selectors)
    return {name: value for name, value in described.items() if value not in (None, "")}


@operation("cloudtrail", "StartLogging")
def start_logging(call: Call) -> None:
    """https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StartLogging.html"""
    _at_home(call, call.params["Name"]).start_logging()


@operation("cloudtrail", "StopLogging")
def stop_logging(call: Call) -> None:
    """https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StopLogging.html"""
    _at_home(call, call.params["Name"]).stop_logging()


@operation("cloudtrail", "PutEventSelectors")
def put_event_selectors(call: Call) -> dict[str, Any]:
    """Selectors of one kind replace those of the other.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html
    """
    trail = _at_home(call, call.params["TrailName"])
    basic, advanced = call.params.get("EventSelectors") or [], call.params.get("AdvancedEventSelectors") or []
    if bool(basic) == bool(advanced):
        raise _bad_selectors("Specify either EventSelectors or AdvancedEventSelectors.")
    _check_selectors(advanced)
    trail.event_selectors, trail.advanced_event_selectors = basic, advanced
    return {"TrailARN": trail.arn, **({"EventSelectors": basic} if basic else {"AdvancedEventSelectors": advanced})}


def _bad_selectors(message: str) -> AwsError:
    return AwsError("InvalidEventSelectorsException", message, 400)


def _check_selectors(selectors: list[dict[str, Any]]) -> None:
    """Each selector names its category, one of data its type of resource, and no field twice; 500 values in all.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html
    """
    values = 0
    for selector in selectors:
        fields = {field["Field"]: field for field in selector["FieldSelectors"]}
        if len(fields) != len(selector["FieldSelectors"]):
            raise _bad_selectors("A field may be in a selector only once.")
        categories = fields.get("eventCategory", {}).get("Equals", [])
        if len(categories) != 1 or categories[0] not in ("Management", "Data", "NetworkActivity"):
            raise _bad_selectors("eventCategory must equal Management, Data or NetworkActivity.")
        if categories == ["Data"] and len(fields.get("resources.type", {}).get("Equals", [])) != 1:
            raise _bad_selectors("Data events need exactly one resources.type.")
        if categories == ["Management"] and "resources.ARN" in fields:
            raise _bad_selectors("resources.ARN is not valid for Management.")
        values += sum(len(wanted) for field in fields.values() for name, wanted in field.items() if name != "Field")
    if values > _MOST_SELECTORS:
        raise _bad_selectors(f"At most {_MOST_SELECTORS} values are allowed in the selectors of a trail.")


@operation("cloudtrail", "GetEventSelectors")
def get_event_selectors(call: Call) -> dict[str, Any]:
    """A trail without selectors records all management events.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetEventSelectors.html
    """
    trail = _find(call, call.params["TrailName"])
    if trail.advanced_event_selectors:
        return {"TrailARN": trail.arn, "AdvancedEventSelectors": trail.advanced_event_selectors}
    return {"TrailARN": trail.arn, "EventSelectors": trail.event_selectors or [_EVERY_MANAGEMENT_EVENT]}


@operation("cloudtrail", "PutInsightSelectors")
def put_insight_selectors(call: Call) -> dict[str, Any]:
    """The new selectors replace the old ones; an empty list switches Insights off.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutInsightSelectors.html
    """
    trail = _at_home(call, call.params["TrailName"])
    selectors = call.params["InsightSelectors"]
    if any(selector.get("InsightType") not in _INSIGHTS for selector in selectors):
        message = f"InsightType must be one of {', '.join(_INSIGHTS)}."
        raise AwsError("InvalidInsightSelectorsException", message, 400)
    trail.insight_selectors = selectors
    return {"TrailARN": trail.arn, "InsightSelectors": selectors}


@operation("cloudtrail", "GetInsightSelectors")
def get_insight_selectors(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetInsightSelectors.html"""
    trail = _find(call, call.params["TrailName"])
    if not trail.insight_selectors:
        message = f"Trail {trail.arn} does not have Insights enabled."
        raise AwsError("InsightNotEnabledException", message, 400)
    return {"TrailARN": trail.arn, "InsightSelectors": trail.insight_selectors}


@operation("cloudtrail", "AddTags", "RemoveTags")
def change_tags(call: Call) -> None:
    """A tag goes by its key, whatever value is given.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_RemoveTags.html
    """
    trail = _tagged(call, call.params["ResourceId"])
    tags = cloudtrail_backends[call.account][trail.region_name].tagging_service
    if call.name == "AddTags":
        tags.tag_resource(trail.arn, call.params["TagsList"])
    else:
        tags.untag_resource_using_names(trail.arn, [tag["Key"] for tag in call.params["TagsList"]])


@operation("cloudtrail", "ListTags")
def list_tags(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_ListTags.html"""
    rows = []
    for arn in call.params["ResourceIdList"]:
        trail = _tagged(call, arn)
        tags = cloudtrail_backends[call.account][trail.region_name].tagging_service
        rows.append({"ResourceId": arn, "TagsList": tags.list_tags_for_resource(trail.arn)["TagsList"]})
    return {"ResourceTagList": rows}


def _tagged(call: Call, arn: str) -> Trail:
    """The trail of an ARN; tags know no names."""
    if not arn.startswith("arn:"):
        raise AwsError("CloudTrailARNInvalidException", f"Invalid ARN: {arn}", 400)
    try:
        return _find(call, arn)
    except AwsError as error:
        raise AwsError("ResourceNotFoundException", f"Resource not found: {arn}", 400) from error
