"""The condition keys of a call.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
and https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any, Iterable, Mapping
from urllib.parse import parse_qsl

from ...identity import Principal
from ...policy import Context
from ...route import Call

_DAY = timedelta(days=1)

_PRINCIPAL_TYPES = {"root": "Account", "user": "User", "role": "AssumedRole", "anonymous": "Anonymous"}

# Headers that are condition keys under their own name with s3: before it.
_HEADERS = (
    "if-match",
    "if-none-match",
    "x-amz-acl",
    "x-amz-content-sha256",
    "x-amz-copy-source",
    "x-amz-grant-full-control",
    "x-amz-grant-read",
    "x-amz-grant-read-acp",
    "x-amz-grant-write",
    "x-amz-grant-write-acp",
    "x-amz-metadata-directive",
    "x-amz-object-ownership",
    "x-amz-server-side-encryption",
    "x-amz-server-side-encryption-aws-kms-key-id",
    "x-amz-server-side-encryption-customer-algorithm",
    "x-amz-storage-class",
    "x-amz-website-redirect-location",
)


def global_context(call: Call) -> Context:
    """The keys that every service has (aws:)."""
    principal = call.principal
    now = datetime.now(timezone.utc)
    context = Context(
        {
            "aws:SecureTransport": flag(call.secure),
            "aws:CurrentTime": now.isoformat(timespec="seconds"),
            "aws:EpochTime": str(int(now.timestamp())),
            "aws:RequestedRegion": call.region,
            "aws:PrincipalIsAWSService": flag(principal.kind == "service"),
            "aws:ViaAWSService": flag(False),
        }
    )
    context.set("aws:UserAgent", call.request.headers.get("User-Agent"))
    context.set("aws:Referer", call.request.headers.get("Referer"))
    # Which endpoint a call came through is known where the test says so.
    context.set("aws:SourceVpce", call.request.headers.get("X-Bulwark-Source-Vpce"))
    context.set("aws:SourceVpc", call.request.headers.get("X-Bulwark-Source-Vpc"))
    if principal.kind == "service":
        # Which resource the service acts for is known for services only.
        context.set("aws:PrincipalServiceName", principal.name)
        context.set("aws:PrincipalServiceNamesList", [principal.name])
        context.set("aws:SourceArn", call.request.headers.get("X-Bulwark-Source-Arn"))
        context.set("aws:SourceAccount", call.request.headers.get("X-Bulwark-Source-Account"))
    else:
        context.set("aws:SourceIp", _source_ip(call))
        set_principal(context, principal)
    return context


def set_principal(context: Context, principal: Principal) -> None:
    """The keys that tell who a caller is who is no service."""
    context.set("aws:PrincipalType", _PRINCIPAL_TYPES[principal.kind])
    if principal.kind == "anonymous":
        context.set("aws:userid", "anonymous")
        return
    context.set("aws:PrincipalArn", principal.arn)
    context.set("aws:PrincipalAccount", principal.account)
    context.set("aws:userid", principal.user_id)
    if principal.kind == "user":
        context.set("aws:username", principal.name)
    for name, value in principal.tags.items():
        context.set(f"aws:PrincipalTag/{name}", value)
    for name, value in principal.context.items():
        context.set(name, value)


def s3_context(call: Call, owner: str, fields: Mapping[str, str]) -> Context:
    """The global keys and those of S3; ``fields`` are the headers, or a form's fields."""
    context = global_context(call)
    context.set("aws:ResourceAccount", owner)
    context.set("s3:ResourceAccount", owner)
    context.set("s3:TlsVersion", call.tls_version or None)
    for name in _HEADERS:
        context.set(f"s3:{name}", fields.get(name))
    for name in ("prefix", "delimiter", "max-keys"):
        context.set(f"s3:{name}", call.request.args.get(name))
    context.set("s3:VersionId", call.request.args.get("versionId"))
    _set_object_lock(
        context,
        fields.get("x-amz-object-lock-mode"),
        fields.get("x-amz-object-lock-retain-until-date"),
        fields.get("x-amz-object-lock-legal-hold"),
    )
    set_request_tags(context, parse_qsl(fields.get("x-amz-tagging", ""), keep_blank_values=True))
    _set_authentication(context, call)
    return context


def set_request_tags(context: Context, tags: Iterable[tuple[str, str]]) -> None:
    pairs = list(tags)
    for name, value in pairs:
        context.set(f"s3:RequestObjectTag/{name}", value)
    context.set("s3:RequestObjectTagKeys", [name for name, _ in pairs])


def set_object_lock(context: Context, call: Call) -> None:
    """What the body of PutObjectRetention or PutObjectLegalHold asks for."""
    retention = call.params.get("Retention") or {}
    until = retention.get("RetainUntilDate")
    _set_object_lock(
        context,
        retention.get("Mode"),
        until.isoformat() if until else None,
        (call.params.get("LegalHold") or {}).get("Status"),
    )


def _set_object_lock(context: Context, mode: str | None, until: str | None, hold: str | None) -> None:
    """Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html"""
    context.set("s3:object-lock-mode", mode)
    context.set("s3:object-lock-retain-until-date", until)
    context.set("s3:object-lock-legal-hold", hold)
    try:
        end = datetime.fromisoformat((until or "").replace("Z", "+00:00"))
    except ValueError:
        return
    remaining = end.replace(tzinfo=end.tzinfo or timezone.utc) - datetime.now(timezone.utc)
    # A part of a day counts as a day.
    context.set("s3:object-lock-remaining-retention-days", str(-(-remaining // _DAY)))


def _set_authentication(context: Context, call: Call) -> None:
    arguments = call.request.args
    if call.principal.kind == "anonymous":
        return
    if call.name == "PostObject":
        context.set("s3:authType", "POST")
        context.set("s3:signatureversion", "AWS4-HMAC-SHA256")
    elif "X-Amz-Signature" in arguments:
        context.set("s3:authType", "REST-QUERY-STRING")
        context.set("s3:signatureversion", "AWS4-HMAC-SHA256")
        context.set("s3:x-amz-content-sha256", arguments.get("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"))
        context.set("s3:signatureAge", _signature_age(arguments.get("X-Amz-Date", "")))
    elif "Signature" in arguments:
        context.set("s3:authType", "REST-QUERY-STRING")
        context.set("s3:signatureversion", "AWS")
    elif "Authorization" in call.request.headers:
        context.set("s3:authType", "REST-HEADER")
        modern = call.request.headers["Authorization"].startswith("AWS4-")
        context.set("s3:signatureversion", "AWS4-HMAC-SHA256" if modern else "AWS")


def _signature_age(date: str) -> str | None:
    """Milliseconds since a pre-signed request was signed."""
    try:
        signed = datetime.strptime(date, "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)
    except ValueError:
        return None
    return str(int((datetime.now(timezone.utc) - signed).total_seconds() * 1000))


def _source_ip(call: Call) -> str | None:
    """The client's address as a proxy reports it, or the connection's."""
    forwarded = call.request.headers.get("X-Forwarded-For", "").split(",")[0].strip()
    return forwarded or call.request.remote_addr


def requested_tags(params: Mapping[str, Any]) -> dict[str, str | list[str]]:
    """The keys of the tags that a call sets or takes off, however its service spells them."""
    given = params.get("Tags") or params.get("tags") or {}
    rows = given.items() if isinstance(given, dict) else [_tag(row) for row in given if isinstance(row, dict)]
    values: dict[str, str | list[str]] = {f"aws:RequestTag/{key}": str(value) for key, value in rows}
    names = params.get("TagKeys") or params.get("tagKeys") or [key for key, _ in rows]
    return {**values, "aws:TagKeys": [str(name) for name in names]}


def _tag(row: Mapping[str, Any]) -> tuple[str, Any]:
    return row.get("Key") or row.get("key") or "", row.get("Value", row.get("value", ""))


def flag(value: bool) -> str:
    return "true" if value else "false"
