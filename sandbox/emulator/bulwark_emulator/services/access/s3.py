"""The authorization of S3 calls.

Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-s3-evaluates-access-control.html.
ACLs grant nothing here, as on every bucket with the default Object Ownership (bucket owner enforced,
https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html).
"""

from __future__ import annotations

import io
from typing import Any
from xml.etree import ElementTree

from moto.moto_server.werkzeug_app import BackendRequest

from ...answer import Answer, decode, encode
from ...errors import AwsError
from ...identity import Principal, identify
from ...policy import Document, Request, evaluate, is_public
from ...route import Call
from . import encryption
from .buckets import Bucket
from .demands import Demand, S3Call
from .denial import access_denied

# A browser asks without credentials whether it may ask.
_PREFLIGHTS = ("BucketCORSPreflightCheck", "ObjectCORSPreflightCheck")

# What the owner's root may do whatever the policy says, so that a bucket cannot be lost.
# Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html
_RESCUES = ("GetBucketPolicy", "PutBucketPolicy", "DeleteBucketPolicy")


def authorize(call: Call) -> None:
    if call.name in _PREFLIGHTS:
        return
    request = S3Call(call)
    if call.name == "PostObject":
        call.principal = _signer_of_form(request)
    for demand in request.demands():
        if not _is_rescue(request, demand):
            check(call.principal, demand)
    _hide_missing_objects(request)
    encryption.authorize(request)
    if call.name == "DeleteObjects" and request.bucket:
        _withhold_denied_objects(request)
    if call.name == "CreateMultipartUpload" and request.bucket:
        _remember_encryption(request, request.bucket)


def check(principal: Principal, demand: Demand) -> None:
    """Raises AccessDenied when the principal may not do what is demanded."""
    bucket = demand.bucket
    owner = bucket.owner if bucket else principal.account
    policy = bucket.policy if bucket else None
    request = Request(principal, demand.action, demand.resource, demand.context)
    decision = evaluate(request, policy, owner)
    if not decision.allowed:
        raise access_denied(principal, demand.action, demand.resource, decision.reason(demand.action), owner)
    if bucket and policy and _is_restricted(principal, bucket, policy):
        raise AwsError("AccessDenied", "Access Denied", 403)


def _is_restricted(principal: Principal, bucket: Bucket, policy: Document) -> bool:
    """RestrictPublicBuckets leaves a bucket with a public policy to its own account and to services.

    Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
    """
    if principal.kind == "service" or (principal.kind != "anonymous" and principal.account == bucket.owner):
        return False
    return bucket.blocks("restrict_public_buckets") and is_public(policy)


def _is_rescue(request: S3Call, demand: Demand) -> bool:
    principal = request.call.principal
    return (
        request.call.name in _RESCUES
        and principal.kind == "root"
        and demand.bucket is not None
        and principal.account == demand.bucket.owner
    )


def _signer_of_form(request: S3Call) -> Principal:
    """The caller of a browser's upload, whose credentials are fields of the form.

    Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html
    """
    credential = request.fields.get("x-amz-credential", "").partition("/")[0]
    return identify(request.call.request, credential or request.fields.get("awsaccesskeyid", ""))


def _hide_missing_objects(request: S3Call) -> None:
    """Who may not list a bucket is not told that an object is missing.

    Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
    """
    read: list[tuple[Bucket, str, str]] = []
    if request.source:
        read.append((request.source.bucket, request.source.key, request.source.version))
    if request.bucket and request.call.name in ("GetObject", "HeadObject", "GetObjectAttributes"):
        read.append((request.bucket, request.key, request.version))
    for bucket, key, version in read:
        if not version and bucket.object(key) is None:
            check(request.call.principal, request.listing(bucket))


def _withhold_denied_objects(request: S3Call) -> None:
    """DeleteObjects is checked object by object: the denied ones become errors of the answer.

    Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
    """
    call = request.call
    delete: dict[str, Any] = call.params.get("Delete") or {}
    kept, errors = [], []
    for row in delete.get("Objects") or []:
        try:
            for demand in request.deletion(row["Key"], row.get("VersionId", "")):
                check(call.principal, demand)
            kept.append(row)
        except AwsError as error:
            errors.append({**row, "Code": error.code, "Message": error.message})
    if not errors:
        return
    forward = call.forwarder
    assert forward is not None

    def forward_kept(call: Call, headers: dict[str, str]) -> Answer:
        if not kept:
            return encode(call, {"Errors": errors})
        answer = forward(call, headers)
        result = decode(call, answer)
        result["Errors"] = [*result.get("Errors", []), *errors]
        return encode(call, result)

    call.forwarder = forward_kept
    _replace_body(call, _delete_document(kept, delete.get("Quiet", False)))


def _delete_document(rows: list[dict[str, Any]], quiet: bool) -> bytes:
    root = ElementTree.Element("Delete", xmlns="http://s3.amazonaws.com/doc/2006-03-01/")
    for row in rows:
        element = ElementTree.SubElement(root, "Object")
        for name in ("Key", "VersionId"):
            if row.get(name):
                ElementTree.SubElement(element, name).text = row[name]
    if quiet:
        ElementTree.SubElement(root, "Quiet").text = "true"
    return bytes(ElementTree.tostring(root, "utf-8"))


def _replace_body(call: Call, body: bytes) -> None:
    environ = {k: v for k, v in call.request.environ.items() if not k.startswith("werkzeug.request")}
    environ.update({"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))})
    call.request = BackendRequest(environ)
    call.__dict__.pop("params", None)


def _remember_encryption(request: S3Call, bucket: Bucket) -> None:
    """Parts are checked by the encryption that their upload asked for, which moto mixes with the default."""
    forward, known = request.call.forwarder, set(bucket.moto.multiparts)
    assert forward is not None

    def forward_and_remember(call: Call, headers: dict[str, str]) -> Answer:
        answer = forward(call, headers)
        for upload_id in set(bucket.moto.multiparts) - known:
            vars(bucket.moto.multiparts[upload_id])["asked_for"] = encryption.asked_for(request.fields)
        return answer

    request.call.forwarder = forward_and_remember
