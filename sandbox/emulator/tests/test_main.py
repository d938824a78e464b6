"""The process: what it prints, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any, Iterator

import pytest

HOME = Path(__file__).parent.parent


def start(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bulwark_emulator", *arguments],
        cwd=HOME,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


@pytest.fixture
def running() -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    # A variable of moto's must not change what the emulator is.
    process = start("--port", "0", MOTO_IAM_LOAD_MANAGED_POLICIES="false")
    assert process.stdout is not None
    try:
        yield process, json.loads(process.stdout.readline())
    finally:
        process.kill()
        process.communicate(timeout=60)


def test_one_line_says_where_it_is(running):
    process, line = running
    assert line["pid"] == process.pid and line["endpoint"].startswith("http://127.0.0.1:")
    with urllib.request.urlopen(f"{line['endpoint']}/_bulwark/health", timeout=30) as answer:
        assert json.load(answer)["instance"] == line["instance"]


def test_the_environment_does_not_change_it(running):
    _, line = running
    import boto3

    iam = boto3.client(
        "iam", "us-east-1", endpoint_url=line["endpoint"], aws_access_key_id="a", aws_secret_access_key="b"
    )
    assert iam.get_policy(PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess")["Policy"]["IsAttachable"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signals_end_it_well(running, number):
    process, _ = running
    process.send_signal(number)
    assert ended(process)[0] == 0


def test_a_port_that_is_taken():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        status, out, err = ended(start("--port", str(port)))
    assert status == 98 and out == ""
    assert err.splitlines() == [f"bulwark_emulator: cannot listen on 127.0.0.1:{port}: Address already in use"]


@pytest.mark.parametrize("port", ["65536", "-1", "http"])
def test_what_is_no_port(port):
    status, _, err = ended(start(f"--port={port}"))
    assert status == 2 and "--port" in err
