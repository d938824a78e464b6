"""Schedules that run tasks."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import ACCOUNT, REGION, refused

TARGET: dict[str, Any] = {
    "Arn": f"arn:aws:ecs:{REGION}:{ACCOUNT}:cluster/acme",
    "RoleArn": f"arn:aws:iam::{ACCOUNT}:role/scheduler",
    "Input": '{"containerOverrides":[{"name":"app","command":["clean"]}]}',
    "DeadLetterConfig": {"Arn": f"arn:aws:sqs:{REGION}:{ACCOUNT}:dead"},
    "RetryPolicy": {"MaximumEventAgeInSeconds": 3600, "MaximumRetryAttempts": 3},
    "EcsParameters": {
        "TaskDefinitionArn": f"arn:aws:ecs:{REGION}:{ACCOUNT}:task-definition/clean:1",
        "TaskCount": 1,
        "LaunchType": "FARGATE",
        "PlatformVersion": "LATEST",
        "PropagateTags": "TASK_DEFINITION",
        "EnableECSManagedTags": True,
        "EnableExecuteCommand": False,
        "NetworkConfiguration": {"awsvpcConfiguration": {"Subnets": ["subnet-1"], "AssignPublicIp": "DISABLED"}},
    },
}
SCHEDULE: dict[str, Any] = {
    "Name": "clean",
    "ScheduleExpression": "cron(0 3 * * ? *)",
    "ScheduleExpressionTimezone": "Europe/Berlin",
    "FlexibleTimeWindow": {"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 15},
    "Description": "Cleans up",
    "State": "ENABLED",
    "KmsKeyArn": f"arn:aws:kms:{REGION}:{ACCOUNT}:key/11111111-2222-3333-4444-555555555555",
    "ActionAfterCompletion": "NONE",
    "Target": TARGET,
}


@pytest.fixture
def scheduler(client: Any) -> Any:
    return client("scheduler")


def test_a_schedule_keeps_what_it_is_given(scheduler: Any) -> None:
    scheduler.create_schedule_group(Name="acme", Tags=[{"Key": "Owner", "Value": "platform"}])
    arn = scheduler.create_schedule(**SCHEDULE, GroupName="acme")["ScheduleArn"]
    assert arn == f"arn:aws:scheduler:{REGION}:{ACCOUNT}:schedule/acme/clean"
    told = scheduler.get_schedule(Name="clean", GroupName="acme")
    assert {name: told[name] for name in SCHEDULE} == SCHEDULE
    scheduler.update_schedule(**{**SCHEDULE, "State": "DISABLED"}, GroupName="acme")
    assert scheduler.get_schedule(Name="clean", GroupName="acme")["State"] == "DISABLED"
    listed = scheduler.list_schedules(GroupName="acme")["Schedules"]
    assert [(one["Name"], one["State"], one["Target"]) for one in listed] == [
        ("clean", "DISABLED", {"Arn": TARGET["Arn"]})
    ]


def test_what_a_schedule_has_without_being_told(scheduler: Any) -> None:
    target = {"Arn": TARGET["Arn"], "RoleArn": TARGET["RoleArn"]}
    scheduler.create_schedule(
        Name="clean", ScheduleExpression="rate(1 day)", FlexibleTimeWindow={"Mode": "OFF"}, Target=target
    )
    told = scheduler.get_schedule(Name="clean")
    assert (told["GroupName"], told["State"], told["ScheduleExpressionTimezone"]) == ("default", "ENABLED", "UTC")
    assert told["Target"]["RetryPolicy"] == {"MaximumEventAgeInSeconds": 86400, "MaximumRetryAttempts": 185}
    assert told["ActionAfterCompletion"] == "NONE"


def test_groups(scheduler: Any) -> None:
    arn = scheduler.create_schedule_group(Name="acme", Tags=[{"Key": "Owner", "Value": "platform"}])["ScheduleGroupArn"]
    assert scheduler.list_tags_for_resource(ResourceArn=arn)["Tags"] == [{"Key": "Owner", "Value": "platform"}]
    scheduler.tag_resource(ResourceArn=arn, Tags=[{"Key": "a", "Value": "b"}])
    scheduler.untag_resource(ResourceArn=arn, TagKeys=["Owner"])
    assert scheduler.list_tags_for_resource(ResourceArn=arn)["Tags"] == [{"Key": "a", "Value": "b"}]
    assert scheduler.get_schedule_group(Name="acme")["State"] == "ACTIVE"
    with refused("ConflictException"):
        scheduler.create_schedule_group(Name="acme")
    scheduler.create_schedule(**SCHEDULE, GroupName="acme")
    scheduler.delete_schedule_group(Name="acme")
    for gone in (
        lambda: scheduler.get_schedule_group(Name="acme"),
        lambda: scheduler.get_schedule(Name="clean", GroupName="acme"),
    ):
        with refused("ResourceNotFoundException"):
            gone()


@pytest.mark.parametrize(
    "wrong",
    [
        {"ScheduleExpression": "cron(0 3 * * *)"},
        {"ScheduleExpression": "cron(0 3 ? * ? *)"},
        {"ScheduleExpression": "every day"},
        {"ScheduleExpression": "rate(0 days)"},
        {"ScheduleExpressionTimezone": "Europe/Bielefeld"},
        {"FlexibleTimeWindow": {"Mode": "FLEXIBLE"}},
    ],
)
def test_schedules_that_cannot_be(scheduler: Any, wrong: dict[str, Any]) -> None:
    with refused("ValidationException"):
        scheduler.create_schedule(**{**SCHEDULE, **wrong})


@pytest.mark.parametrize("expression", ["cron(0 3 * * ?)", "rate(1 day)", "rate(1 days)", "at(2027-01-31T03:00:00)"])
def test_schedules_of_every_kind(scheduler: Any, expression: str) -> None:
    scheduler.create_schedule(**{**SCHEDULE, "ScheduleExpression": expression})
    assert scheduler.get_schedule(Name="clean")["ScheduleExpression"] == expression


def test_what_is_not_there(scheduler: Any) -> None:
    with refused("ResourceNotFoundException"):
        scheduler.create_schedule(**SCHEDULE, GroupName="nowhere")
    with refused("ResourceNotFoundException"):
        scheduler.delete_schedule(Name="clean")
    scheduler.create_schedule(**SCHEDULE)
    with refused("ConflictException"):
        scheduler.create_schedule(**SCHEDULE)
