"""Application Auto Scaling: scalable targets, policies with the alarms that they make, scheduled actions, tags.

moto's own looks for services in its own ECS, which has none.
"""

from __future__ import annotations

import re
import secrets
import uuid
from datetime import datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from moto.cloudwatch.models import cloudwatch_backends

from ..errors import AwsError
from ..registry import operation
from ..route import Call
from ..store import table
from .ecs.world import services

SERVICE = "application-autoscaling"
_SUSPENDED = {
    "DynamicScalingInSuspended": False,
    "DynamicScalingOutSuspended": False,
    "ScheduledScalingSuspended": False,
}
# Namespace, metric and statistic of the metrics that ECS has.
# https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredefinedMetricSpecification.html
_METRICS = {
    "ECSServiceAverageCPUUtilization": ("AWS/ECS", "CPUUtilization", "Average"),
    "ECSServiceAverageMemoryUtilization": ("AWS/ECS", "MemoryUtilization", "Average"),
    "ALBRequestCountPerTarget": ("AWS/ApplicationELB", "RequestCountPerTarget", "Sum"),
}
_LABEL = re.compile(r"(app/[^/]+/[0-9a-f]+)/(targetgroup/[^/]+/[0-9a-f]+)")

Key = tuple[str, str, str]


def _targets(call: Call) -> dict[Key, dict[str, Any]]:
    return table("scalable targets", call.account, call.region)


def _policies(call: Call) -> dict[tuple[Key, str], dict[str, Any]]:
    return table("scaling policies", call.account, call.region)


def _actions(call: Call) -> dict[tuple[Key, str], dict[str, Any]]:
    return table("scheduled actions", call.account, call.region)


def _tags(call: Call) -> dict[str, dict[str, str]]:
    return table("scalable target tags", call.account, call.region)


def _key(call: Call) -> Key:
    params = call.params
    return params["ServiceNamespace"], params["ResourceId"], params["ScalableDimension"]


def _named(key: Key) -> dict[str, str]:
    return {"ServiceNamespace": key[0], "ResourceId": key[1], "ScalableDimension": key[2]}


def _invalid(message: str) -> AwsError:
    return AwsError("ValidationException", message, 400)


def _missing(what: str, key: Key, rest: str = "") -> AwsError:
    told = f"service namespace: {key[0]}, resource ID: {key[1]}, scalable dimension: {key[2]}{rest}"
    return AwsError("ObjectNotFoundException", f"No {what} for {told}", 400)


def _arn(call: Call, kind: str, key: Key, name: str) -> str:
    """https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ScalingPolicy.html"""
    return f"arn:aws:autoscaling:{call.region}:{call.account}:{kind}:{uuid.uuid4()}:resource/{key[0]}/{key[1]}:{name}"


# Targets


@operation(SERVICE, "RegisterScalableTarget")
def register_scalable_target(call: Call) -> dict[str, Any]:
    """What a later registration leaves out stays as it is.

    https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html
    """
    key, params = _key(call), call.params
    known = _targets(call).get(key, {})
    least, most = (params.get(name, known.get(name)) for name in ("MinCapacity", "MaxCapacity"))
    if least is None or most is None:
        raise _invalid("Both MinCapacity and MaxCapacity must be specified for a new scalable target")
    if least < 0 or most < least:
        raise _invalid("Maximum capacity cannot be less than minimum capacity")
    if key[0] == "ecs":
        _check_service(call, key[1])
    target = known or {
        **_named(key),
        "CreationTime": datetime.now(timezone.utc),
        "ScalableTargetARN": f"arn:aws:{SERVICE}:{call.region}:{call.account}:scalable-target/{secrets.token_hex(18)}",
        "RoleARN": params.get("RoleARN") or _role(call, key[0]),
    }
    state = {**_SUSPENDED, **known.get("SuspendedState", {}), **params.get("SuspendedState", {})}
    target |= {"MinCapacity": least, "MaxCapacity": most, "SuspendedState": state}
    _targets(call)[key] = target
    if "Tags" in params:
        if known:
            raise _invalid("Tags cannot be specified when updating a scalable target; use TagResource")
        _tags(call)[target["ScalableTargetARN"]] = dict(params["Tags"])
    return {"ScalableTargetARN": target["ScalableTargetARN"]}


def _check_service(call: Call, resource: str) -> None:
    known = services(call.account, call.region).get(f"arn:aws:ecs:{call.region}:{call.account}:{resource}")
    if known is None or known.shown["status"] != "ACTIVE":
        raise _invalid(f"ECS service doesn't exist: {resource}")


def _role(call: Call, namespace: str) -> str:
    """https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-service-linked-roles.html"""
    name = {"ecs": "ECSService", "dynamodb": "DynamoDBTable", "rds": "RDSCluster", "lambda": "LambdaConcurrency"}.get(
        namespace, namespace
    )
    path = f"role/aws-service-role/{namespace}.application-autoscaling.amazonaws.com"
    return f"arn:aws:iam::{call.account}:{path}/AWSServiceRoleForApplicationAutoScaling_{name}"


@operation(SERVICE, "DescribeScalableTargets")
def describe_scalable_targets(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalableTargets.html"""
    wanted = call.params.get("ResourceIds")
    found = [target for key, target in _targets(call).items() if _asked(call, key, wanted)]
    return {"ScalableTargets": found}


def _asked(call: Call, key: Key, resources: list[str] | None = None) -> bool:
    resource, dimension = call.params.get("ResourceId"), call.params.get("ScalableDimension")
    return (
        key[0] == call.params["ServiceNamespace"]
        and (not resources or key[1] in resources)
        and resource in (None, key[1])
        and dimension in (None, key[2])
    )


@operation(SERVICE, "DeregisterScalableTarget")
def deregister_scalable_target(call: Call) -> dict[str, Any]:
    """Policies and scheduled actions go with their target.

    https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DeregisterScalableTarget.html
    """
    key = _key(call)
    target = _targets(call).pop(key, None)
    if target is None:
        raise _missing("scalable target found", key)
    _tags(call).pop(target["ScalableTargetARN"], None)
    for kept in (_policies(call), _actions(call)):
        for name in [name for name in kept if name[0] == key]:
            _delete_alarms(call, kept.pop(name))
    return {}


# Policies


@operation(SERVICE, "PutScalingPolicy")
def put_scaling_policy(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html"""
    key, params = _key(call), call.params
    if key not in _targets(call):
        raise _missing("scalable target registered", key)
    name = (key, params["PolicyName"])
    known = _policies(call).get(name, {})
    kind = params.get("PolicyType") or known.get("PolicyType") or "StepScaling"
    member = f"{kind}PolicyConfiguration"
    if known and known["PolicyType"] != kind:
        raise _invalid("The policy type of a scaling policy cannot be changed")
    if member not in params:
        raise _invalid(f"{member} must be specified for a policy of type {kind}")
    configuration = params[member]
    if kind == "TargetTrackingScaling":
        configuration = {"DisableScaleIn": False, **configuration}
        _check_tracking(configuration)
    policy: dict[str, Any] = {
        **_named(key),
        "PolicyName": params["PolicyName"],
        "PolicyType": kind,
        "PolicyARN": _arn(call, "scalingPolicy", key, f"policyName/{params['PolicyName']}"),
        "CreationTime": datetime.now(timezone.utc),
        **{one: known[one] for one in ("PolicyARN", "CreationTime") if one in known},
        member: configuration,
        "Alarms": [],
    }
    _delete_alarms(call, known)
    if kind == "TargetTrackingScaling":
        policy["Alarms"] = _make_alarms(call, policy, configuration)
    _policies(call)[name] = policy
    return {"PolicyARN": policy["PolicyARN"], "Alarms": policy["Alarms"]}


def _check_tracking(configuration: dict[str, Any]) -> None:
    predefined = configuration.get("PredefinedMetricSpecification")
    if (predefined is None) == ("CustomizedMetricSpecification" not in configuration):
        raise _invalid(
            "Exactly one of PredefinedMetricSpecification and CustomizedMetricSpecification must be specified"
        )
    if predefined is None:
        return
    label, metric = predefined.get("ResourceLabel"), predefined["PredefinedMetricType"]
    if metric == "ALBRequestCountPerTarget":
        if not label or not _LABEL.fullmatch(label):
            raise _invalid(
                "The resource label must have the form app/<name>/<id>/targetgroup/<name>/<id> for"
                " ALBRequestCountPerTarget"
            )
    elif label:
        raise _invalid(f"ResourceLabel must not be specified for {metric}")


def _make_alarms(call: Call, policy: dict[str, Any], configuration: dict[str, Any]) -> list[dict[str, str]]:
    """An alarm that scales out after 3 minutes above the target, and one that scales in after 15 below it.

    https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html
    """
    metric = _metric(policy["ResourceId"], configuration)
    if metric is None:
        return []
    namespace, name, statistic, dimensions = metric
    target, made = configuration["TargetValue"], []
    wanted = [("AlarmHigh", "GreaterThanThreshold", 3, target)]
    if not configuration["DisableScaleIn"]:
        wanted.append(("AlarmLow", "LessThanThreshold", 15, target * 0.9))
    for kind, comparison, periods, threshold in wanted:
        alarm = cloudwatch_backends[call.account][call.region].put_metric_alarm(
            name=f"TargetTracking-{policy['ResourceId']}-{kind}-{uuid.uuid4()}",
            namespace=namespace,
            metric_name=name,
            metric_data_queries=[],
            comparison_operator=comparison,
            evaluation_periods=periods,
            period=60,
            threshold=threshold,
            statistic=statistic,
            description=f"DO NOT EDIT OR DELETE. For TargetTrackingScaling policy {policy['PolicyARN']}.",
            dimensions=[{"Name": one, "Value": value} for one, value in dimensions.items()],
            alarm_actions=[policy["PolicyARN"]],
        )
        made.append({"AlarmName": alarm.name, "AlarmARN": alarm.alarm_arn})
    return made


def _metric(resource: str, configuration: dict[str, Any]) -> tuple[str, str, str, dict[str, str]] | None:
    """Namespace, name, statistic and dimensions of the metric that a policy follows."""
    predefined = configuration.get("PredefinedMetricSpecification")
    if predefined is None:
        own = configuration["CustomizedMetricSpecification"]
        if "Metrics" in own:
            return None
        dimensions = {one["Name"]: one["Value"] for one in own.get("Dimensions", [])}
        return own["Namespace"], own["MetricName"], own["Statistic"], dimensions
    found = _METRICS.get(predefined["PredefinedMetricType"])
    if found is None:
        return None
    label = _LABEL.fullmatch(predefined.get("ResourceLabel", ""))
    if label:
        return *found, {"LoadBalancer": label[1], "TargetGroup": label[2]}
    _, cluster, service = resource.split("/")
    return *found, {"ClusterName": cluster, "ServiceName": service}


def _delete_alarms(call: Call, policy: dict[str, Any]) -> None:
    names = [alarm["AlarmName"] for alarm in policy.get("Alarms", [])]
    cloudwatch_backends[call.account][call.region].delete_alarms(names)


@operation(SERVICE, "DescribeScalingPolicies")
def describe_scaling_policies(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalingPolicies.html"""
    names = call.params.get("PolicyNames")
    found = [
        policy
        for (key, name), policy in _policies(call).items()
        if _asked(call, key) and (not names or name in names or policy["PolicyARN"] in names)
    ]
    return {"ScalingPolicies": found}


@operation(SERVICE, "DeleteScalingPolicy")
def delete_scaling_policy(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DeleteScalingPolicy.html"""
    key, name = _key(call), call.params["PolicyName"]
    policy = _policies(call).pop((key, name), None)
    if policy is None:
        raise _missing("scaling policy found", key, f", policy name: {name}")
    _delete_alarms(call, policy)
    return {}


# Scheduled actions


@operation(SERVICE, "PutScheduledAction")
def put_scheduled_action(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html"""
    key, params = _key(call), call.params
    if key not in _targets(call):
        raise _missing("scalable target registered", key)
    name = (key, params["ScheduledActionName"])
    known = _actions(call).get(name, {})
    _check_schedule(params.get("Schedule") or known.get("Schedule"), params.get("Timezone"))
    capacity = params.get("ScalableTargetAction", known.get("ScalableTargetAction"))
    if not capacity:
        raise _invalid("ScalableTargetAction must have a minimum or maximum capacity")
    action: dict[str, Any] = {
        **_named(key),
        "ScheduledActionName": params["ScheduledActionName"],
        "ScheduledActionARN": _arn(
            call, "scheduledAction", key, f"scheduledActionName/{params['ScheduledActionName']}"
        ),
        "CreationTime": datetime.now(timezone.utc),
        **known,
        **{one: params[one] for one in ("Schedule", "Timezone", "StartTime", "EndTime") if one in params},
        "ScalableTargetAction": capacity,
    }
    _actions(call)[name] = action
    return {}


def _check_schedule(schedule: str | None, zone: str | None) -> None:
    if not schedule or not re.fullmatch(r"(at|rate|cron)\(.+\)", schedule):
        raise _invalid(f"Invalid schedule expression: {schedule}")
    fields = schedule[5:-1].split() if schedule.startswith("cron(") else []
    if fields and len(fields) != 6:
        raise _invalid(f"Invalid schedule expression: {schedule}")
    try:
        if zone:
            ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise _invalid(f"Invalid timezone: {zone}") from error


@operation(SERVICE, "DescribeScheduledActions")
def describe_scheduled_actions(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScheduledActions.html"""
    names = call.params.get("ScheduledActionNames")
    found = [
        action
        for (key, name), action in _actions(call).items()
        if _asked(call, key) and (not names or name in names or action["ScheduledActionARN"] in names)
    ]
    return {"ScheduledActions": found}


@operation(SERVICE, "DeleteScheduledAction")
def delete_scheduled_action(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DeleteScheduledAction.html"""
    key, name = _key(call), call.params["ScheduledActionName"]
    if _actions(call).pop((key, name), None) is None:
        raise _missing("scheduled action found", key, f", scheduled action name: {name}")
    return {}


@operation(SERVICE, "DescribeScalingActivities")
def describe_scaling_activities(_: Call) -> dict[str, Any]:
    """Nothing scales by itself here.

    https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalingActivities.html
    """
    return {"ScalingActivities": []}


# Tags


def _tagged(call: Call) -> dict[str, str]:
    arn = call.params["ResourceARN"]
    if arn not in [target["ScalableTargetARN"] for target in _targets(call).values()]:
        raise AwsError("ResourceNotFoundException", f"The specified resource doesn't exist: {arn}", 400)
    return _tags(call).setdefault(arn, {})


@operation(SERVICE, "TagResource")
def tag_resource(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TagResource.html"""
    _tagged(call).update(call.params["Tags"])
    return {}


@operation(SERVICE, "UntagResource")
def untag_resource(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/autoscaling/application/APIReference/API_UntagResource.html"""
    known = _tagged(call)
    for name in call.params["TagKeys"]:
        known.pop(name, None)
    return {}


@operation(SERVICE, "ListTagsForResource")
def list_tags_for_resource(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ListTagsForResource.html"""
    return {"Tags": _tagged(call)}
