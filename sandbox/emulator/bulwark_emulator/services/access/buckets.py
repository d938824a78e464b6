"""What moto knows about buckets and objects, read without a request."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket, FakeKey, FakeMultipart, s3_backends
from moto.s3control.models import s3control_backends

from ...policy import Document


def _already_checked(*_: Any) -> PermissionResult:
    return PermissionResult.PERMITTED


# moto evaluates bucket policies without their conditions, in this one function: a Deny of plain HTTP
# refuses every object call then, and its answers have no body. Here every call has been checked
# before moto sees it.
FakeBucket.get_permission = _already_checked  # type: ignore[method-assign,assignment]


def bucket_arn(name: str, partition: str = "aws") -> str:
    return f"arn:{partition}:s3:::{name}"


@dataclass(frozen=True)
class Bucket:
    """An existing bucket."""

    moto: FakeBucket

    @property
    def name(self) -> str:
        return str(self.moto.name)

    @property
    def owner(self) -> str:
        return str(self.moto.account_id)

    @property
    def region(self) -> str:
        return str(self.moto.region_name)

    @property
    def arn(self) -> str:
        return bucket_arn(self.name, self.moto.partition)

    @property
    def policy(self) -> Document | None:
        return Document.parse(self.moto.policy, resource_based=True) if self.moto.policy else None

    def blocks(self, setting: str) -> bool:
        """A Block Public Access setting (such as restrict_public_buckets), the stricter of bucket and account.

        Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
        """
        of_account = s3control_backends[self.owner][self.moto.partition].public_access_block
        return any(getattr(block, setting, False) for block in (self.moto.public_access_block, of_account))

    def object(self, key: str, version: str = "") -> FakeKey | None:
        """An object, None when there is none or a delete marker in its place."""
        versions = self.moto.keys.getlist(key, [])
        if version:
            versions = [row for row in versions if row.version_id == version]
        return versions[-1] if versions and isinstance(versions[-1], FakeKey) else None

    def tags(self, found: FakeKey) -> dict[str, str]:
        backend = s3_backends[self.owner][self.moto.partition]
        return backend.tagger.get_tag_dict_for_resource(found.arn)

    def upload(self, upload_id: str) -> FakeMultipart | None:
        return self.moto.multiparts.get(upload_id)

    def default_encryption(self) -> dict[str, Any]:
        """The default encryption rule, in the members of the API; empty when moto has none."""
        rules = (self.moto.encryption or {}).get("Rule") or {}
        return rules[0] if isinstance(rules, list) else rules


def find(name: str) -> Bucket | None:
    """The bucket of any account."""
    owner = s3_backends.bucket_accounts.get(name)
    if owner is None:
        return None
    partition, account = owner
    found = s3_backends[account][partition].buckets.get(name)
    return Bucket(found) if found is not None else None


def as_flag(value: Any) -> bool:
    """A flag that moto keeps as text, boolean or not at all."""
    return value is not None and json.loads(str(value).lower()) is True
