"""Deployments that ECS plays: what becomes of the service, and what is told of it."""

from __future__ import annotations

import json
import time
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from conftest import refused
from fargate import CLUSTER, SERVICE, Fargate, trust


@pytest.fixture
def fargate(client: Any, admin: Any) -> Fargate:
    """A cluster, in a world where every call to ECS is a step."""
    admin.post("ecs/pace", {"seconds": 0})
    made = Fargate(client, admin)
    made.cluster()
    return made


def test_a_deployment_succeeds_by_itself(fargate: Fargate) -> None:
    group = fargate.target_group()
    made = fargate.service(fargate.definition(), **fargate.balanced(group))
    assert made["deployments"][0]["rolloutState"] == "IN_PROGRESS"
    done = fargate.settle("SUCCESSFUL")
    seen = fargate.see()
    assert [seen["runningCount"], seen["pendingCount"], len(seen["deployments"])] == [2, 0, 1]
    only = seen["deployments"][0]
    assert only["id"] == made["deployments"][0]["id"]
    assert (only["rolloutState"], only["rolloutStateReason"]) == (
        "COMPLETED",
        f"ECS deployment {only['id']} completed.",
    )
    assert done["targetServiceRevision"]["runningTaskCount"] == 2
    # The provider finds the service deployment by the number of the deployment.
    assert done["targetServiceRevision"]["arn"].endswith(only["id"].partition("/")[2])
    assert done["deploymentCircuitBreaker"] == {"status": "MONITORING_COMPLETE", "failureCount": 0, "threshold": 3}
    events = fargate.events()
    assert events[-2:] == [
        f"(service web) (deployment {only['id']}) deployment completed.",
        "(service web) has reached a steady state.",
    ]
    health = fargate.client("elbv2").describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"]
    addresses = [
        interface["privateIpv4Address"]
        for task in fargate.tasks()
        for interface in task["containers"][0]["networkInterfaces"]
    ]
    assert sorted(one["Target"]["Id"] for one in health) == sorted(addresses)
    assert {one["TargetHealth"]["State"] for one in health} == {"healthy"}


def test_deployments_are_listed_by_time_and_status(fargate: Fargate) -> None:
    start = datetime.now(timezone.utc)
    fargate.service(fargate.definition())
    fargate.settle()
    later = datetime.now(timezone.utc) + timedelta(seconds=5)
    for wanted, count in [
        ({"createdAt": {"after": start}}, 1),
        ({"createdAt": {"after": later}}, 0),
        ({"createdAt": {"after": start, "before": later}, "status": ["SUCCESSFUL"]}, 1),
        ({"status": ["IN_PROGRESS"]}, 0),
    ]:
        found = fargate.ecs.list_service_deployments(cluster=CLUSTER, service=SERVICE, **wanted)["serviceDeployments"]
        assert len(found) == count, wanted


def test_a_second_deployment_replaces_the_first(fargate: Fargate) -> None:
    group = fargate.target_group()
    first = fargate.service(fargate.definition(), **fargate.balanced(group))
    fargate.settle()
    old = {task["taskArn"] for task in fargate.tasks()}
    second = fargate.definition()
    updated = fargate.ecs.update_service(cluster=CLUSTER, service=SERVICE, taskDefinition=second)["service"]
    assert [one["status"] for one in updated["deployments"]] == ["PRIMARY", "ACTIVE"]
    done = fargate.settle("SUCCESSFUL")
    assert [one["arn"].rpartition("/")[2] for one in done["sourceServiceRevisions"]] == [
        first["deployments"][0]["id"].partition("/")[2]
    ]
    seen = fargate.see()
    assert (seen["taskDefinition"], len(seen["deployments"]), seen["runningCount"]) == (second, 1, 2)
    stopped = fargate.tasks("STOPPED")
    assert {task["taskArn"] for task in stopped} == old
    assert {task["stoppedReason"] for task in stopped} == {
        f"Scaling activity initiated by (deployment {seen['deployments'][0]['id']})"
    }
    health = fargate.client("elbv2").describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"]
    assert len(health) == 2


def test_a_crash_loop_is_rolled_back(fargate: Fargate) -> None:
    fargate.client("logs").create_log_group(logGroupName="/acme/web")
    options = {"awslogs-group": "/acme/web", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "web"}
    container = fargate.container(logConfiguration={"logDriver": "awslogs", "options": options})
    role = fargate.execution()
    good = fargate.definition(container=container, executionRoleArn=role)
    made = fargate.service(good)
    fargate.settle()
    fargate.outcome("crash-loop", exitCode=3, logs=["starting", "panic: no database"])
    bad = fargate.definition(container=container, executionRoleArn=role)
    broken = fargate.ecs.update_service(cluster=CLUSTER, service=SERVICE, taskDefinition=bad)["service"]
    failed = broken["deployments"][0]["id"]
    done = fargate.settle("ROLLBACK_SUCCESSFUL")
    assert done["statusReason"] == "Service deployment rolled back because the circuit breaker threshold was exceeded."
    assert done["rollback"]["serviceRevisionArn"].endswith(made["deployments"][0]["id"].partition("/")[2])
    assert done["deploymentCircuitBreaker"]["status"] == "TRIGGERED"
    assert done["deploymentCircuitBreaker"]["failureCount"] >= 3
    seen = fargate.see()
    assert (seen["taskDefinition"], seen["runningCount"], len(seen["deployments"])) == (good, 2, 1)
    assert seen["deployments"][0]["id"] == made["deployments"][0]["id"]
    events = fargate.events()
    assert f"(service web) (deployment {failed}) deployment failed: tasks failed to start." in events
    assert f"(service web) rolling back to deployment {made['deployments'][0]['id']}." in events
    crashed = [task for task in fargate.tasks("STOPPED") if task["startedBy"] == failed]
    assert len(crashed) >= 3
    for task in crashed:
        assert (task["stopCode"], task["stoppedReason"]) == (
            "EssentialContainerExited",
            "Essential container in task exited",
        )
        assert task["containers"][0]["exitCode"] == 3
    stream = f"web/app/{crashed[0]['taskArn'].rpartition('/')[2]}"
    lines = fargate.client("logs").get_log_events(logGroupName="/acme/web", logStreamName=stream)["events"]
    assert [line["message"] for line in lines] == ["starting", "panic: no database"]


def test_the_next_deployment_succeeds_again(fargate: Fargate) -> None:
    fargate.service(fargate.definition())
    fargate.settle()
    fargate.outcome("crash-loop")
    fargate.ecs.update_service(cluster=CLUSTER, service=SERVICE, taskDefinition=fargate.definition())
    fargate.settle("ROLLBACK_SUCCESSFUL")
    third = fargate.definition()
    fargate.ecs.update_service(cluster=CLUSTER, service=SERVICE, taskDefinition=third)
    fargate.settle("SUCCESSFUL")
    assert fargate.see()["taskDefinition"] == third


def test_a_first_deployment_has_nothing_to_roll_back_to(fargate: Fargate) -> None:
    fargate.outcome("crash-loop")
    fargate.service(fargate.definition())
    done = fargate.settle("ROLLBACK_FAILED")
    assert done["statusReason"] == "No rollback candidate was found to run the rollback."
    only = fargate.see()["deployments"][0]
    assert (only["rolloutState"], only["rolloutStateReason"]) == (
        "FAILED",
        "ECS deployment circuit breaker: tasks failed to start.",
    )
    assert fargate.see()["runningCount"] == 0


def test_without_rollback_the_deployment_stops(fargate: Fargate) -> None:
    breaker = {"deploymentCircuitBreaker": {"enable": True, "rollback": False}}
    good = fargate.definition()
    fargate.service(good, deploymentConfiguration=breaker)
    fargate.settle()
    fargate.outcome("crash-loop")
    fargate.ecs.update_service(cluster=CLUSTER, service=SERVICE, taskDefinition=fargate.definition())
    done = fargate.settle("STOPPED")
    assert "circuit breaker" in done["statusReason"] and "stoppedAt" in done
    seen = fargate.see()
    assert [one["rolloutState"] for one in seen["deployments"]] == ["FAILED", "COMPLETED"]
    # What ran before goes on.
    assert seen["runningCount"] == 2


def test_without_circuit_breaker_it_goes_on_for_ever(fargate: Fargate) -> None:
    off = {"deploymentCircuitBreaker": {"enable": False, "rollback": False}}
    fargate.outcome("crash-loop")
    fargate.service(fargate.definition(), deploymentConfiguration=off, desiredCount=4)
    for _ in range(120):
        seen = fargate.see()
    assert seen["deployments"][0]["rolloutState"] == "IN_PROGRESS"
    assert seen["deployments"][0]["failedTasks"] > 10
    assert fargate.deployment()["status"] == "IN_PROGRESS"
    assert fargate.deployment()["deploymentCircuitBreaker"]["status"] == "DISABLED"
    assert "(service web) is unable to consistently start tasks successfully." in fargate.events()


def test_failing_health_checks_of_the_load_balancer(fargate: Fargate) -> None:
    group = fargate.target_group()
    fargate.service(fargate.definition(), **fargate.balanced(group))
    fargate.settle()
    fargate.outcome("failing-health-check", reason="Health checks failed with these codes: [500]")
    fargate.ecs.update_service(cluster=CLUSTER, service=SERVICE, taskDefinition=fargate.definition())
    elb, seen = fargate.client("elbv2"), set()
    for _ in range(60):
        for one in elb.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"]:
            health = one["TargetHealth"]
            seen.add((health["State"], health.get("Reason"), health.get("Description")))
        if fargate.deployment()["status"] == "ROLLBACK_SUCCESSFUL":
            break
    assert (
        "unhealthy",
        "Target.ResponseCodeMismatch",
        "Health checks failed with these codes: [500]",
    ) in seen
    assert ("draining", "Target.DeregistrationInProgress", "Target deregistration is in progress") in seen
    failed = [task for task in fargate.tasks("STOPPED") if "health checks" in task["stoppedReason"]]
    assert len(failed) >= 3
    assert {task["stoppedReason"] for task in failed} == {f"Task failed ELB health checks in (target-group {group})"}
    task = failed[0]["taskArn"].rpartition("/")[2]
    assert (
        f"(service web) (task {task}) (port 8080) is unhealthy in (target-group {group}) due to"
        " (reason Health checks failed with these codes: [500])" in fargate.events()
    )


def test_failing_health_checks_of_the_container(fargate: Fargate) -> None:
    check = {"command": ["CMD", "/app", "healthcheck"]}
    fargate.outcome("failing-health-check")
    fargate.service(fargate.definition(container=fargate.container(healthCheck=check)))
    unhealthy = set()
    for _ in range(60):
        unhealthy |= {task["healthStatus"] for task in fargate.tasks()}
        if fargate.deployment()["status"] == "ROLLBACK_FAILED":
            break
    assert "UNHEALTHY" in unhealthy
    stopped = fargate.tasks("STOPPED")
    assert {task["stoppedReason"] for task in stopped} == {"Task failed container health checks"}


def test_an_image_that_is_not_there(fargate: Fargate) -> None:
    fargate.outcome("missing-image")
    fargate.service(fargate.definition())
    fargate.settle("ROLLBACK_FAILED")
    task = fargate.tasks("STOPPED")[0]
    reason = (
        "CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref"
        " acme/app:1: acme/app:1: not found"
    )
    assert (task["stopCode"], task["stoppedReason"]) == ("TaskFailedToStart", reason)
    assert task["containers"][0]["reason"] == reason
    assert "exitCode" not in task["containers"][0]
    assert f"(service web) was unable to place a task. Reason: {reason}." in fargate.events()


def test_a_secret_that_is_not_there(fargate: Fargate) -> None:
    arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:acme/database-AbCdEf"
    container = fargate.container(secrets=[{"name": "DATABASE_URL", "valueFrom": f"{arn}:url::"}])
    fargate.service(fargate.definition(container=container, executionRoleArn=fargate.role("execution")))
    fargate.settle("ROLLBACK_FAILED")
    reason = fargate.tasks("STOPPED")[0]["stoppedReason"]
    assert reason == (
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed:"
        " unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret"
        f" {arn} from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret."
    )


def test_a_parameter_and_a_log_group_that_are_not_there(fargate: Fargate) -> None:
    role = fargate.execution("ssm:GetParameters", "kms:Decrypt")
    arn = "arn:aws:ssm:eu-west-1:123456789012:parameter/acme/url"
    container = fargate.container(secrets=[{"name": "URL", "valueFrom": arn}])
    fargate.service(fargate.definition(container=container, executionRoleArn=role))
    fargate.settle("ROLLBACK_FAILED")
    assert fargate.tasks("STOPPED")[0]["stoppedReason"].endswith("invalid ssm parameters: /acme/url")
    fargate.client("ssm").put_parameter(Name="/acme/url", Value="x", Type="SecureString")
    options = {"awslogs-group": "/gone", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "web"}
    container["logConfiguration"] = {"logDriver": "awslogs", "options": options}
    bad = fargate.definition(container=container, executionRoleArn=role)
    fargate.ecs.update_service(cluster=CLUSTER, service=SERVICE, taskDefinition=bad)
    fargate.settle("ROLLBACK_FAILED")
    assert "The specified log group does not exist" in fargate.tasks("STOPPED")[0]["stoppedReason"]


def reason_of(fargate: Fargate, **more: Any) -> str:
    """Why the tasks of a first deployment do not start."""
    fargate.service(fargate.definition(**more))
    fargate.settle("ROLLBACK_FAILED")
    task = fargate.tasks("STOPPED")[0]
    assert task["stopCode"] == "TaskFailedToStart"
    return str(task["stoppedReason"])


def test_a_secret_that_the_execution_role_may_not_read(fargate: Fargate) -> None:
    arn = fargate.client("secretsmanager").create_secret(Name="acme/database", SecretString="x")["ARN"]
    container = fargate.container(secrets=[{"name": "DATABASE_URL", "valueFrom": f"{arn}:url::"}])
    reason = reason_of(fargate, container=container, executionRoleArn=fargate.execution())
    assert reason.startswith(
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed:"
        " unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret"
        f" {arn} from secrets manager: AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/execution/"
    )
    assert reason.endswith(
        f"is not authorized to perform: secretsmanager:GetSecretValue on resource: {arn} because no identity-based policy"
        " allows the secretsmanager:GetSecretValue action"
    )


def test_a_secret_that_the_execution_role_may_read(fargate: Fargate) -> None:
    arn = fargate.client("secretsmanager").create_secret(Name="acme/database", SecretString="x")["ARN"]
    container = fargate.container(secrets=[{"name": "DATABASE_URL", "valueFrom": f"{arn}:url::"}])
    role = fargate.execution("secretsmanager:GetSecretValue")
    fargate.service(fargate.definition(container=container, executionRoleArn=role))
    fargate.settle("SUCCESSFUL")


def test_an_execution_role_that_may_not_pull_or_log(fargate: Fargate) -> None:
    fargate.client("logs").create_log_group(logGroupName="/acme/web")
    options = {"awslogs-group": "/acme/web", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "web"}
    logs = {"logDriver": "awslogs", "options": options}
    image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/acme/web:1"
    role = fargate.role("bare")
    container = fargate.container(image=image)
    reason = reason_of(fargate, container=container, executionRoleArn=role)
    assert "unable to retrieve ecr registry auth" in reason and "ecr:GetAuthorizationToken" in reason
    for actions, container, expected in [
        (["ecr:GetAuthorizationToken"], container, ["CannotPullContainerError", image, "ecr:BatchGetImage"]),
        (
            [],
            fargate.container(logConfiguration=logs),
            ["failed to validate logger args", "logs:CreateLogStream", "/acme/web"],
        ),
    ]:
        statement = {"Effect": "Allow", "Action": [*actions, "sts:GetCallerIdentity"], "Resource": "*"}
        document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        fargate.client("iam").put_role_policy(RoleName="bare", PolicyName="more", PolicyDocument=document)
        definition = fargate.definition(container=container, executionRoleArn=role)
        fargate.ecs.update_service(cluster=CLUSTER, service=SERVICE, taskDefinition=definition)
        fargate.settle("ROLLBACK_FAILED")
        reason = fargate.tasks("STOPPED")[0]["stoppedReason"]
        assert all(part in reason for part in expected), reason


def test_stuck_never_ends(fargate: Fargate) -> None:
    fargate.service(fargate.definition())
    fargate.settle()
    fargate.outcome("stuck")
    fargate.ecs.update_service(cluster=CLUSTER, service=SERVICE, taskDefinition=fargate.definition())
    for _ in range(60):
        seen = fargate.see()
    assert [one["rolloutState"] for one in seen["deployments"]] == ["IN_PROGRESS", "COMPLETED"]
    assert (seen["runningCount"], seen["deployments"][0]["runningCount"]) == (2, 0)
    assert any("Capacity is unavailable at this time" in event for event in fargate.events())


def test_a_rollback_that_fails_itself(fargate: Fargate) -> None:
    good = fargate.definition()
    fargate.service(good)
    fargate.settle()
    fargate.outcome("rollback-failed")
    fargate.ecs.update_service(cluster=CLUSTER, service=SERVICE, taskDefinition=fargate.definition())
    done = fargate.settle("ROLLBACK_FAILED")
    assert "rollback" in done
    primary = fargate.see()["deployments"][0]
    assert (primary["taskDefinition"], primary["rolloutState"]) == (good, "FAILED")


def alarm(fargate: Fargate, name: str) -> None:
    fargate.client("cloudwatch").put_metric_alarm(
        AlarmName=name,
        Namespace="AWS/ApplicationELB",
        MetricName="HTTPCode_Target_5XX_Count",
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=1,
        ComparisonOperator="GreaterThanThreshold",
    )


def test_an_alarm_fails_the_deployment(fargate: Fargate) -> None:
    alarm(fargate, "errors")
    watching = {"alarms": {"alarmNames": ["errors"], "enable": True, "rollback": True}}
    good = fargate.definition()
    fargate.service(good, deploymentConfiguration=watching)
    fargate.settle()
    fargate.outcome("alarm-triggered")
    fargate.ecs.update_service(cluster=CLUSTER, service=SERVICE, taskDefinition=fargate.definition())
    done = fargate.settle("ROLLBACK_SUCCESSFUL")
    assert done["alarms"] == {"status": "TRIGGERED", "alarmNames": ["errors"], "triggeredAlarmNames": ["errors"]}
    assert fargate.see()["taskDefinition"] == good
    assert any(event.endswith("deployment failed: alarm detected.") for event in fargate.events())


def test_an_alarm_that_is_on_already_is_not_watched(fargate: Fargate) -> None:
    alarm(fargate, "errors")
    watching = {"alarms": {"alarmNames": ["errors"], "enable": True, "rollback": True}}
    fargate.client("cloudwatch").set_alarm_state(AlarmName="errors", StateValue="ALARM", StateReason="a test")
    fargate.service(fargate.definition(), deploymentConfiguration=watching)
    assert fargate.settle("SUCCESSFUL")["alarms"]["status"] == "DISABLED"


def test_a_deployment_that_is_stopped_rolls_back(fargate: Fargate) -> None:
    good = fargate.definition()
    fargate.service(good, deploymentConfiguration={})
    fargate.settle()
    fargate.outcome("stuck")
    fargate.ecs.update_service(cluster=CLUSTER, service=SERVICE, taskDefinition=fargate.definition())
    arn = fargate.settle("IN_PROGRESS")["serviceDeploymentArn"]
    assert (
        fargate.ecs.stop_service_deployment(serviceDeploymentArn=arn, stopType="ROLLBACK")["serviceDeploymentArn"]
        == arn
    )
    fargate.settle("ROLLBACK_SUCCESSFUL")
    assert fargate.see()["taskDefinition"] == good
    with refused("ConflictException"):
        fargate.ecs.stop_service_deployment(serviceDeploymentArn=arn, stopType="ROLLBACK")


def test_a_deployment_during_a_rollback_cannot_roll_back(fargate: Fargate) -> None:
    """Deployment 3 of the example in AWS's page of the circuit breaker."""
    fargate.service(
        fargate.definition(),
        deploymentConfiguration={
            **{"maximumPercent": 100, "minimumHealthyPercent": 0},
            "deploymentCircuitBreaker": {"enable": True, "rollback": True},
        },
        desiredCount=1,
    )
    fargate.settle()
    fargate.outcome("crash-loop", count=2)
    fargate.ecs.update_service(cluster=CLUSTER, service=SERVICE, taskDefinition=fargate.definition())
    fargate.settle("ROLLBACK_IN_PROGRESS")
    fargate.ecs.update_service(cluster=CLUSTER, service=SERVICE, taskDefinition=fargate.definition())
    done = fargate.settle("ROLLBACK_FAILED")
    assert done["statusReason"] == "No rollback candidate was found to run the rollback."


def test_a_role_that_does_not_trust_ecs(fargate: Fargate) -> None:
    elsewhere = trust(StringEquals={"aws:SourceAccount": "210987654321"})
    role = fargate.role("task", elsewhere)
    fargate.service(fargate.definition(taskRoleArn=role))
    fargate.settle("ROLLBACK_FAILED")
    assert fargate.tasks("STOPPED") == []
    assert (
        f"(service web) failed to launch a task with (error ECS was unable to assume the role '{role}' that was"
        " provided for this task. Please verify that the role being passed has the proper trust relationship and"
        " permissions and that your IAM user has permissions to pass this role.)." in fargate.events()
    )


def test_time_passes_without_calls(fargate: Fargate) -> None:
    fargate.admin.post("ecs/pace", {"seconds": 0.01})
    fargate.service(fargate.definition())
    time.sleep(0.3)
    assert fargate.deployment()["status"] == "SUCCESSFUL"


def test_what_cannot_be_asked_for(fargate: Fargate) -> None:
    for body, hint in [
        ({"cluster": "a", "service": "b", "outcome": "explode"}, "crash-loop"),
        ({"cluster": "a", "outcome": "stuck"}, "service is missing"),
        ({"cluster": "a", "service": "b", "outcome": "stuck", "count": 0}, "at least 1"),
        ({"cluster": "a", "service": "b", "outcome": "stuck", "counts": 1}, "unknown: counts"),
        ([], "JSON object"),
        (b"{", "not JSON"),
    ]:
        status, answer = fargate.admin.call("POST", "ecs/outcomes", body)
        assert status == 400 and hint in answer["error"]
    assert fargate.admin.get("ecs/outcomes") == {"outcomes": []}
