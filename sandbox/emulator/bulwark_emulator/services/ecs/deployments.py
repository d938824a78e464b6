"""Service deployments and service revisions: what became of each deployment, and why.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from ...errors import AwsError
from ...registry import operation
from ...route import Call
from . import rollout as rollouts
from .arns import failures, invalid, page, service_of
from .services import summary
from .world import Rollout, deployments, now, revisions, services

_LIMIT = 20


@operation("ecs", "ListServiceDeployments")
def list_service_deployments(call: Call) -> dict[str, Any]:
    """The newest comes first.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServiceDeployments.html
    """
    service = service_of(call)
    created = {name: _aware(time) for name, time in call.params.get("createdAt", {}).items()}
    states = call.params.get("status")
    found = [
        deployment
        for deployment in reversed(deployments(call.account, call.region).values())
        if deployment["serviceArn"] == service.arn
        and (not states or deployment["status"] in states)
        and ("after" not in created or deployment["createdAt"] >= created["after"])
        and ("before" not in created or deployment["createdAt"] <= created["before"])
    ]
    kept = (
        "serviceDeploymentArn",
        "serviceArn",
        "clusterArn",
        "startedAt",
        "createdAt",
        "finishedAt",
        "status",
        "statusReason",
    )
    shown, rest = page(call, found)
    return {
        "serviceDeployments": [
            {**{name: one[name] for name in kept if name in one}, "targetServiceRevisionArn": one["target"]}
            for one in shown
        ],
        **rest,
    }


def _aware(time: datetime) -> datetime:
    """The time of a request, which is read without its zone."""
    return time if time.tzinfo else time.replace(tzinfo=timezone.utc)


@operation("ecs", "DescribeServiceDeployments")
def describe_service_deployments(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServiceDeployments.html"""
    wanted, known = call.params["serviceDeploymentArns"], deployments(call.account, call.region)
    if len(wanted) > _LIMIT:
        raise invalid(f"A maximum of {_LIMIT} service deployments can be described.")
    return {
        "serviceDeployments": [_shown(call, known[arn]) for arn in wanted if arn in known],
        "failures": failures([arn for arn in wanted if arn not in known]),
    }


def _shown(call: Call, deployment: dict[str, Any]) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeployment.html"""
    shown = {
        name: value
        for name, value in deployment.items()
        if name not in ("target", "sources", "monitors", "triggered", "failures")
    }
    rollout = _rollout(call, deployment)
    service = services(call.account, call.region)[deployment["serviceArn"]]
    breaker = deployment["deploymentConfiguration"]["deploymentCircuitBreaker"]
    alarms = deployment["deploymentConfiguration"]["alarms"]
    watched = rollout.monitors_alarms if rollout is not None else alarms["enable"]
    return {
        **shown,
        "targetServiceRevision": summary(call, deployment["target"]),
        "sourceServiceRevisions": [summary(call, arn) for arn in deployment["sources"]],
        "deploymentCircuitBreaker": {
            "status": _monitor(deployment, "breaker", breaker["enable"]),
            "failureCount": deployment.get("failures", 0),
            "threshold": rollouts.threshold(service.shown["desiredCount"]),
        },
        "alarms": {
            "status": _monitor(deployment, "alarms", alarms["enable"] and watched),
            "alarmNames": alarms["alarmNames"],
            "triggeredAlarmNames": deployment.get("triggered", []),
        },
    }


def _rollout(call: Call, deployment: dict[str, Any]) -> Rollout | None:
    service = services(call.account, call.region)[deployment["serviceArn"]]
    return next((one for one in service.rollouts if one.revision["serviceRevisionArn"] == deployment["target"]), None)


def _monitor(deployment: dict[str, Any], monitor: str, enabled: bool) -> str:
    if deployment.get("monitors") == monitor:
        return "TRIGGERED"
    if not enabled:
        return "DISABLED"
    return "MONITORING" if deployment["status"] in rollouts.ONGOING else "MONITORING_COMPLETE"


@operation("ecs", "DescribeServiceRevisions")
def describe_service_revisions(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServiceRevisions.html"""
    wanted, known = call.params["serviceRevisionArns"], revisions(call.account, call.region)
    if len(wanted) > _LIMIT:
        raise invalid(f"A maximum of {_LIMIT} service revisions can be described.")
    return {
        "serviceRevisions": [known[arn] for arn in wanted if arn in known],
        "failures": failures([arn for arn in wanted if arn not in known]),
    }


@operation("ecs", "StopServiceDeployment")
def stop_service_deployment(call: Call) -> dict[str, Any]:
    """Rolls back, whether the service has it switched on or not.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopServiceDeployment.html
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stop-service-deployment.html
    """
    arn = call.params["serviceDeploymentArn"]
    deployment = deployments(call.account, call.region).get(arn)
    if deployment is None:
        raise AwsError("ServiceDeploymentNotFoundException", "Service deployment not found.", 400)
    if call.params.get("stopType", "ROLLBACK") != "ROLLBACK":
        raise invalid("The stop type ABORT is not supported.")
    if deployment["status"] not in rollouts.ONGOING:
        raise AwsError("ConflictException", "The service deployment cannot be stopped in its current state.", 400)
    if deployment["status"] in ("PENDING", "IN_PROGRESS"):
        deployment |= {"status": "ROLLBACK_REQUESTED", "updatedAt": now()}
    return {"serviceDeploymentArn": arn}
