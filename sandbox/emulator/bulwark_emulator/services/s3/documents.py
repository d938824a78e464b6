"""Documents that S3 keeps of a bucket and gives back as they came: the one mechanism for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable

from ...errors import AwsError
from ...registry import operation
from ...route import Call
from .bucket import bucket_of, documents
from .schema import document_of


@dataclass(frozen=True)
class Document:
    """A kind of document.

    Its operations are Put<name>, Get<name> and, if it can be deleted, ``delete``. ``member`` of the put
    operation has it; the get operation answers with the same member if ``wrapped``, otherwise with the
    document's own members. ``check`` refuses what AWS refuses and fills in what AWS fills in.
    A bucket without one answers with the error ``missing`` (code and message), or with ``default``.
    """

    name: str
    member: str
    check: Callable[[Call, Any], None] | None = None
    wrapped: bool = False
    delete: str = ""
    missing: tuple[str, str] | None = None
    default: Callable[[], dict[str, Any]] = dict


def keep(kind: Document) -> None:
    """Registers the operations of a kind of document."""

    def put(call: Call) -> None:
        document = document_of(call, kind.member)
        if kind.check:
            kind.check(call, document)
        documents(call.uri_params["Bucket"])[kind.name] = document

    def get(call: Call) -> dict[str, Any]:
        document = kept(call, kind)
        return {kind.member: document} if kind.wrapped else document

    def delete(call: Call) -> None:
        documents(call.uri_params["Bucket"]).pop(kind.name, None)

    operation("s3", f"Put{kind.name}")(put)
    operation("s3", f"Get{kind.name}")(get)
    if kind.delete:
        operation("s3", kind.delete)(delete)


def kept(call: Call, kind: Document) -> dict[str, Any]:
    """The document of the call's bucket, the default, or the error."""
    bucket = bucket_of(call)
    document = documents(bucket.name).get(kind.name)
    if document is not None:
        return document
    if kind.missing:
        code, message = kind.missing
        raise AwsError(code, message, 404, BucketName=bucket.name)
    return kind.default()
