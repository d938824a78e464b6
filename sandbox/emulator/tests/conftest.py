"""The emulator in this process, boto3 clients of it, and an empty world for every test."""

from __future__ import annotations

import json
import socket
import threading
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Callable, Iterator
from urllib.parse import urlencode

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from pytest import ExceptionInfo

from bulwark_emulator import __main__ as process

REGION = "eu-west-1"
ACCOUNT = "123456789012"

# moto reads its settings when it is imported, and a test module may import it.
process.configure()


@dataclass
class Admin:
    """A client of the administrative paths."""

    endpoint: str

    def get(self, path: str, **query: str) -> Any:
        return self.call("GET", path, query=query)[1]

    def post(self, path: str, body: Any = None) -> Any:
        return self.call("POST", path, body)[1]

    def delete(self, path: str, **query: str) -> Any:
        return self.call("DELETE", path, query=query)[1]

    def call(
        self, method: str, path: str, body: Any = None, query: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        """Status and answer of a request to /_bulwark/<path>; a body that is not bytes is sent as JSON."""
        url = f"{self.endpoint}/_bulwark/{path}" + (f"?{urlencode(query)}" if query else "")
        data = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(url, data, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def calls(self, service: str = "", operation: str = "") -> list[dict[str, Any]]:
        return self.get("calls", service=service, operation=operation)["calls"]

    def fault(self, service: str, operation: str, **rule: Any) -> str:
        return self.post("faults", {"service": service, "operation": operation, **rule})["id"]


@dataclass
class Emulator:
    """A running emulator."""

    endpoint: str
    admin: Admin
    port: int
    clients: dict[Any, Any] = field(default_factory=dict)

    def client(
        self, service: str, region: str = REGION, access_key: str = "test", secret_key: str = "test",
        session_token: str | None = None, **config: Any,
    ) -> Any:
        """A boto3 client without retries; ``config`` goes into botocore's Config."""
        key = (service, region, access_key, session_token)
        if not config and key in self.clients:
            return self.clients[key]
        made = boto3.client(
            service,
            region_name=region,
            endpoint_url=self.endpoint,
            aws_access_key_id=access_key,
            aws_secret_access_key=secret_key,
            aws_session_token=session_token,
            config=self._config(service, config),
        )
        if not config:
            self.clients[key] = made
        return made

    def _config(self, service: str, config: dict[str, Any]) -> Config:
        options: dict[str, Any] = {"retries": {"max_attempts": 0}, **config}
        if service == "s3":
            options.setdefault("s3", {"addressing_style": "path"})
        if service == "s3control":
            # S3 Control puts the account before the host name, which no name server knows: ask the
            # emulator as a proxy.
            options.setdefault("proxies", {"http": self.endpoint})
        return Config(**options)


@pytest.fixture(scope="session")
def emulator() -> Iterator[Emulator]:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.bind((process.HOST, 0))
    listener.listen(128)
    port = listener.getsockname()[1]
    server, _ = process.server(listener, port)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    endpoint = f"http://{process.HOST}:{port}"
    yield Emulator(endpoint, Admin(endpoint), port)
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def client(emulator: Emulator) -> Callable[..., Any]:
    """client(service, region=..., access_key=..., secret_key=..., session_token=..., **config)"""
    return emulator.client


@pytest.fixture
def new_bucket(client: Callable[..., Any]) -> Callable[..., str]:
    """new_bucket(name, region=..., versions=False): a bucket of that name, which it gives back"""

    def create(name: str, region: str = REGION, versions: bool = False) -> str:
        s3 = client("s3", region)
        s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": region})
        if versions:
            s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
        return name

    return create


@pytest.fixture
def admin(emulator: Emulator) -> Admin:
    return emulator.admin


@contextmanager
def refused(code: str, status: int | None = None) -> Iterator[ExceptionInfo[ClientError]]:
    """Expects AWS's error of that code, and of that HTTP status if one is given."""
    with pytest.raises(ClientError) as caught:
        yield caught
    assert caught.value.response["Error"]["Code"] == code
    assert status in (None, caught.value.response["ResponseMetadata"]["HTTPStatusCode"])


@pytest.fixture(autouse=True)
def empty_world(emulator: Emulator) -> None:
    emulator.admin.post("reset")
