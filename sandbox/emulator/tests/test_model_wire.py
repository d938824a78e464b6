"""The check of AWS's models against requests that an SDK makes: of all operations, in each protocol."""

from __future__ import annotations

import datetime
import functools
import io
from typing import Any, Iterator
from urllib.parse import urlencode, urlsplit

import botocore.serialize
import botocore.session
import pytest
from botocore.model import OperationModel, ServiceModel, Shape
from moto.moto_server.werkzeug_app import BackendRequest

from bulwark_emulator.model import Violation
from bulwark_emulator.model.constraints import broken
from bulwark_emulator.model.wire import misread
from bulwark_emulator.route import Call

SERVICES = """
    accessanalyzer acm application-autoscaling backup budgets cloudtrail config ec2 ecr ecs elbv2 events guardduty iam
    kms lambda logs rds route53 s3 s3control scheduler secretsmanager securityhub sns sqs ssm sts synthetics wafv2 xray
""".split()
SIGNING = {"accessanalyzer": "access-analyzer", "elbv2": "elasticloadbalancing", "s3control": "s3"}
DEEP = 5
# What botocore takes and does not send, and the older of two operations that share a path.
NOT_SENT = {"rds": "SourceRegion"}
SUPERSEDED = {"PutBucketNotification", "GetBucketNotification", "PutBucketLifecycle", "GetBucketLifecycle"}


@functools.cache
def model_of(service: str) -> ServiceModel:
    return botocore.session.get_session().get_service_model(service)


def operations(service: str) -> list[OperationModel]:
    return [model_of(service).operation_model(name) for name in model_of(service).operation_names]


def example(shape: Shape, depth: int = 0) -> Any:
    """A value with every member that the shape has; its patterns are not looked at."""
    kind, metadata = shape.type_name, shape.metadata
    if kind == "structure":
        if metadata.get("document") or metadata.get("eventstream"):
            return {}
        names = list(shape.members)
        if metadata.get("union"):
            names = names[-1:] if depth > DEEP else names[:1]
        elif depth > DEEP:
            names = list(metadata.get("required", ()))
        return {name: example(shape.members[name], depth + 1) for name in names}
    if kind == "list":
        return [example(shape.member, depth + 1) for _ in range(max(1, metadata.get("min", 0)))]
    if kind == "map":
        count = max(1, metadata.get("min", 0))
        keys = shape.key.enum[:count] or [example(shape.key) + str(number) for number in range(count)]
        return {key: example(shape.value, depth + 1) for key in keys}
    if kind in ("string", "character"):
        if shape.enum:
            return shape.enum[0]
        return "a" * max(1, metadata.get("min", 0))
    if kind == "blob":
        return b"a" * max(1, metadata.get("min", 0))
    if kind == "boolean":
        return True
    if kind == "timestamp":
        return datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)
    return max(metadata.get("min", 1), min(1, metadata.get("max", 1)))


def request(service: str, operation: OperationModel, params: dict[str, Any]) -> Call:
    """The call as it arrives, from the text that the SDK sends."""
    protocol = operation.service_model.resolved_protocol
    made = botocore.serialize.create_serializer(protocol, include_validation=False).serialize_to_request(params, operation)
    query = made["query_string"]
    if isinstance(query, dict):
        pairs = [(name, item) for name, value in query.items() for item in (value if isinstance(value, list) else [value])]
        query = "&".join(f"{name}={item}" for name, item in pairs)
    url = urlsplit(made["url_path"])
    query = "&".join(part for part in (url.query, query) if part)
    body = made["body"]
    if isinstance(body, dict):
        body = urlencode(body)
    body = body.encode() if isinstance(body, str) else body or b""
    headers = {name: value.decode() if isinstance(value, bytes) else str(value) for name, value in made["headers"].items()}
    if protocol in ("query", "ec2"):
        headers["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8"
    signing = SIGNING.get(service, operation.service_model.signing_name)
    headers["Authorization"] = f"AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/{signing}/aws4_request, Signature=a"
    environ = {
        "REQUEST_METHOD": made["method"],
        "PATH_INFO": url.path,
        "RAW_URI": url.path + (f"?{query}" if query else ""),
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "CONTENT_LENGTH": str(len(body)),
        **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()},
    }
    if "HTTP_CONTENT_TYPE" in environ:
        environ["CONTENT_TYPE"] = environ.pop("HTTP_CONTENT_TYPE")
    return Call(BackendRequest(environ))


def found(call: Call) -> list[Violation]:
    shape = call.operation.input_shape
    return misread(call, shape) or broken(call.service, shape, call.params)


def cases(service: str) -> Iterator[tuple[OperationModel, dict[str, Any]]]:
    for operation in operations(service):
        if operation.input_shape is not None and operation.name not in SUPERSEDED:
            params = example(operation.input_shape)
            params.pop(NOT_SENT.get(service), None)
            yield operation, params


@pytest.mark.parametrize("service", SERVICES)
def test_what_an_sdk_sends_is_read(service):
    """Every operation with every member it has: nothing is missing, unknown, too long or of the wrong type."""
    for operation, params in cases(service):
        call = request(service, operation, params)
        assert call.operation is not None, operation.name
        told = [violation for violation in found(call) if violation.kind != "pattern"]
        assert told == [], f"{operation.name}: {told[:3]}"


# In the REST protocols a path without its parameter is another operation's.
WHOLE = [service for service in SERVICES if model_of(service).resolved_protocol in ("json", "query", "ec2")]


@pytest.mark.parametrize("service", WHOLE)
def test_what_is_missing_is_found(service):
    for operation, params in cases(service):
        for name in operation.input_shape.required_members:
            less = {key: value for key, value in params.items() if key != name}
            told = [violation.path for violation in found(request(service, operation, less)) if violation.kind == "required"]
            assert told == [(name,)], f"{operation.name} without {name}: {told}"
