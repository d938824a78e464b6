"""HTTP answers: encoding of results and errors in the service's protocol, decoding of moto's answers."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from botocore.parsers import create_parser
from moto.core.model import OperationModel
from moto.core.serialize import SerializationContext, get_serializer_class

if TYPE_CHECKING:
    from .route import Call


@dataclass
class Answer:
    """An HTTP answer."""

    status: int = 200
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""

    def header(self, name: str) -> str:
        for key, value in self.headers:
            if key.lower() == name.lower():
                return value
        return ""

    def set_header(self, name: str, value: str) -> None:
        self.headers = [(k, v) for k, v in self.headers if k.lower() != name.lower()]
        self.headers.append((name, value))

    @property
    def ok(self) -> bool:
        return self.status < 400


class ErrorAnswer(Exception):
    """moto answered with an error; the answer goes to the client as it is."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(f"status {answer.status}")
        self.answer = answer


def encode(call: Call, result: Any) -> Answer:
    """A result (dictionary or None) or an exception in the call's protocol."""
    request_id = str(uuid.uuid4())
    if call.model is None:
        return _plain_error(result, request_id)
    operation = call.operation or OperationModel({}, call.model)
    protocol = call.protocol
    if protocol == "query" and "JSON" in call.request.values.getlist("ContentType"):
        protocol = "query-json"
    serializer = get_serializer_class(call.service, protocol)(
        operation, context=SerializationContext(request_id)
    )
    encoded = serializer.serialize({} if result is None else result)
    status = encoded["status_code"]
    if isinstance(result, Exception):
        status = getattr(result, "status", None) or status
    body = encoded["body"]
    if isinstance(body, str):
        body = body.encode()
    if call.request.method == "HEAD" or status == 204:
        body = b""
    headers = [(name, str(value)) for name, value in encoded["headers"].items()]
    answer = Answer(status, headers, body)
    answer.set_header("x-amzn-RequestId", request_id)
    if call.service in ("s3", "s3control"):
        answer.set_header("x-amz-request-id", request_id)
    return answer


def decode(call: Call, answer: Answer) -> dict[str, Any]:
    """The output members of moto's answer, read as an SDK reads them."""
    if not answer.ok:
        raise ErrorAnswer(answer)
    parser = create_parser(call.protocol)
    parsed = parser.parse(
        {
            "status_code": answer.status,
            "headers": {name.lower(): value for name, value in answer.headers},
            "body": answer.body,
        },
        call.operation.output_shape,
    )
    parsed.pop("ResponseMetadata", None)
    return parsed


def json_answer(value: Any, status: int = 200) -> Answer:
    return Answer(status, [("Content-Type", "application/json")], json.dumps(value).encode())


def _plain_error(error: Any, request_id: str) -> Answer:
    """An error for a service that botocore does not know, in the JSON form that most SDKs read."""
    code = getattr(error, "code", "InternalFailure")
    answer = json_answer({"__type": code, "message": str(getattr(error, "message", error))})
    answer.status = getattr(error, "status", None) or 500
    answer.set_header("x-amzn-ErrorType", code)
    answer.set_header("x-amzn-RequestId", request_id)
    return answer
