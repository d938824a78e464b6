"""Cross-origin rules, the preflight requests of browsers, and the headers of other answers to browsers."""

from __future__ import annotations

import re
from typing import Any

from ...answer import Answer
from ...errors import AwsError
from ...registry import after, operation
from ...route import Call
from .bucket import documents
from .documents import Document, keep
from .schema import malformed, refused

_NAME = "BucketCors"


def _check(_call: Call, document: dict[str, Any]) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html"""
    if not document["CORSRules"] or len(document["CORSRules"]) > 100:
        raise malformed()
    for rule in document["CORSRules"]:
        for method in rule["AllowedMethods"]:
            if method not in ("GET", "PUT", "HEAD", "POST", "DELETE"):
                raise refused(
                    f"Found unsupported HTTP method in CORS config. Unsupported method is {method}"
                )
        for member in ("AllowedOrigins", "AllowedHeaders"):
            for pattern in rule.get(member, []):
                if pattern.count("*") > 1:
                    kind = member[:-1]
                    raise refused(f'{kind} "{pattern}" can not have more than one wildcard.')


keep(
    Document(
        _NAME,
        "CORSConfiguration",
        _check,
        delete="DeleteBucketCors",
        missing=("NoSuchCORSConfiguration", "The CORS configuration does not exist"),
    )
)


@operation("s3", "BucketCORSPreflightCheck", "ObjectCORSPreflightCheck")
def preflight(call: Call) -> Answer:
    """The first rule that allows origin, method and headers answers.

    https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html
    """
    asked = call.request.headers
    origin, method = asked.get("Origin", ""), asked.get("Access-Control-Request-Method", "")
    if not origin:
        message = "Insufficient information. Origin request header needed."
        raise AwsError("BadRequest", message, 400)
    wanted = [name.strip().lower() for name in asked.get("Access-Control-Request-Headers", "").split(",")]
    wanted = [name for name in wanted if name]
    rules = _rules(call)
    if not rules:
        raise AwsError("AccessForbidden", "CORSResponse: CORS is not enabled for this bucket.", 403)
    for rule in rules:
        if _allows(rule, origin, method) and all(_allows_header(rule, name) for name in wanted):
            answer = Answer(200, _headers(rule, origin))
            if wanted:
                answer.set_header("Access-Control-Allow-Headers", ", ".join(wanted))
            return answer
    message = (
        "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, "
        "request method / Access-Control-Request-Method or Access-Control-Request-Headers are not "
        "whitelisted by the resource's CORS spec."
    )
    raise AwsError("AccessForbidden", message, 403)


@after("s3")
def add_headers(call: Call, answer: Answer) -> None:
    """Answers to a browser carry the headers of the first rule that allows its origin and method.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html
    """
    origin = call.request.headers.get("Origin", "")
    if not origin or call.request.method == "OPTIONS":
        return
    for rule in _rules(call):
        if _allows(rule, origin, call.request.method):
            for name, value in _headers(rule, origin):
                answer.set_header(name, value)
            return


def _rules(call: Call) -> list[dict[str, Any]]:
    bucket = call.uri_params.get("Bucket", "")
    return documents(bucket).get(_NAME, {}).get("CORSRules", []) if bucket else []


def _allows(rule: dict[str, Any], origin: str, method: str) -> bool:
    return method in rule["AllowedMethods"] and any(
        _matches(pattern, origin) for pattern in rule["AllowedOrigins"]
    )


def _allows_header(rule: dict[str, Any], name: str) -> bool:
    return any(_matches(pattern.lower(), name) for pattern in rule.get("AllowedHeaders", []))


def _matches(pattern: str, text: str) -> bool:
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), text) is not None


def _headers(rule: dict[str, Any], origin: str) -> list[tuple[str, str]]:
    any_origin = "*" in rule["AllowedOrigins"]
    headers = [
        ("Access-Control-Allow-Origin", "*" if any_origin else origin),
        ("Access-Control-Allow-Methods", ", ".join(rule["AllowedMethods"])),
        ("Vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method"),
    ]
    if rule.get("ExposeHeaders"):
        headers.append(("Access-Control-Expose-Headers", ", ".join(rule["ExposeHeaders"])))
    if "MaxAgeSeconds" in rule:
        headers.append(("Access-Control-Max-Age", str(rule["MaxAgeSeconds"])))
    if not any_origin:
        headers.append(("Access-Control-Allow-Credentials", "true"))
    return headers
