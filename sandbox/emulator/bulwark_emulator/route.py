"""From an HTTP request to an AWS call: service, region, operation, parameters and caller."""

from __future__ import annotations

import functools
import re
from typing import Any, Callable

from botocore.exceptions import UnknownServiceError
from moto.core.model import OperationModel, ServiceModel
from moto.core.parse import PROTOCOL_PARSERS, RequestParserError
from moto.core.request import Request, determine_request_protocol
from moto.core.routing import get_service_router
from moto.core.utils import get_service_model
from werkzeug.exceptions import NotFound

from .answer import Answer, decode
from .errors import AwsError
from .identity import Principal, identify

DEFAULT_REGION = "eu-west-1"

# Signing names that are not botocore's service names.
SERVICES = {
    "access-analyzer": "accessanalyzer",
    "airflow": "mwaa",
    "aps": "amp",
    "cassandra": "keyspaces",
    "ecr-public": "ecr-public",
    "elasticfilesystem": "efs",
    "elasticmapreduce": "emr",
    "email": "ses",
    "eventbridge": "events",
    "execute-api": "apigatewaymanagementapi",
    "monitoring": "cloudwatch",
    "states": "stepfunctions",
    "tagging": "resourcegroupstaggingapi",
}

# The query services that share a signing name differ by their API version.
ELB_V2_VERSION = "2015-12-01"

_UNSIGNED_TARGETS = {
    "AWSCognitoIdentityService": "cognito-identity",
    "AWSCognitoIdentityProviderService": "cognito-idp",
}
_UNSIGNED_ACTIONS = {"AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"}
_CREDENTIAL = re.compile(r"Credential=([^/,\s]+)/\d{8}/([^/,\s]+)/([^/,\s]+)/aws4_request")


class Call:
    """One request to AWS.

    ``operation`` is empty when the request is none that the service's model knows.
    """

    def __init__(self, request: Request) -> None:
        self.request = request
        self.access_key, self.region, signing_name = _scope(request)
        self.service = _service(request, signing_name)
        self.model, self.operation, self.uri_params = _operation(self.service, request)
        self.principal: Principal = identify(request, self.access_key)
        self.forwarder: Callable[[Call, dict[str, str]], Answer] | None = None

    @property
    def account(self) -> str:
        return self.principal.account

    @property
    def name(self) -> str:
        """The operation's name, or what the request calls itself when the model does not know it."""
        if self.operation is not None:
            return str(self.operation.name)
        target = self.request.headers.get("X-Amz-Target", "")
        return target.rpartition(".")[2] or self.request.values.get("Action", "") or "Unknown"

    @property
    def secure(self) -> bool:
        """Whether the request counts as HTTPS: always, unless a proxy header says that it is plain HTTP."""
        return self.request.headers.get("X-Forwarded-Proto", "").lower() != "http"

    @property
    def tls_version(self) -> str:
        """The TLS version that s3:TlsVersion sees, empty over plain HTTP."""
        return self.request.headers.get("X-Bulwark-Tls-Version", "1.3") if self.secure else ""

    @property
    def protocol(self) -> str:
        return determine_request_protocol(self.model, self.request.content_type)

    @functools.cached_property
    def params(self) -> dict[str, Any]:
        """The operation's input members."""
        parser = PROTOCOL_PARSERS[self.protocol](self.operation)
        request = {
            "method": self.request.method,
            "values": self.request.values,
            "headers": self.request.headers,
            "body": self.request.data,
            "url_path": self.request.path,
            "url_params": self.uri_params,
        }
        try:
            return parser.parse(request)
        except (RequestParserError, AttributeError, TypeError, ValueError) as error:
            raise _unreadable(self.protocol, error) from error

    def forward(self, headers: dict[str, str] | None = None) -> Answer:
        """moto's own answer, as it is. ``headers`` replace those of the request."""
        assert self.forwarder is not None
        return self.forwarder(self, headers or {})

    def forward_decoded(self) -> dict[str, Any]:
        """moto's answer as a dictionary of output members; an error answer is raised as ErrorAnswer."""
        return decode(self, self.forward())


def _unreadable(protocol: str, error: Exception) -> AwsError:
    """A request whose body or parameters are not what the operation takes."""
    if protocol == "rest-xml":
        message = "The XML you provided was not well-formed or did not validate against our published schema"
        return AwsError("MalformedXML", message, 400)
    return AwsError("SerializationException", f"the request cannot be read: {error}", 400)


def _scope(request: Request) -> tuple[str, str, str]:
    """Access key, region and service of the signature (SigV4 header or pre-signed query)."""
    match = _CREDENTIAL.search(request.headers.get("Authorization", ""))
    if match is None and "X-Amz-Credential" in request.args:
        match = _CREDENTIAL.search("Credential=" + request.args["X-Amz-Credential"])
    if match:
        return match[1], match[2], match[3].lower()
    access_key = request.args.get("AWSAccessKeyId", "")
    return access_key, DEFAULT_REGION, ""


def _service(request: Request, signing_name: str) -> str:
    if signing_name == "s3" and request.path.startswith("/v20180820/"):
        return "s3control"
    if signing_name == "elasticloadbalancing":
        return "elbv2" if request.values.get("Version") == ELB_V2_VERSION else "elb"
    if signing_name == "ses" and request.path.startswith("/v2/"):
        return "sesv2"
    if signing_name:
        return SERVICES.get(signing_name, signing_name)
    target = request.headers.get("X-Amz-Target", "").split(".")[0]
    if target in _UNSIGNED_TARGETS:
        return _UNSIGNED_TARGETS[target]
    if (request.content_type or "").startswith("application/x-www-form-urlencoded"):
        if request.values.get("Action") in _UNSIGNED_ACTIONS:
            return "sts"
    return "s3"


def _operation(
    service: str, request: Request
) -> tuple[ServiceModel | None, OperationModel | None, dict[str, Any]]:
    try:
        model = get_service_model(service)
    except UnknownServiceError:
        return None, None, {}
    try:
        operation, uri_params = get_service_router(service).match(request)
    except (NotFound, NotImplementedError):
        return model, None, {}
    return model, operation, uri_params
