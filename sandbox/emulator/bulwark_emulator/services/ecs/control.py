"""The administrative paths of ECS, below /_bulwark/ecs/: outcomes, pace, credentials."""

from __future__ import annotations

import json
from typing import Any

from moto.core.request import Request

from ...answer import Answer, json_answer
from ...identity import ACCOUNT
from ...store import tables
from . import credentials, outcomes
from .scheduler import advance


def answer(request: Request, path: str) -> Answer:
    """Answers a request to /_bulwark/ecs/<path>."""
    what, _, name = path.partition("/")
    try:
        return _answer(request, what, name)
    except outcomes.BadOutcome as problem:
        return json_answer({"error": str(problem)}, 400)
    except credentials.NoCredentials as problem:
        return json_answer({"error": str(problem)}, problem.status)


def _answer(request: Request, what: str, name: str) -> Answer:
    if what == "outcomes" and not name:
        return _outcomes(request)
    if what == "pace" and not name and request.method in ("GET", "POST"):
        if request.method == "POST":
            outcomes.set_pace(ACCOUNT, _body(request))
        return json_answer({"seconds": outcomes.pace(ACCOUNT)})
    if what == "credentials" and name and request.method == "GET":
        for region in tables("ecs clock", ACCOUNT):
            advance(ACCOUNT, region, poll=False)
        return json_answer(credentials.of(ACCOUNT, name))
    paths = "GET, POST, DELETE ecs/outcomes, GET, POST ecs/pace, GET ecs/credentials/<task, or cluster/service>"
    return json_answer({"error": f"no {request.method} {request.path}; there is {paths}"}, 404)


def _outcomes(request: Request) -> Answer:
    if request.method == "POST":
        outcomes.plan(ACCOUNT, _body(request))
    elif request.method == "DELETE":
        outcomes.forget(ACCOUNT)
    return json_answer({"outcomes": outcomes.planned(ACCOUNT)})


def _body(request: Request) -> Any:
    try:
        return json.loads(request.get_data())
    except ValueError as problem:
        raise outcomes.BadOutcome(f"the body is not JSON: {problem}") from problem
