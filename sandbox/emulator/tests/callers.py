"""Callers for tests of permissions: users, roles and services, and S3 clients with headers of their own."""

from __future__ import annotations

import itertools
import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Callable, Iterator

import pytest
from botocore import UNSIGNED
from botocore.exceptions import ClientError

REGION = "eu-west-1"
ACCOUNT = "123456789012"

TRUST = {
    "Version": "2012-10-17",
    "Statement": {"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"},
}

_numbers = itertools.count(1)


def allow(actions: Any, resources: Any = "*", **elements: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": actions, "Resource": resources, **elements}


def deny(actions: Any, resources: Any = "*", **elements: Any) -> dict[str, Any]:
    return {"Effect": "Deny", "Action": actions, "Resource": resources, **elements}


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def refused(call: Callable[..., Any], **arguments: Any) -> str:
    """The message of an AccessDenied; fails when the call succeeds or fails otherwise."""
    with pytest.raises(ClientError) as error:
        call(**arguments)
    code = error.value.response["Error"]["Code"]
    # The answer to HEAD has no body.
    assert code in ("AccessDenied", "AccessDeniedException", "403"), error.value
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] in (400, 403)
    return str(error.value.response["Error"].get("Message", ""))


@contextmanager
def headers_of(made: Any, headers: dict[str, str]) -> Iterator[None]:
    """Headers on all that a client sends, for a while."""

    def add(request: Any, **_: Any) -> None:
        _set(request, headers)

    made.meta.events.register("before-sign", add)
    try:
        yield
    finally:
        made.meta.events.unregister("before-sign", add)


def code(call: Callable[..., Any], **arguments: Any) -> str:
    """The error code of a call that fails."""
    with pytest.raises(ClientError) as error:
        call(**arguments)
    return str(error.value.response["Error"]["Code"])


@dataclass
class Callers:
    """Makes callers; ``client`` is the fixture of the same name."""

    client: Callable[..., Any]

    def with_headers(self, headers: dict[str, str], region: str = REGION, **keys: Any) -> Any:
        made = self.client("s3", region=region, retries={"max_attempts": 0}, **keys)
        made.meta.events.register("before-sign.s3", lambda request, **_: _set(request, headers))
        return made

    def service(self, name: str, arn: str = "", account: str = "") -> Any:
        """S3 as a service calls it, for a resource of an account."""
        source = {"X-Bulwark-Source-Arn": arn, "X-Bulwark-Source-Account": account}
        headers = {key: value for key, value in source.items() if value}
        return self.with_headers({"X-Bulwark-Service-Principal": name, **headers})

    def anonymous(self, **headers: str) -> Any:
        made = self.client("s3", signature_version=UNSIGNED)
        if headers:
            made.meta.events.register("before-send.s3", lambda request, **_: _set(request, headers))
        return made

    def user(
        self, *statements: dict[str, Any], name: str = "", tags: dict[str, str] | None = None
    ) -> dict[str, str]:
        """The keys of a new user with an inline policy."""
        iam, name = self.client("iam"), name or f"user-{next(_numbers)}"
        iam.create_user(UserName=name, Tags=_tags(tags))
        if statements:
            iam.put_user_policy(UserName=name, PolicyName="inline", PolicyDocument=document(*statements))
        made = iam.create_access_key(UserName=name)["AccessKey"]
        return {"access_key": made["AccessKeyId"], "secret_key": made["SecretAccessKey"]}

    def role(
        self,
        *statements: dict[str, Any],
        name: str = "",
        tags: dict[str, str] | None = None,
        boundary: str = "",
        session: str = "",
    ) -> dict[str, str]:
        """The keys of a session named job of a new role."""
        iam, name = self.client("iam"), name or f"role-{next(_numbers)}"
        limits = {"PermissionsBoundary": boundary} if boundary else {}
        made = iam.create_role(
            RoleName=name, AssumeRolePolicyDocument=json.dumps(TRUST), Tags=_tags(tags), **limits
        )
        if statements:
            iam.put_role_policy(RoleName=name, PolicyName="inline", PolicyDocument=document(*statements))
        policy = {"Policy": session} if session else {}
        assumed = self.client("sts").assume_role(
            RoleArn=made["Role"]["Arn"], RoleSessionName="job", **policy
        )["Credentials"]
        return {
            "access_key": assumed["AccessKeyId"],
            "secret_key": assumed["SecretAccessKey"],
            "session_token": assumed["SessionToken"],
        }

    def policy(self, *statements: dict[str, Any]) -> str:
        """The ARN of a new managed policy."""
        name = f"policy-{next(_numbers)}"
        return str(
            self.client("iam").create_policy(PolicyName=name, PolicyDocument=document(*statements))["Policy"][
                "Arn"
            ]
        )

    def bucket(self, name: str, *statements: dict[str, Any]) -> Any:
        """A new bucket with a policy, and root's client."""
        s3 = self.client("s3")
        s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
        if statements:
            s3.put_bucket_policy(Bucket=name, Policy=document(*statements))
        return s3


def _set(request: Any, headers: dict[str, str]) -> None:
    for name, value in headers.items():
        request.headers[name] = value


def _tags(tags: dict[str, str] | None) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in (tags or {}).items()]
