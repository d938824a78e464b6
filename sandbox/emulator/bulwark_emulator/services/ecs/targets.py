"""Tasks as targets of load balancers: registered while they run, healthy or not, draining when they stop."""

from __future__ import annotations

from typing import Any

from moto.elbv2.models import FakeTargetGroup, elbv2_backends

from ...registry import operation
from ...route import Call
from ...store import table
from .world import Service, Task

# State, reason and description of a target.
# https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html
INITIAL = ("initial", "Elb.InitialHealthChecking", "Initial health checks in progress")
HEALTHY = ("healthy", "", "")
DRAINING = ("draining", "Target.DeregistrationInProgress", "Target deregistration is in progress")


def unhealthy(reason: str) -> tuple[str, str, str]:
    """What a load balancer says of a target that fails its health checks."""
    if reason == "Request timed out":
        return "unhealthy", "Target.Timeout", reason
    if "codes" in reason:
        return "unhealthy", "Target.ResponseCodeMismatch", reason
    return "unhealthy", "Target.FailedHealthChecks", reason


def _health(account: str, region: str) -> dict[tuple[str, str], tuple[str, str, str]]:
    """States by target group and address, of targets that ECS registered."""
    return table("ecs target health", account, region)


def find_group(account: str, region: str, arn: str) -> FakeTargetGroup | None:
    return elbv2_backends[account][region].target_groups.get(arn)


def register(service: Service, task: Task, address: str) -> list[str]:
    """Registers a task in the target groups of its service; gives the groups back."""
    done = []
    for balancer in service.shown.get("loadBalancers", []):
        arn, port = balancer.get("targetGroupArn", ""), balancer["containerPort"]
        group = find_group(service.account, service.region, arn)
        if group is not None:
            group.register([{"Id": address, "Port": port}])
            task.targets.append((arn, port))
            _health(service.account, service.region)[arn, address] = INITIAL
            done.append(arn)
    return done


def say(service: Service, task: Task, address: str, health: tuple[str, str, str]) -> None:
    """Changes the health of a task in all of its target groups."""
    for arn, _ in task.targets:
        _health(service.account, service.region)[arn, address] = health


def deregister(service: Service, task: Task, address: str) -> list[str]:
    """Takes a task out of its target groups; gives the groups back."""
    done = []
    for arn, port in task.targets:
        group = find_group(service.account, service.region, arn)
        _health(service.account, service.region).pop((arn, address), None)
        if group is not None and address in group.targets:
            group.deregister([{"Id": address, "Port": port}])
            done.append(arn)
    task.targets = []
    return done


@operation("elbv2", "DescribeTargetHealth")
def describe_target_health(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetHealth.html"""
    from .scheduler import advance

    advance(call.account, call.region, poll=False)
    result = call.forward_decoded()
    known = _health(call.account, call.region)
    for description in result["TargetHealthDescriptions"]:
        health = known.get((call.params["TargetGroupArn"], description["Target"]["Id"]))
        if health is not None:
            state, reason, text = health
            description["TargetHealth"] = {"State": state}
            if reason:
                description["TargetHealth"] |= {"Reason": reason, "Description": text}
    return result


def is_used(account: str, region: str, arn: str) -> bool:
    """Whether a load balancer forwards to a target group."""
    backend = elbv2_backends[account][region]
    return any(
        arn in backend._get_target_group_arns_from(action.data)
        for balancer in backend.load_balancers.values()
        for listener in balancer.listeners.values()
        for rule in listener.rules.values()
        for action in rule.actions
        if action.type == "forward"
    )
