"""What an S3 call demands: actions on resources, each in its context."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Iterator, Mapping
from urllib.parse import parse_qs, unquote, urlsplit

from ...policy import Context
from ...route import Call
from .actions import action
from .buckets import Bucket, bucket_arn, find
from .context import s3_context, set_object_lock, set_request_tags

_WRITES = ("CopyObject", "CreateMultipartUpload", "PostObject", "PutObject")
_PARTS = ("CompleteMultipartUpload", "UploadPart", "UploadPartCopy")

# The tags of the object are no condition for these actions.
# Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/tagging-and-policies.html
_BLIND_TO_TAGS = ("s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion")

# ACLs that give nothing away. Services deliver with bucket-owner-full-control although the policies
# that AWS documents for them allow s3:PutObject alone.
# Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html
_HARMLESS_ACLS = ("", "private", "bucket-owner-full-control")


@dataclass(frozen=True)
class Demand:
    """An action on a resource. ``bucket`` is None for those that need no bucket."""

    action: str
    resource: str
    context: Context
    bucket: Bucket | None = None


@dataclass(frozen=True)
class Source:
    """The object that a copy reads."""

    bucket: Bucket
    key: str
    version: str


class S3Call:
    """A call with what S3 reads out of it: bucket, key, version, and the fields of headers or form."""

    def __init__(self, call: Call) -> None:
        self.call = call
        path = call.request.path.lstrip("/").partition("/")
        self.bucket_name = str(call.uri_params.get("Bucket", path[0]))
        self.key = str(call.uri_params.get("Key", path[2]))
        self.version = call.request.args.get("versionId", "")
        self.fields: Any = call.request.headers
        if call.name == "PostObject":
            self.fields = _Form(call)
            self.key = self.fields.get("key", "")

    @cached_property
    def bucket(self) -> Bucket | None:
        return find(self.bucket_name)

    @property
    def owner(self) -> str:
        return self.bucket.owner if self.bucket else self.call.principal.account

    @cached_property
    def source(self) -> Source | None:
        """The source of a copy, None when there is none or its bucket is missing."""
        header = self.call.request.headers.get("x-amz-copy-source", "")
        path, _, query = header.partition("?")
        name, _, key = unquote(path).lstrip("/").partition("/")
        bucket = find(name) if key else None
        version = parse_qs(urlsplit("?" + query).query).get("versionId", [""])[0]
        return Source(bucket, key, version) if bucket else None

    def demands(self) -> Iterator[Demand]:
        """Everything that the call has to be allowed, but the deletions of DeleteObjects."""
        name = self.call.name
        if name == "ListBuckets":
            yield Demand("s3:ListAllMyBuckets", bucket_arn("*"), self._context())
        elif name == "CreateBucket":
            yield from self._creation()
        elif self.bucket and name != "DeleteObjects":
            yield self._main()
            yield from self._further()

    def deletion(self, key: str, version: str) -> list[Demand]:
        """What the deletion of one object of DeleteObjects demands."""
        context = self._context()
        context.set("s3:VersionId", version or None)
        return [
            self.on_object(name, key, context) for name in (action("DeleteObject", version), *self._bypass())
        ]

    def listing(self, bucket: Bucket) -> Demand:
        return Demand("s3:ListBucket", bucket.arn, self._context({}, bucket.owner), bucket)

    def on_object(self, name: str, key: str, context: Context) -> Demand:
        assert self.bucket is not None
        return Demand(name, f"{self.bucket.arn}/{key}", context, self.bucket)

    def _context(self, fields: Mapping[str, str] | None = None, owner: str = "") -> Context:
        return s3_context(self.call, owner or self.owner, self.fields if fields is None else fields)

    def _main(self) -> Demand:
        assert self.bucket is not None
        name, context = action(self.call.name, self.version), self._context()
        if self.call.name in ("PutObjectRetention", "PutObjectLegalHold"):
            set_object_lock(context, self.call)
        if self.call.name == "PutObjectTagging":
            rows = (self.call.params.get("Tagging") or {}).get("TagSet") or []
            set_request_tags(context, ((row["Key"], row["Value"]) for row in rows))
        if self.call.name in _PARTS:
            self._set_encryption_of_upload(context)
        if not self.key:
            return Demand(name, self.bucket.arn, context, self.bucket)
        if name not in _BLIND_TO_TAGS:
            _set_existing_tags(context, self.bucket, self.key, self.version)
        return self.on_object(name, self.key, context)

    def _set_encryption_of_upload(self, context: Context) -> None:
        """Parts have no encryption headers of their own: those of the upload stand for them."""
        upload = self.bucket.upload(self.call.request.args.get("uploadId", "")) if self.bucket else None
        for name, value in getattr(upload, "asked_for", {}).items():
            context.set(f"s3:{name}", value)

    def _further(self) -> Iterator[Demand]:
        """Actions that headers ask for besides, and the reading of a copy's source.

        Sources: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html and
        https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
        """
        names = list(self._bypass())
        if self.call.name == "GetObjectAttributes":
            names.append(action("GetObject", self.version))
        if self.call.name in _WRITES:
            names += self._write_actions()
        for name in names:
            context = self._context()
            if name.startswith("s3:GetObject") and self.bucket:
                _set_existing_tags(context, self.bucket, self.key, self.version)
            yield self.on_object(name, self.key, context)
        if self.source:
            yield from self._reading(self.source)

    def _bypass(self) -> Iterator[str]:
        if self.fields.get("x-amz-bypass-governance-retention", "").lower() == "true":
            yield "s3:BypassGovernanceRetention"

    def _write_actions(self) -> Iterator[str]:
        if _gives_acl(self.fields):
            yield "s3:PutObjectAcl"
        if self.fields.get("x-amz-tagging") or self._copies_tags():
            yield "s3:PutObjectTagging"
        if self.fields.get("x-amz-object-lock-mode") or self.fields.get(
            "x-amz-object-lock-retain-until-date"
        ):
            yield "s3:PutObjectRetention"
        if self.fields.get("x-amz-object-lock-legal-hold"):
            yield "s3:PutObjectLegalHold"

    def _copies_tags(self) -> bool:
        if not self.source or self.call.name != "CopyObject":
            return False
        if self.fields.get("x-amz-tagging-directive", "COPY").upper() == "REPLACE":
            return False
        found = self.source.bucket.object(self.source.key, self.source.version)
        return bool(found and self.source.bucket.tags(found))

    def _reading(self, source: Source) -> Iterator[Demand]:
        # The headers of the call are conditions on what it writes.
        context = self._context({}, source.bucket.owner)
        context.set("s3:VersionId", source.version or None)
        _set_existing_tags(context, source.bucket, source.key, source.version)
        resource = f"{source.bucket.arn}/{source.key}"
        yield Demand(action("GetObject", source.version), resource, context, source.bucket)
        if self._copies_tags():
            yield Demand(action("GetObjectTagging", source.version), resource, context, source.bucket)

    def _creation(self) -> Iterator[Demand]:
        """Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html"""
        context = self._context()
        configuration = self.call.params.get("CreateBucketConfiguration") or {}
        context.set("s3:LocationConstraint", configuration.get("LocationConstraint"))
        names = ["s3:CreateBucket"]
        if _gives_acl(self.fields):
            names.append("s3:PutBucketAcl")
        if self.fields.get("x-amz-bucket-object-lock-enabled", "").lower() == "true":
            names += ["s3:PutBucketObjectLockConfiguration", "s3:PutBucketVersioning"]
        if self.fields.get("x-amz-object-ownership"):
            names.append("s3:PutBucketOwnershipControls")
        for name in names:
            yield Demand(name, bucket_arn(self.bucket_name), context)


class _Form(dict[str, str]):
    """The fields of a browser's upload, without case."""

    def __init__(self, call: Call) -> None:
        super().__init__({name.lower(): value for name, value in call.request.form.items()})
        if "acl" in self:
            self["x-amz-acl"] = self["acl"]

    def get(self, key: str, default: Any = None) -> Any:
        return super().get(key.lower(), default)


def _gives_acl(fields: Mapping[str, str]) -> bool:
    grants = ("full-control", "read", "read-acp", "write", "write-acp")
    return fields.get("x-amz-acl", "") not in _HARMLESS_ACLS or any(
        fields.get(f"x-amz-grant-{grant}") for grant in grants
    )


def _set_existing_tags(context: Context, bucket: Bucket, key: str, version: str) -> None:
    found = bucket.object(key, version)
    for name, value in (bucket.tags(found) if found else {}).items():
        context.set(f"s3:ExistingObjectTag/{name}", value)
