"""The administrative paths under /_bulwark/: health, reset, calls, faults, unemulated, violations, ecs.

JSON in and out."""

from __future__ import annotations

import json
import uuid
from importlib.metadata import version
from typing import Callable

from moto.core.request import Request
from moto.moto_api._internal.models import moto_api_backend

from . import store
from .answer import Answer, json_answer
from .calls import Calls
from .faults import BadRule, Faults
from .identity import ACCOUNT
from .services.access import databases
from .services.ecs import control as ecs

PREFIX = "/_bulwark/"


class Admin:
    """State that belongs to no service, and the requests that read and change it."""

    def __init__(self) -> None:
        self.instance = str(uuid.uuid4())
        self.calls = Calls()
        self.faults = Faults()

    def reset(self) -> None:
        """Empties the world: moto, the layer's own tables, calls, faults. It is a new instance then."""
        moto_api_backend.reset()
        store.clear()
        self.calls.reset()
        self.faults.clear()
        self.instance = str(uuid.uuid4())

    def answer(self, request: Request) -> Answer:
        resource, _, name = request.path[len(PREFIX) :].strip("/").partition("/")
        if resource == "ecs":
            return ecs.answer(request, name)
        actions: dict[tuple[str, str], Callable[[], Answer]] = {
            ("GET", "health"): self._health,
            ("POST", "reset"): self._reset,
            ("GET", "calls"): lambda: self._get_calls(request),
            ("DELETE", "calls"): lambda: self._delete_calls(request),
            ("GET", "faults"): lambda: json_answer({"faults": self.faults.list()}),
            ("POST", "faults"): lambda: self._add_fault(request),
            ("DELETE", "faults"): lambda: self._delete_faults(name),
            ("GET", "unemulated"): lambda: json_answer({"unemulated": self.calls.unemulated()}),
            ("GET", "violations"): lambda: json_answer({"violations": self.calls.refused()}),
            ("DELETE", "violations"): self._forget_violations,
            ("POST", "rds/connect"): lambda: self._connect(request),
        }
        action = actions.get((request.method, f"{resource}/{name}")) or actions.get((request.method, resource))
        if action is None:
            known = ", ".join(f"{method} {PREFIX}{path}" for method, path in actions)
            return _error(404, f"no {request.method} {request.path}; there is {known}")
        return action()

    def _health(self) -> Answer:
        return json_answer(
            {"status": "ok", "instance": self.instance, "moto": version("moto"), "account": ACCOUNT}
        )

    def _reset(self) -> Answer:
        self.reset()
        return json_answer({"status": "ok", "instance": self.instance})

    def _get_calls(self, request: Request) -> Answer:
        service, operation = request.args.get("service", ""), request.args.get("operation", "")
        return json_answer({"calls": self.calls.select(service, operation)})

    def _delete_calls(self, request: Request) -> Answer:
        self.calls.remove(request.args.get("service", ""), request.args.get("operation", ""))
        return json_answer({"status": "ok"})

    def _forget_violations(self) -> Answer:
        self.calls.forget_refused()
        return json_answer({"status": "ok"})

    def _connect(self, request: Request) -> Answer:
        """A login to a database with IAM: {"token": "host:5432/?Action=connect&…", "user": "app", "tls": true}."""
        try:
            asked = json.loads(request.get_data())
            token, user = str(asked["token"]), str(asked.get("user", ""))
        except (ValueError, TypeError, KeyError, AttributeError):
            return _error(400, 'the body is a JSON object with a token, and may have a user and "tls": false')
        return json_answer(databases.connect(request, token, user, asked.get("tls", True) is not False))

    def _add_fault(self, request: Request) -> Answer:
        try:
            return json_answer({"id": self.faults.add(json.loads(request.get_data()))})
        except BadRule as problem:
            return _error(400, str(problem))
        except ValueError as problem:
            return _error(400, f"the body is not JSON: {problem}")

    def _delete_faults(self, fault_id: str) -> Answer:
        if not fault_id:
            self.faults.clear()
        elif not self.faults.remove(fault_id):
            return _error(404, f"no fault {fault_id!r}: it was deleted or is used up")
        return json_answer({"status": "ok"})


def _error(status: int, message: str) -> Answer:
    return json_answer({"error": message}, status)
