"""Every other service: the action of the operation, the resource of the parameters, the caller's own policies."""

from __future__ import annotations

import pytest
from bulwark_emulator.services.access import names, reference
from callers import ACCOUNT, REGION, Callers, allow, code, deny, document, headers_of, refused
from conftest import refused as fails

TRACE = {"TraceSegmentDocuments": ['{"trace_id": "1"}']}


@pytest.fixture
def callers(client):
    return Callers(client)


def test_traces(callers):
    write = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"]
    task = callers.client("xray", **callers.role(allow(write), name="task"))
    assert task.put_trace_segments(**TRACE)["UnprocessedTraceSegments"] is not None
    assert refused(task.get_groups) == (
        f"User: arn:aws:sts::{ACCOUNT}:assumed-role/task/job is not authorized to perform: xray:GetGroups"
        " on resource: * because no identity-based policy allows the xray:GetGroups action"
    )
    refused(task.delete_group, GroupName="all")
    refused(callers.client("xray", **callers.role()).put_trace_segments, **TRACE)
    for limits, reason in (
        ({"boundary": callers.policy(allow("s3:*"))}, "permissions boundary"),
        ({"session": document(allow("s3:*"))}, "session policy"),
    ):
        assert reason in refused(callers.client("xray", **callers.role(allow("*"), **limits)).get_groups)
    tls = [allow("*"), deny("*", Condition={"Bool": {"aws:SecureTransport": "false"}})]
    plain = callers.client("xray", **callers.role(*tls))
    with headers_of(plain, {"X-Forwarded-Proto": "http"}):
        assert "explicit deny in an identity-based policy" in refused(plain.put_trace_segments, **TRACE)


def test_iam_is_closed(callers, client):
    role = f"arn:aws:iam::{ACCOUNT}:role/services/task"
    iam = callers.client("iam", **callers.role(allow(["s3:*", "sqs:*"]), name="task"))
    for call, arguments in (
        (iam.create_user, {"UserName": "mallory"}),
        (iam.create_access_key, {"UserName": "mallory"}),
        (iam.attach_role_policy, {"RoleName": "task", "PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess"}),
        (iam.put_role_policy, {"RoleName": "task", "PolicyName": "more", "PolicyDocument": document(allow("*"))}),
        (iam.list_roles, {}),
    ):
        with fails("AccessDenied", 403):
            call(**arguments)
    client("iam").create_role(RoleName="other", Path="/services/", AssumeRolePolicyDocument=document(
        {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ))
    reader = callers.client("iam", **callers.role(allow("iam:GetRole", role.replace("task", "*"))))
    assert reader.get_role(RoleName="other")["Role"]["Path"] == "/services/"
    assert f"on resource: arn:aws:iam::{ACCOUNT}:role/task" in refused(reader.get_role, RoleName="task")


def test_users_are_judged_and_the_deployer_is_not(callers, client):
    user = callers.client("sns", **callers.user(allow("sns:ListTopics")))
    assert user.list_topics()["Topics"] == []
    with fails("AuthorizationError", 403):
        user.create_topic(Name="alarms")
    assert client("sns").create_topic(Name="alarms")


def test_resources_of_the_parameters(callers, client):
    topic = client("sns").create_topic(Name="alarms")["TopicArn"]
    table = {"KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}], "BillingMode": "PAY_PER_REQUEST"}
    client("dynamodb").create_table(
        TableName="jobs", AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}], **table
    )
    keys = callers.role(
        allow("sns:Publish", topic),
        allow("dynamodb:GetItem", f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/jobs"),
        allow("logs:*", f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/app/*:*"),
        allow("cloudwatch:PutMetricData", Condition={"StringEquals": {"cloudwatch:namespace": "App"}}),
        allow("ecs:DescribeClusters", f"arn:aws:ecs:{REGION}:{ACCOUNT}:cluster/app"),
    )
    callers.client("sns", **keys).publish(TopicArn=topic, Message="x")
    with fails("AuthorizationError", 403):
        callers.client("sns", **keys).publish(TopicArn=topic + "-2", Message="x")
    dynamo, key = callers.client("dynamodb", **keys), {"id": {"S": "1"}}
    dynamo.get_item(TableName="jobs", Key=key)
    refused(dynamo.get_item, TableName="other", Key=key)
    refused(dynamo.delete_item, TableName="jobs", Key=key)
    logs = callers.client("logs", **keys)
    logs.create_log_group(logGroupName="/app/web")
    logs.create_log_stream(logGroupName="/app/web", logStreamName="one")
    refused(logs.create_log_group, logGroupName="/other/web")
    metrics, datum = callers.client("cloudwatch", **keys), [{"MetricName": "jobs", "Value": 1}]
    metrics.put_metric_data(Namespace="App", MetricData=datum)
    refused(metrics.put_metric_data, Namespace="Other", MetricData=datum)
    # The parameters of this call are lists, of which none names the resource: only a Resource of * would do.
    refused(callers.client("ecs", **keys).describe_clusters, clusters=["app"])


def test_tags_of_the_request(callers):
    tagged = {"StringEquals": {"aws:RequestTag/team": "audio"}, "ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}}
    sns = callers.client("sns", **callers.role(allow("sns:CreateTopic", Condition=tagged)))
    sns.create_topic(Name="one", Tags=[{"Key": "team", "Value": "audio"}])
    for tags in ([], [{"Key": "team", "Value": "video"}], [{"Key": "team", "Value": "audio"}, {"Key": "more", "Value": "x"}]):
        with fails("AuthorizationError"):
            sns.create_topic(Name="two", Tags=tags)


def test_ec2_says_it_in_its_own_code(callers):
    with fails("UnauthorizedOperation", 403):
        callers.client("ec2", **callers.role()).describe_vpcs()


def test_who_am_i_needs_no_permission(callers):
    keys = callers.role(deny("*"), name="task")
    arn = callers.client("sts", **keys).get_caller_identity()["Arn"]
    assert arn == f"arn:aws:sts::{ACCOUNT}:assumed-role/task/job"


def test_credentials_of_a_session(callers, client):
    keys = callers.role(allow("*"))
    for token in ("", "another"):
        stolen = {**keys, "session_token": token or None}
        assert code(callers.client("sqs", **stolen).list_queues) == "UnrecognizedClientException"
        assert code(callers.client("sts", **stolen).get_caller_identity) == "InvalidClientTokenId"
        assert code(callers.client("s3", **stolen).list_buckets) == "InvalidToken"


def test_expired_credentials(callers):
    from datetime import timedelta

    from moto.sts.models import sts_backends

    keys = callers.role(allow("*"))
    session = sts_backends[ACCOUNT]["aws"].get_assumed_role_from_access_key(keys["access_key"])
    session.expiration -= timedelta(hours=2)
    assert code(callers.client("sqs", **keys).list_queues) == "ExpiredTokenException"
    assert code(callers.client("sts", **keys).get_caller_identity) == "ExpiredToken"
    assert code(callers.client("s3", **keys).list_buckets) == "ExpiredToken"


def test_access_keys_that_do_not_count(callers, client):
    keys, iam = callers.user(allow("*"), name="ana"), client("iam")
    clients = [callers.client(service, **keys) for service in ("sqs", "sts", "s3")]
    calls = [clients[0].list_queues, clients[1].get_caller_identity, clients[2].list_buckets]
    codes = ["UnrecognizedClientException", "InvalidClientTokenId", "InvalidAccessKeyId"]
    iam.update_access_key(UserName="ana", AccessKeyId=keys["access_key"], Status="Inactive")
    assert [code(call) for call in calls] == codes
    iam.update_access_key(UserName="ana", AccessKeyId=keys["access_key"], Status="Active")
    for call in calls:
        call()
    iam.delete_access_key(UserName="ana", AccessKeyId=keys["access_key"])
    assert [code(call) for call in calls] == codes, "a key that is gone is not the deployer's"


def test_a_role_that_is_gone_may_do_nothing(callers, client):
    keys = callers.role(allow("*"), name="task")
    iam = client("iam")
    iam.delete_role_policy(RoleName="task", PolicyName="inline")
    iam.delete_role(RoleName="task")
    refused(callers.client("sqs", **keys).list_queues)


@pytest.mark.parametrize(
    ("service", "operation", "expected"),
    [
        ("elbv2", "DescribeLoadBalancers", "elasticloadbalancing:DescribeLoadBalancers"),
        ("stepfunctions", "StartExecution", "states:StartExecution"),
        ("sesv2", "SendEmail", "ses:SendEmail"),
        ("efs", "CreateFileSystem", "elasticfilesystem:CreateFileSystem"),
        ("cloudwatch", "PutMetricData", "cloudwatch:PutMetricData"),
        ("accessanalyzer", "CreateAnalyzer", "access-analyzer:CreateAnalyzer"),
        ("resourcegroupstaggingapi", "GetResources", "tag:GetResources"),
        ("lambda", "Invoke", "lambda:InvokeFunction"),
        ("sqs", "SendMessageBatch", "sqs:SendMessage"),
        ("sns", "PublishBatch", "sns:Publish"),
        ("dynamodb", "TransactGetItems", "dynamodb:GetItem"),
    ],
)
def test_the_action_of_an_operation(service, operation, expected):
    """As AWS's Service Authorization Reference has it."""
    prefix, action = names.prefix(service), names.action(service, operation)
    assert f"{prefix}:{action}" == expected and reference.has(prefix, action)
