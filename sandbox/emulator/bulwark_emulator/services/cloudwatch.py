"""CloudWatch: alarms as AWS checks them, metric filters that replace each other, and the protocol of the newer SDKs."""

from __future__ import annotations

import io
import json
import time
from collections import Counter
from datetime import datetime, timezone
from typing import Any

from botocore.parsers import RpcV2CBORParser
from botocore.serialize import RpcV2CBORSerializer
from moto.cloudwatch.models import cloudwatch_backends
from moto.core.parse import default_timestamp_parser
from moto.core.routing import PROTOCOL_ROUTERS, RPCRouter
from moto.core.serialize import SERIALIZERS, JSONSerializer
from moto.logs.models import LogsBackend, logs_backends

from ..answer import Answer, decode
from ..errors import AwsError
from ..registry import after, operation, reads
from ..route import Call

# --- Smithy RPC v2 CBOR, which moto does not know ---
# https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html

_CBOR = "smithy-rpc-v2-cbor"


class _CborRouter(RPCRouter):
    """The path says which operation it is: /service/<service>/operation/<operation>."""

    def _match(self, request: Any) -> tuple[Any, dict[str, Any]]:
        name = request.path.rpartition("/operation/")[2]
        known = name in self.service_model.operation_names
        return (self.service_model.operation_model(name) if known else None), {}


PROTOCOL_ROUTERS.setdefault(_CBOR, _CborRouter)
# For errors that are found before read_cbor; write_cbor turns them into CBOR, too.
SERIALIZERS.setdefault(_CBOR, JSONSerializer)


@reads("cloudwatch")
def read_cbor(call: Call) -> None:
    """The same request in JSON, which the service speaks too."""
    if call.protocol != _CBOR:
        return
    parser = RpcV2CBORParser(timestamp_parser=default_timestamp_parser)
    params = parser.parse_data_item(io.BufferedReader(io.BytesIO(call.request.data))) if call.request.data else {}
    body = json.dumps(params, default=_json).encode()
    environ = {key: value for key, value in call.request.environ.items() if not key.startswith("werkzeug.request")}
    environ |= {
        "PATH_INFO": "/",
        "RAW_URI": "/",
        "REQUEST_URI": "/",
        "CONTENT_TYPE": "application/x-amz-json-1.0",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_X_AMZ_TARGET": f"{call.operation.service_model.metadata['targetPrefix']}.{call.name}",
        "HTTP_SMITHY_PROTOCOL": "rpc-v2-cbor",
        "wsgi.input": io.BytesIO(body),
    }
    call.request = type(call.request)(environ)


def _json(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.replace(tzinfo=timezone.utc).timestamp()
    raise TypeError(f"{type(value)} has no form in JSON")


@after("cloudwatch")
def write_cbor(call: Call, answer: Answer) -> None:
    """The answer in CBOR, errors included."""
    if call.request.headers.get("Smithy-Protocol") != "rpc-v2-cbor":
        return
    serializer, body = RpcV2CBORSerializer(), bytearray()
    if answer.ok and call.operation is not None:
        shape = call.operation.output_shape
        if shape is not None:
            serializer._serialize_data_item(body, decode(call, answer), shape)
        else:
            body += b"\xa0"
    else:
        error = json.loads(answer.body)
        texts = {"__type": error.get("__type", ""), "message": error.get("message") or error.get("Message") or ""}
        body += bytes([0xA0 + len(texts)])
        for name, text in texts.items():
            serializer._serialize_type_string(body, name, None, None)
            serializer._serialize_type_string(body, text, None, None)
    answer.body = bytes(body)
    answer.set_header("Content-Type", "application/cbor")
    answer.set_header("Content-Length", str(len(body)))
    answer.set_header("smithy-protocol", "rpc-v2-cbor")


# --- Alarms ---

# https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
_MISSING_DATA = ("breaching", "notBreaching", "ignore", "missing")
_MOST_ACTIONS = 5
_MOST_DESCRIPTION = 1024


def _invalid(message: str) -> AwsError:
    return AwsError("ValidationError", message, 400)


@operation("cloudwatch", "PutMetricAlarm")
def put_metric_alarm(call: Call) -> Answer:
    """A new alarm has no data yet, a changed one keeps its state; tags are for new ones only.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
    """
    params, backend = call.params, cloudwatch_backends[call.account][call.region]
    _check_alarm(params)
    before_it = backend.alarms.get(params["AlarmName"])
    tags = dict(backend.tagger.get_tag_dict_for_resource(before_it.alarm_arn)) if before_it else {}
    answer = call.forward()
    alarm = backend.alarms.get(params["AlarmName"])
    if answer.ok and alarm is not None:
        if before_it is None:
            alarm.state_value = "INSUFFICIENT_DATA"
        else:
            alarm.state_value, alarm.state_reason = before_it.state_value, before_it.state_reason
            backend.tagger.delete_all_tags_for_resource(alarm.alarm_arn)
            backend.tagger.tag_resource(
                alarm.alarm_arn, [{"Key": key, "Value": value} for key, value in tags.items()]
            )
    return answer


def _check_alarm(params: dict[str, Any]) -> None:
    period, seconds = params.get("Period"), params.get("Period", 0) * params.get("EvaluationPeriods", 0)
    if period is not None and period not in (10, 20, 30) and (period < 60 or period % 60):
        raise _invalid(f"Metric alarms only accept periods of 10, 20, 30 seconds and multiples of 60, not {period}.")
    if seconds > (604800 if (period or 0) >= 3600 else 86400):
        raise _invalid("Metrics cannot be checked across so long a time (EvaluationPeriods * Period).")
    if params.get("TreatMissingData", "missing") not in _MISSING_DATA:
        raise _invalid(f"Option TreatMissingData must be one of {', '.join(_MISSING_DATA)}.")
    for actions in ("AlarmActions", "OKActions", "InsufficientDataActions"):
        arns = params.get(actions) or []
        if len(arns) > _MOST_ACTIONS or any(not arn.startswith("arn:") for arn in arns):
            raise _invalid(f"Invalid {actions}: at most {_MOST_ACTIONS} ARNs are expected.")
    if len(params.get("AlarmDescription", "")) > _MOST_DESCRIPTION:
        raise _invalid(f"AlarmDescription must have length less than or equal to {_MOST_DESCRIPTION}.")


# --- Metric filters of CloudWatch Logs ---

_MOST_FILTERS = 100


def _filters(backend: LogsBackend) -> list[dict[str, Any]]:
    return backend.filters.metric_filters


def _group(call: Call, backend: LogsBackend) -> str:
    name = call.params["logGroupName"]
    if name not in backend.groups:
        raise AwsError("ResourceNotFoundException", "The specified log group does not exist.", 400)
    return str(name)


@operation("logs", "PutMetricFilter")
def put_metric_filter(call: Call) -> None:
    """A filter of the same name is replaced; a group has at most 100.

    https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
    """
    backend, params = logs_backends[call.account][call.region], call.params
    group, name = _group(call, backend), params["filterName"]
    others = [row for row in _filters(backend) if row["logGroupName"] == group and row["filterName"] != name]
    if len(others) >= _MOST_FILTERS:
        raise AwsError("LimitExceededException", "Resource limit exceeded.", 400)
    transformation = params["metricTransformations"][0]
    if "defaultValue" in transformation and transformation.get("dimensions"):
        message = "Invalid metric transformation: dimensions and default value are mutually exclusive properties."
        raise AwsError("InvalidParameterException", message, 400)
    created = [row for row in _filters(backend) if row["logGroupName"] == group and row["filterName"] == name]
    checked = call.forward()
    if not checked.ok:
        raise AwsError("InvalidParameterException", json.loads(checked.body).get("message", ""), 400)
    made = _filters(backend)[-1]
    made["creationTime"] = created[0]["creationTime"] if created else int(time.time() * 1000)
    for row in created:
        _filters(backend).remove(row)


@operation("logs", "DescribeLogGroups")
def describe_log_groups(call: Call) -> dict[str, Any]:
    """How many filters a group has. moto says none.

    https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html
    """
    found = call.forward_decoded()
    counts = Counter(row["logGroupName"] for row in _filters(logs_backends[call.account][call.region]))
    for group in found.get("logGroups", []):
        group["metricFilterCount"] = counts[group["logGroupName"]]
    return found


@operation("logs", "DeleteMetricFilter")
def delete_metric_filter(call: Call) -> None:
    """https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteMetricFilter.html"""
    backend = logs_backends[call.account][call.region]
    group, name = _group(call, backend), call.params["filterName"]
    for row in _filters(backend):
        if row["logGroupName"] == group and row["filterName"] == name:
            _filters(backend).remove(row)
            return
    raise AwsError("ResourceNotFoundException", "The specified metric filter does not exist.", 400)


@after("logs")
def forget_filters(call: Call, answer: Answer) -> None:
    """The filters of a log group go with it.

    https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html
    """
    if call.name == "DeleteLogGroup" and answer.ok:
        backend, group = logs_backends[call.account][call.region], call.params["logGroupName"]
        backend.filters.metric_filters = [row for row in _filters(backend) if row["logGroupName"] != group]
