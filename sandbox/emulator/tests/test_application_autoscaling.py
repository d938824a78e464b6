"""What scales services: targets, policies with their alarms, scheduled actions."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import refused
from fargate import CLUSTER, SERVICE, Fargate

WEB = {
    "ServiceNamespace": "ecs",
    "ResourceId": f"service/{CLUSTER}/{SERVICE}",
    "ScalableDimension": "ecs:service:DesiredCount",
}
LABEL = "app/acme/0123456789abcdef/targetgroup/acme/fedcba9876543210"


@pytest.fixture
def scaling(client: Any, admin: Any) -> Any:
    """A client, in a world with a service."""
    fargate = Fargate(client, admin)
    fargate.cluster()
    fargate.service(fargate.definition())
    return client("application-autoscaling")


def target(scaling: Any) -> dict[str, Any]:
    return dict(
        scaling.describe_scalable_targets(ServiceNamespace="ecs", ResourceIds=[WEB["ResourceId"]])["ScalableTargets"][0]
    )


def track(scaling: Any, name: str = "cpu", **configuration: Any) -> Any:
    settings = {
        "TargetValue": 60.0,
        "PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"},
        **configuration,
    }
    return scaling.put_scaling_policy(
        **WEB, PolicyName=name, PolicyType="TargetTrackingScaling", TargetTrackingScalingPolicyConfiguration=settings
    )


def test_a_scalable_target_keeps_what_it_is_given(scaling: Any) -> None:
    arn = scaling.register_scalable_target(**WEB, MinCapacity=2, MaxCapacity=6, Tags={"Owner": "platform"})[
        "ScalableTargetARN"
    ]
    assert scaling.list_tags_for_resource(ResourceARN=arn)["Tags"] == {"Owner": "platform"}
    scaling.register_scalable_target(**WEB, MaxCapacity=8, SuspendedState={"ScheduledScalingSuspended": True})
    told = target(scaling)
    assert (told["ScalableTargetARN"], told["MinCapacity"], told["MaxCapacity"]) == (arn, 2, 8)
    assert told["SuspendedState"] == {
        "DynamicScalingInSuspended": False,
        "DynamicScalingOutSuspended": False,
        "ScheduledScalingSuspended": True,
    }
    scaling.tag_resource(ResourceARN=arn, Tags={"a": "b"})
    scaling.untag_resource(ResourceARN=arn, TagKeys=["Owner"])
    assert scaling.list_tags_for_resource(ResourceARN=arn)["Tags"] == {"a": "b"}
    for more in ({"MinCapacity": 9}, {"MinCapacity": 3, "MaxCapacity": 2}):
        with refused("ValidationException"):
            scaling.register_scalable_target(**WEB, **more)
    with refused("ValidationException"):
        scaling.register_scalable_target(**{**WEB, "ResourceId": "service/acme/other"}, MinCapacity=1, MaxCapacity=2)


def test_a_policy_makes_and_takes_its_alarms(scaling: Any, client: Any) -> None:
    scaling.register_scalable_target(**WEB, MinCapacity=2, MaxCapacity=6)
    made = track(scaling, ScaleInCooldown=300)
    names = [alarm["AlarmName"] for alarm in made["Alarms"]]
    alarms = client("cloudwatch").describe_alarms(AlarmNames=names)["MetricAlarms"]
    assert {(one["ComparisonOperator"], one["Threshold"], one["EvaluationPeriods"]) for one in alarms} == {
        ("GreaterThanThreshold", 60.0, 3),
        ("LessThanThreshold", 54.0, 15),
    }
    assert {d["Name"]: d["Value"] for d in alarms[0]["Dimensions"]} == {"ClusterName": CLUSTER, "ServiceName": SERVICE}
    policy = scaling.describe_scaling_policies(ServiceNamespace="ecs", PolicyNames=["cpu"])["ScalingPolicies"][0]
    assert policy["PolicyARN"] == made["PolicyARN"] and policy["Alarms"] == made["Alarms"]
    assert policy["TargetTrackingScalingPolicyConfiguration"]["ScaleInCooldown"] == 300
    again = track(scaling, DisableScaleIn=True)
    assert again["PolicyARN"] == made["PolicyARN"] and len(again["Alarms"]) == 1
    scaling.delete_scaling_policy(**WEB, PolicyName="cpu")
    assert client("cloudwatch").describe_alarms()["MetricAlarms"] == []
    with refused("ObjectNotFoundException"):
        scaling.delete_scaling_policy(**WEB, PolicyName="cpu")


def test_requests_per_target_need_a_label(scaling: Any, client: Any) -> None:
    scaling.register_scalable_target(**WEB, MinCapacity=2, MaxCapacity=6)
    metric = {"PredefinedMetricType": "ALBRequestCountPerTarget"}
    with refused("ValidationException"):
        track(scaling, PredefinedMetricSpecification=metric)
    made = track(scaling, PredefinedMetricSpecification={**metric, "ResourceLabel": LABEL})
    alarm = client("cloudwatch").describe_alarms(AlarmNames=[made["Alarms"][0]["AlarmName"]])["MetricAlarms"][0]
    assert (alarm["Namespace"], alarm["MetricName"]) == ("AWS/ApplicationELB", "RequestCountPerTarget")
    assert {d["Name"]: d["Value"] for d in alarm["Dimensions"]} == {
        "LoadBalancer": "app/acme/0123456789abcdef",
        "TargetGroup": "targetgroup/acme/fedcba9876543210",
    }


def test_scheduled_actions(scaling: Any) -> None:
    action = {"ScheduledActionName": "evening", "Schedule": "cron(0 20 ? * MON-FRI *)", "Timezone": "Europe/Berlin"}
    capacity = {"MinCapacity": 0, "MaxCapacity": 0}
    with refused("ObjectNotFoundException"):
        scaling.put_scheduled_action(**WEB, **action, ScalableTargetAction=capacity)
    scaling.register_scalable_target(**WEB, MinCapacity=2, MaxCapacity=6)
    scaling.put_scheduled_action(**WEB, **action, ScalableTargetAction=capacity)
    told = scaling.describe_scheduled_actions(ServiceNamespace="ecs", ScheduledActionNames=["evening"])[
        "ScheduledActions"
    ][0]
    assert {name: told[name] for name in action} == action and told["ScalableTargetAction"] == capacity
    for wrong in ({"Schedule": "cron(0 20 * * *)"}, {"Timezone": "Europe/Bielefeld"}):
        with refused("ValidationException"):
            scaling.put_scheduled_action(**WEB, **{**action, **wrong}, ScalableTargetAction=capacity)
    scaling.delete_scheduled_action(**WEB, ScheduledActionName="evening")
    assert scaling.describe_scheduled_actions(ServiceNamespace="ecs")["ScheduledActions"] == []


def test_all_goes_with_the_target(scaling: Any, client: Any) -> None:
    scaling.register_scalable_target(**WEB, MinCapacity=2, MaxCapacity=6)
    track(scaling)
    scaling.deregister_scalable_target(**WEB)
    assert scaling.describe_scaling_policies(ServiceNamespace="ecs")["ScalingPolicies"] == []
    assert client("cloudwatch").describe_alarms()["MetricAlarms"] == []
    with refused("ObjectNotFoundException"):
        scaling.deregister_scalable_target(**WEB)
