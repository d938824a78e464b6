"""EventBridge Scheduler: what moto does not check, and what AWS fills in."""

from __future__ import annotations

import re
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from moto.scheduler.models import EventBridgeSchedulerBackend, scheduler_backends

from ..answer import Answer
from ..errors import AwsError
from ..registry import operation
from ..route import Call

# https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html
_RETRIES = {"MaximumEventAgeInSeconds": 86400, "MaximumRetryAttempts": 185}
_RATE = re.compile(r"rate\([1-9]\d* (minute|hour|day)s?\)")
_AT = re.compile(r"at\(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\)")
# Minutes, hours, day of the month, month, day of the week, and year if there is one.
_CRON = re.compile(r"cron\((\S+) (\S+) (\S+) (\S+) (\S+)( \S+)?\)")


def _backend(call: Call) -> EventBridgeSchedulerBackend:
    return scheduler_backends[call.account][call.region]


def _invalid(message: str) -> AwsError:
    return AwsError("ValidationException", message, 400)


def _missing(what: str) -> AwsError:
    return AwsError("ResourceNotFoundException", f"{what} does not exist.", 404)


def _check(call: Call) -> None:
    """One of the two days of a cron expression is a question mark.

    https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
    """
    params = call.params
    expression, zone = params["ScheduleExpression"], params.get("ScheduleExpressionTimezone", "UTC")
    cron = _CRON.fullmatch(expression)
    days = (cron[3], cron[5]) if cron else ("?", "*")
    if not (cron or _RATE.fullmatch(expression) or _AT.fullmatch(expression)) or days.count("?") != 1:
        raise _invalid(f"Invalid Schedule Expression {expression}.")
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise _invalid(f"The time zone {zone} provided is not valid.") from error
    window = params["FlexibleTimeWindow"]
    if (window["Mode"] == "FLEXIBLE") != ("MaximumWindowInMinutes" in window):
        raise _invalid("MaximumWindowInMinutes must be specified for a flexible time window, and only for that.")


def _keep(call: Call) -> None:
    """What moto does not keep of a schedule, and what AWS fills in."""
    schedule = _backend(call).get_schedule(call.params.get("GroupName"), call.params["Name"])
    schedule.action_after_completion = call.params.get("ActionAfterCompletion", "NONE")
    schedule.state = call.params.get("State", "ENABLED")
    schedule.target["RetryPolicy"] = {**_RETRIES, **schedule.target.get("RetryPolicy", {})}


@operation("scheduler", "CreateSchedule")
def create_schedule(call: Call) -> Answer:
    """https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html"""
    group = call.params.get("GroupName", "default")
    if group not in _backend(call).schedule_groups:
        raise _missing(f"Schedule group {group}")
    return _put(call)


@operation("scheduler", "UpdateSchedule")
def update_schedule(call: Call) -> Answer:
    """What an update leaves out has its default again.

    https://docs.aws.amazon.com/scheduler/latest/APIReference/API_UpdateSchedule.html
    """
    return _put(call)


def _put(call: Call) -> Answer:
    _check(call)
    answer = call.forward()
    if answer.ok:
        _keep(call)
    return answer


@operation("scheduler", "CreateScheduleGroup")
def create_schedule_group(call: Call) -> Answer:
    """https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateScheduleGroup.html"""
    name = call.params["Name"]
    if name in _backend(call).schedule_groups:
        raise AwsError("ConflictException", f"Schedule group {name} already exists.", 409)
    return call.forward()


@operation("scheduler", "DeleteScheduleGroup")
def delete_schedule_group(call: Call) -> Any:
    """https://docs.aws.amazon.com/scheduler/latest/APIReference/API_DeleteScheduleGroup.html"""
    name = call.params["Name"]
    if name == "default":
        raise _invalid("The default schedule group cannot be deleted.")
    if name not in _backend(call).schedule_groups:
        raise _missing(f"Schedule group {name}")
    return call.forward()
