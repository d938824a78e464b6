"""CloudWatch: alarms and the metric filters that feed them; the protocol of the newer SDKs."""

from __future__ import annotations

import io
import urllib.error
import urllib.request

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.parsers import RpcV2CBORParser
from botocore.serialize import RpcV2CBORSerializer
from conftest import REGION, refused

TOPIC = "arn:aws:sns:eu-west-1:123456789012:alarms"
GROUP = "/cloudtrail/acme"


@pytest.fixture
def cloudwatch(client):
    return client("cloudwatch")


@pytest.fixture
def logs(client):
    found = client("logs")
    found.create_log_group(logGroupName=GROUP)
    return found


def alarm(**change):
    return {
        "AlarmName": "root-use",
        "AlarmDescription": "Somebody acted as root",
        "Namespace": "Audit/acme",
        "MetricName": "RootUse",
        "Statistic": "Sum",
        "Period": 300,
        "EvaluationPeriods": 1,
        "Threshold": 1.0,
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "TreatMissingData": "notBreaching",
        "AlarmActions": [TOPIC],
        **change,
    }


def test_an_alarm_comes_back_as_it_was_put(cloudwatch):
    cloudwatch.put_metric_alarm(**alarm(), Tags=[{"Key": "Owner", "Value": "platform"}])
    got = cloudwatch.describe_alarms(AlarmNames=["root-use"])["MetricAlarms"][0]
    assert {name: got[name] for name in alarm()} == alarm()
    assert got["ActionsEnabled"] is True
    assert got["StateValue"] == "INSUFFICIENT_DATA"
    tags = cloudwatch.list_tags_for_resource(ResourceARN=got["AlarmArn"])["Tags"]
    assert tags == [{"Key": "Owner", "Value": "platform"}]


def test_a_changed_alarm_keeps_state_and_tags(cloudwatch):
    cloudwatch.put_metric_alarm(**alarm(), Tags=[{"Key": "Owner", "Value": "platform"}])
    cloudwatch.set_alarm_state(AlarmName="root-use", StateValue="ALARM", StateReason="a test")
    cloudwatch.put_metric_alarm(**alarm(Threshold=10.0), Tags=[{"Key": "Owner", "Value": "nobody"}])
    got = cloudwatch.describe_alarms(AlarmNames=["root-use"])["MetricAlarms"][0]
    assert got["Threshold"] == 10.0
    assert got["StateValue"] == "ALARM"
    tags = cloudwatch.list_tags_for_resource(ResourceARN=got["AlarmArn"])["Tags"]
    assert tags == [{"Key": "Owner", "Value": "platform"}]


@pytest.mark.parametrize(
    "change",
    [
        {"Period": 90},
        {"Period": 300, "EvaluationPeriods": 289},
        {"TreatMissingData": "good"},
        {"AlarmActions": ["alarms"]},
        {"AlarmActions": [TOPIC] * 6},
        {"AlarmDescription": "x" * 1025},
    ],
)
def test_alarms_that_aws_refuses(cloudwatch, change):
    with refused("ValidationError", 400):
        cloudwatch.put_metric_alarm(**alarm(**change))
    assert cloudwatch.describe_alarms()["MetricAlarms"] == []


def put_filter(logs, name="root-use", pattern='{$.userIdentity.type="Root"}', group=GROUP, **more):
    transformation = {"metricName": "RootUse", "metricNamespace": "Audit/acme", "metricValue": "1", **more}
    logs.put_metric_filter(
        logGroupName=group, filterName=name, filterPattern=pattern, metricTransformations=[transformation]
    )


def filters(logs):
    return logs.describe_metric_filters(logGroupName=GROUP)["metricFilters"]


def test_a_metric_filter_is_replaced_by_name(logs):
    put_filter(logs)
    created = filters(logs)[0]["creationTime"]
    put_filter(logs, pattern="{$.eventName=StopLogging}")
    assert [(row["filterPattern"], row["creationTime"]) for row in filters(logs)] == [
        ("{$.eventName=StopLogging}", created)
    ]
    logs.delete_metric_filter(logGroupName=GROUP, filterName="root-use")
    assert filters(logs) == []
    with refused("ResourceNotFoundException"):
        logs.delete_metric_filter(logGroupName=GROUP, filterName="root-use")


def test_metric_filters_that_aws_refuses(logs):
    with refused("ResourceNotFoundException"):
        put_filter(logs, group="/nowhere")
    with refused("InvalidParameterException"):
        put_filter(logs, pattern="x" * 1025)
    with refused("InvalidParameterException"):
        put_filter(logs, defaultValue=0, dimensions={"Who": "$.userIdentity.arn"})
    assert filters(logs) == []


def test_metric_filters_go_with_their_group(logs):
    put_filter(logs)
    logs.delete_log_group(logGroupName=GROUP)
    logs.create_log_group(logGroupName=GROUP)
    assert filters(logs) == []


def ask_cbor(emulator, model, operation, **params):
    """Status and answer of an operation in the protocol of the newer SDKs."""
    asked = model.operation_model(operation)
    made = RpcV2CBORSerializer().serialize_to_request(params, asked)
    return send_cbor(emulator, made["url_path"], made["headers"], made["body"], asked.output_shape)


def send_cbor(emulator, path, headers, body, shape=None):
    request = AWSRequest("POST", emulator.endpoint + path, headers, body)
    SigV4Auth(Credentials("test", "test"), "monitoring", REGION).add_auth(request)
    sent = urllib.request.Request(request.url, request.body, dict(request.headers), method="POST")
    try:
        answer = urllib.request.urlopen(sent, timeout=30)
    except urllib.error.HTTPError as error:
        answer = error
    headers = {name.lower(): value for name, value in answer.headers.items()}
    assert headers["smithy-protocol"] == "rpc-v2-cbor"
    body = {"status_code": answer.status, "headers": headers, "body": answer.read()}
    if answer.status >= 300:
        return answer.status, RpcV2CBORParser().parse_data_item(io.BufferedReader(io.BytesIO(body["body"])))
    return answer.status, RpcV2CBORParser().parse(body, shape)


def test_alarms_in_cbor(emulator, cloudwatch):
    model = cloudwatch.meta.service_model
    assert ask_cbor(emulator, model, "PutMetricAlarm", **alarm())[0] == 200
    status, answer = ask_cbor(emulator, model, "DescribeAlarms", AlarmNames=["root-use"])
    assert status == 200
    got = answer["MetricAlarms"][0]
    assert {name: got[name] for name in alarm()} == alarm()
    same = cloudwatch.describe_alarms(AlarmNames=["root-use"])["MetricAlarms"][0]
    assert abs((got["StateUpdatedTimestamp"] - same["StateUpdatedTimestamp"]).total_seconds()) < 1


def test_errors_in_cbor(emulator, cloudwatch):
    status, error = ask_cbor(emulator, cloudwatch.meta.service_model, "PutMetricAlarm", **alarm(Period=90))
    assert status == 400
    assert error["__type"].endswith("#ValidationException")
    assert "90" in error["message"]


def test_what_is_not_emulated_says_so_in_cbor(emulator):
    headers = {"smithy-protocol": "rpc-v2-cbor", "Content-Type": "application/cbor"}
    path = "/service/GraniteServiceVersion20100801/operation/PutEverything"
    status, error = send_cbor(emulator, path, headers, b"\xa0")
    assert status == 501
    assert error["message"].startswith("not emulated: cloudwatch:")
