"""Services with all their settings, and what changes start a deployment."""

from __future__ import annotations

import copy
from typing import Any

from moto.ec2.models import ec2_backends

from ...registry import operation
from ...route import Call
from . import rollout as rollouts
from . import tags, targets
from .arns import (
    active_service_of,
    arn,
    client,
    cluster_of,
    definition_of,
    failures,
    find_service,
    invalid,
    number,
    page,
    token,
)
from .clusters import FARGATE_PROVIDERS, check_strategy
from .lifecycle import PLATFORM_VERSION, digest
from .outcomes import take
from .world import Rollout, Service, deployments, now, revisions, services, tasks_of

# What UpdateService changes, and whether that starts a deployment.
# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
_DEPLOYS = (
    "taskDefinition",
    "networkConfiguration",
    "platformVersion",
    "loadBalancers",
    "serviceRegistries",
    "serviceConnectConfiguration",
    "volumeConfigurations",
    "vpcLatticeConfigurations",
)
_CHANGES = (
    "desiredCount",
    "capacityProviderStrategy",
    "availabilityZoneRebalancing",
    "placementConstraints",
    "placementStrategy",
    "healthCheckGracePeriodSeconds",
    "enableExecuteCommand",
    "enableECSManagedTags",
    "propagateTags",
)
# What a deployment shows of the service, and a service revision keeps.
_OF_DEPLOYMENT = (
    "taskDefinition",
    "launchType",
    "capacityProviderStrategy",
    "platformVersion",
    "platformFamily",
    "networkConfiguration",
    "serviceConnectConfiguration",
    "volumeConfigurations",
    "vpcLatticeConfigurations",
)
_LINKED_ROLE = "role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"


@operation("ecs", "CreateService")
def create_service(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html"""
    cluster, params = cluster_of(call), call.params
    known = find_service(call, cluster, params["serviceName"])
    if known is not None and known.shown["status"] != "INACTIVE":
        if known.shown["status"] == "DRAINING":
            raise invalid("Unable to Start a service that is still Draining.")
        raise invalid("Creation of service was not idempotent.")
    if params.get("deploymentController", {}).get("type", "ECS") != "ECS":
        raise client("The sandbox plays rolling updates only (deploymentController ECS).")
    if params.get("schedulingStrategy", "REPLICA") != "REPLICA":
        raise invalid("The scheduling strategy DAEMON is not supported for AWS Fargate tasks.")
    if "taskDefinition" not in params:
        raise invalid("TaskDefinition can not be blank.")
    service = Service(call.account, call.region, _new(call, cluster))
    _check(call, service)
    services(call.account, call.region)[service.arn] = service
    tags.put(call, service.arn, params.get("tags", []))
    _deploy(call, service)
    return {"service": shown(call, service, ["TAGS"])}


def _new(call: Call, cluster: dict[str, Any]) -> dict[str, Any]:
    params = call.params
    definition = definition_of(call, params["taskDefinition"])
    balancers = params.get("loadBalancers", [])
    configuration = _configuration(params.get("deploymentConfiguration", {}))
    made: dict[str, Any] = {
        "serviceArn": arn(call, "service", cluster["clusterName"], params["serviceName"]),
        "serviceName": params["serviceName"],
        "clusterArn": cluster["clusterArn"],
        "status": "ACTIVE",
        "taskDefinition": definition["taskDefinitionArn"],
        "desiredCount": params.get("desiredCount", 1),
        "deploymentConfiguration": configuration,
        "deploymentController": {"type": "ECS"},
        "availabilityZoneRebalancing": params.get("availabilityZoneRebalancing")
        or ("ENABLED" if configuration["maximumPercent"] > 100 else "DISABLED"),
        "schedulingStrategy": "REPLICA",
        "loadBalancers": balancers,
        "serviceRegistries": params.get("serviceRegistries", []),
        "placementConstraints": params.get("placementConstraints", []),
        "placementStrategy": params.get("placementStrategy", []),
        "enableECSManagedTags": params.get("enableECSManagedTags", False),
        "enableExecuteCommand": params.get("enableExecuteCommand", False),
        "propagateTags": params.get("propagateTags", "NONE"),
        "healthCheckGracePeriodSeconds": params.get("healthCheckGracePeriodSeconds", 0),
        "createdAt": now(),
        "createdBy": str(call.principal),
        "resourceManagementType": "CUSTOMER",
        **{
            name: params[name]
            for name in (
                "networkConfiguration",
                "serviceConnectConfiguration",
                "volumeConfigurations",
                "vpcLatticeConfigurations",
            )
            if name in params
        },
        **_compute(call, cluster),
    }
    if balancers or definition.get("networkMode") == "awsvpc":
        made["roleArn"] = f"arn:aws:iam::{call.account}:{_LINKED_ROLE}"
    return made


def _compute(call: Call, cluster: dict[str, Any]) -> dict[str, Any]:
    """Launch type or capacity provider strategy: the service's own, the cluster's, or EC2."""
    params = call.params
    launch, strategy = params.get("launchType"), params.get("capacityProviderStrategy")
    if launch and strategy:
        raise invalid(
            "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again."
        )
    if not launch and not strategy:
        strategy = cluster["defaultCapacityProviderStrategy"]
    if strategy:
        check_strategy(strategy, cluster["capacityProviders"])
        filled = [{"weight": 0, "base": 0, **item} for item in strategy]
        return {"capacityProviderStrategy": filled, **_platform(params)}
    launch = launch or "EC2"
    return {"launchType": launch, **(_platform(params) if launch == "FARGATE" else {})}


def _platform(params: dict[str, Any]) -> dict[str, str]:
    return {"platformVersion": params.get("platformVersion") or "LATEST", "platformFamily": "Linux"}


def _configuration(given: dict[str, Any], known: dict[str, Any] | None = None) -> dict[str, Any]:
    """A deployment configuration with AWS's defaults.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
    """
    configuration = {
        "maximumPercent": 200,
        "minimumHealthyPercent": 100,
        "strategy": "ROLLING",
        "bakeTimeInMinutes": 0,
        "deploymentCircuitBreaker": {"enable": False, "rollback": False},
        "alarms": {"alarmNames": [], "enable": False, "rollback": False},
        **(known or {}),
        **given,
    }
    if configuration["strategy"] != "ROLLING":
        raise client("The sandbox plays rolling updates only (deployment strategy ROLLING).")
    if configuration["minimumHealthyPercent"] > configuration["maximumPercent"]:
        raise invalid("minimumHealthyPercent cannot be greater than maximumPercent.")
    if configuration["maximumPercent"] <= 100 and configuration["minimumHealthyPercent"] >= 100:
        raise invalid("Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.")
    return configuration


def _check(call: Call, service: Service) -> None:
    shown_ = service.shown
    definition = definition_of(call, shown_["taskDefinition"])
    fargate = shown_.get("launchType") == "FARGATE" or any(
        item["capacityProvider"] in FARGATE_PROVIDERS for item in shown_.get("capacityProviderStrategy") or []
    )
    if fargate and "FARGATE" not in definition["compatibilities"]:
        raise invalid("Task definition does not support launch_type FARGATE.")
    if (
        shown_["availabilityZoneRebalancing"] == "ENABLED"
        and shown_["deploymentConfiguration"]["maximumPercent"] <= 100
    ):
        raise invalid("AvailabilityZoneRebalancing does not support maximumPercent <= 100.")
    check_network(call, definition, shown_.get("networkConfiguration"))
    for balancer in shown_["loadBalancers"]:
        _check_balancer(call, definition, balancer)
    if shown_["enableExecuteCommand"] and not definition.get("taskRoleArn"):
        raise invalid(
            "The service couldn't be created because a valid taskRoleArn is not being used. Specify a valid task role in"
            " your task definition and try again."
        )


def check_network(call: Call, definition: dict[str, Any], network: dict[str, Any] | None) -> None:
    """A task with a network interface of its own needs subnets and security groups that exist.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
    """
    wanted = (network or {}).get("awsvpcConfiguration")
    if definition.get("networkMode") != "awsvpc":
        if wanted:
            raise invalid("Network Configuration is not valid for the given networkMode of this task definition.")
        return
    if not wanted:
        raise invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified.")
    backend = ec2_backends[call.account][call.region]
    known = {subnet.id for subnet in backend.describe_subnets()}
    for subnet in wanted["subnets"]:
        if subnet not in known:
            raise invalid(
                f"Error retrieving subnet information for [{subnet}]: The subnet ID '{subnet}' does not exist"
                " (ErrorCode: InvalidSubnetID.NotFound)"
            )
    for group in wanted.get("securityGroups", []):
        if backend.get_security_group_from_id(group) is None:
            raise invalid(
                f"Error retrieving security group information for [{group}]: The security group '{group}' does not"
                " exist (ErrorCode: InvalidGroup.NotFound)"
            )


def _check_balancer(call: Call, definition: dict[str, Any], balancer: dict[str, Any]) -> None:
    """https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html"""
    name, port = balancer.get("containerName"), balancer.get("containerPort")
    container = next((one for one in definition["containerDefinitions"] if one["name"] == name), None)
    if container is None:
        raise invalid(f"The container {name} does not exist in the task definition.")
    if port not in [mapping.get("containerPort") for mapping in container["portMappings"]]:
        raise invalid(f"The container {name} did not have a container port {port} defined.")
    group_arn = balancer.get("targetGroupArn", "")
    group = targets.find_group(call.account, call.region, group_arn)
    if group is None:
        raise invalid(f"Unable to find the specified target group. targetGroupArn: {group_arn}")
    if definition.get("networkMode") == "awsvpc" and group.target_type != "ip":
        raise invalid(
            f"The provided target group {group_arn} has target type {group.target_type}, which is incompatible with the"
            " awsvpc network mode specified in the task definition."
        )
    if not targets.is_used(call.account, call.region, group_arn):
        raise invalid(f"The target group with targetGroupArn {group_arn} does not have an associated load balancer.")


def _deploy(call: Call, service: Service) -> None:
    """Begins a deployment of what the service is now."""
    at, mark = now(), number()
    cluster = service.shown["clusterArn"].rpartition("/")[2]
    sources = [rollout.revision["serviceRevisionArn"] for rollout in service.rollouts]
    rollouts.supersede(service, at)
    revision = _revision(call, service, cluster, mark)
    deployment = {
        "serviceDeploymentArn": arn(call, "service-deployment", cluster, service.name, token(21)),
        "serviceArn": service.arn,
        "clusterArn": service.shown["clusterArn"],
        "createdAt": at,
        "updatedAt": at,
        "status": "PENDING",
        "deploymentConfiguration": copy.deepcopy(service.shown["deploymentConfiguration"]),
        "target": revision["serviceRevisionArn"],
        "sources": sources,
    }
    entry = {
        "id": f"ecs-svc/{mark}",
        "status": "PRIMARY",
        "createdAt": at,
        "updatedAt": at,
        "failedTasks": 0,
        "rolloutState": "IN_PROGRESS",
        "rolloutStateReason": f"ECS deployment ecs-svc/{mark} in progress.",
        **{name: copy.deepcopy(service.shown[name]) for name in _OF_DEPLOYMENT if name in service.shown},
    }
    if "platformVersion" in entry:
        entry["platformVersion"] = PLATFORM_VERSION
    made = Rollout(entry, revision, deployment, take(call.account, cluster, service.name))
    rollouts.begin(service, made)
    service.rollouts.insert(0, made)
    deployments(call.account, call.region)[deployment["serviceDeploymentArn"]] = deployment
    revisions(call.account, call.region)[revision["serviceRevisionArn"]] = revision


def _revision(call: Call, service: Service, cluster: str, mark: str) -> dict[str, Any]:
    """What a deployment brings, as it was when it began.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceRevision.html
    """
    kept = ("loadBalancers", "serviceRegistries", "vpcLatticeConfigurations", *_OF_DEPLOYMENT)
    definition = definition_of(call, service.shown["taskDefinition"])
    return {
        "serviceRevisionArn": arn(call, "service-revision", cluster, service.name, mark),
        "serviceArn": service.arn,
        "clusterArn": service.shown["clusterArn"],
        **{name: copy.deepcopy(service.shown[name]) for name in kept if name in service.shown},
        "containerImages": [
            {"containerName": one["name"], "image": one["image"], "imageDigest": digest(one["image"])}
            for one in definition["containerDefinitions"]
        ],
        "guardDutyEnabled": False,
        "createdAt": now(),
    }


@operation("ecs", "UpdateService")
def update_service(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html"""
    service, params = active_service_of(call), call.params
    wanted = {name: params[name] for name in (*_DEPLOYS, *_CHANGES) if params.get(name) is not None}
    if "taskDefinition" in wanted:
        wanted["taskDefinition"] = definition_of(call, wanted["taskDefinition"])["taskDefinitionArn"]
    if "capacityProviderStrategy" in wanted:
        cluster = cluster_of(call)
        check_strategy(wanted["capacityProviderStrategy"], cluster["capacityProviders"])
        wanted["capacityProviderStrategy"] = [
            {"weight": 0, "base": 0, **item} for item in wanted["capacityProviderStrategy"]
        ]
    changed = Service(call.account, call.region, {**service.shown, **wanted})
    if wanted.get("capacityProviderStrategy"):
        changed.shown.pop("launchType", None)
    if "deploymentConfiguration" in params:
        known = service.shown["deploymentConfiguration"]
        changed.shown["deploymentConfiguration"] = _configuration(params["deploymentConfiguration"], known)
    deploys = bool(params.get("forceNewDeployment")) or any(
        changed.shown.get(name) != service.shown.get(name) for name in _DEPLOYS
    )
    if deploys or "deploymentConfiguration" in params or set(wanted) - {"desiredCount"}:
        _check(call, changed)
    service.shown = changed.shown
    if deploys:
        _deploy(call, service)
    return {"service": shown(call, service, ["TAGS"])}


@operation("ecs", "DeleteService")
def delete_service(call: Call) -> dict[str, Any]:
    """The service drains, and is gone when its last task has stopped.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteService.html
    """
    service = active_service_of(call)
    if not call.params.get("force"):
        if service.shown["desiredCount"]:
            raise invalid("The service cannot be stopped while it is scaled above 0.")
        if len(service.rollouts) > 1:
            raise invalid("The service cannot be stopped while deployments are active.")
    at = now()
    rollouts.supersede(service, at)
    service.shown |= {"status": "DRAINING", "desiredCount": 0}
    return {"service": shown(call, service, ["TAGS"])}


@operation("ecs", "DescribeServices")
def describe_services(call: Call) -> dict[str, Any]:
    """A service that was deleted is still told, as inactive.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html
    """
    cluster, names = cluster_of(call), call.params["services"]
    if len(names) > 10:
        raise invalid("Service identifiers can not be more than 10.")
    found = {name: find_service(call, cluster, name) for name in names}
    missing = [
        name if name.startswith("arn:") else arn(call, "service", cluster["clusterName"], name)
        for name, service in found.items()
        if service is None
    ]
    include = call.params.get("include", [])
    return {
        "services": [shown(call, service, include) for service in found.values() if service is not None],
        "failures": failures(missing),
    }


@operation("ecs", "ListServices")
def list_services(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServices.html"""
    cluster, launch = cluster_of(call), call.params.get("launchType")
    found = [
        service.arn
        for service in services(call.account, call.region).values()
        if service.shown["clusterArn"] == cluster["clusterArn"]
        and service.shown["status"] == "ACTIVE"
        and launch in (None, service.shown.get("launchType"))
    ]
    shown_, rest = page(call, found, 10)
    return {"serviceArns": shown_, **rest}


def counts(service: Service, rollout: Rollout | None = None) -> dict[str, int]:
    """How many tasks of a service, or of one of its deployments, run or are about to."""
    found = [task for task in tasks_of(service, rollout) if task.going]
    running = sum(1 for task in found if task.status == "RUNNING")
    return {"runningCount": running, "pendingCount": len(found) - running}


def shown(call: Call, service: Service, include: list[str]) -> dict[str, Any]:
    """A service as AWS shows it."""
    desired = service.shown["desiredCount"]
    primary = service.rollouts[:1]
    return {
        **service.shown,
        **counts(service),
        "tags": tags.shown(call, service.arn) if "TAGS" in include else [],
        "events": list(service.events),
        "deployments": [
            {
                **rollout.shown,
                **counts(service, rollout),
                "desiredCount": desired if rollout is service.primary else 0,
            }
            for rollout in service.rollouts
        ],
        **({"currentServiceDeployment": one.deployment["serviceDeploymentArn"] for one in primary}),
        "currentServiceRevisions": [_summary(service, rollout) for rollout in service.rollouts],
    }


def _summary(service: Service, rollout: Rollout) -> dict[str, Any]:
    found = counts(service, rollout)
    return {
        "arn": rollout.revision["serviceRevisionArn"],
        "requestedTaskCount": service.shown["desiredCount"] if rollout is service.primary else 0,
        "runningTaskCount": found["runningCount"],
        "pendingTaskCount": found["pendingCount"],
    }


def summary(call: Call, revision_arn: str) -> dict[str, Any]:
    """The tasks of a service revision now; none, once it has been replaced."""
    for service in services(call.account, call.region).values():
        for rollout in service.rollouts:
            if rollout.revision["serviceRevisionArn"] == revision_arn:
                return _summary(service, rollout)
    return {"arn": revision_arn, "requestedTaskCount": 0, "runningTaskCount": 0, "pendingTaskCount": 0}
