"""The WSGI application in front of moto: record, faults, models, permissions, the layer's handlers, then moto."""

from __future__ import annotations

import io
import socket
import threading
import time
import traceback
import warnings
from contextlib import nullcontext
from typing import Any, Iterable
from urllib.parse import urlsplit

from moto.core.exceptions import ServiceException
from moto.moto_server.werkzeug_app import (
    BackendRequest,
    DomainDispatcherApplication,
    create_backend_app,
)
from werkzeug.http import HTTP_STATUS_CODES
from werkzeug.test import run_wsgi_app

from . import model, services  # noqa: F401  services registers the handlers
from .admin import PREFIX, Admin
from .answer import Answer, ErrorAnswer, encode, json_answer
from .errors import AwsError, NotEmulated
from .faults import Fault
from .registry import after_of, before_of, handler_for, reads_of
from .route import Call
from .services import access

# moto warns of every error code that a service's model does not list, as many of AWS's own are.
warnings.filterwarnings("ignore", module=r"moto\.")

# moto's backends are not made for threads: one call at a time, but for those that wait or call back.
_UNLOCKED = {("sqs", "ReceiveMessage"), ("lambda", "Invoke"), ("stepfunctions", "StartSyncExecution")}
_MISSING = "action has not been implemented"
# How moto's web framework begins the page that says that no route fits.
_UNROUTED = b"<!doctype html>"


class _NoBackend(Exception):
    """moto does not have the service at all."""


class _Moto(DomainDispatcherApplication):
    def get_backend_for_host(self, host: str | None) -> Any:
        known = not host or "amazonaws.com" not in host
        if known or any(pattern.match(f"http://{host}") for _, pattern in self.backend_url_patterns):
            return super().get_backend_for_host(host)
        raise _NoBackend(host)


class Application:
    """Answers the administrative paths and every AWS call."""

    def __init__(self) -> None:
        self.admin = Admin()
        self._moto = _Moto(create_backend_app)
        self._lock = threading.RLock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        _localise(environ)
        request = BackendRequest(environ)
        if request.path.startswith(PREFIX):
            with self._lock:
                answer = self.admin.answer(request)
        elif request.path == "/moto-api/reset" and request.method == "POST":
            with self._lock:
                self.admin.reset()
            answer = Answer(200, [("Content-Type", "application/json")], b'{"status": "ok"}')
        elif request.path.startswith(("/moto-api", "/latest/")):
            return self._moto(environ, start_response)
        else:
            answer = self._answer_call(request)
        if not answer.header("Content-Length") and answer.status not in (204, 304):
            answer.headers.append(("Content-Length", str(len(answer.body))))
        start_response(f"{answer.status} {HTTP_STATUS_CODES.get(answer.status, 'Unknown')}", answer.headers)
        return [answer.body]

    def _answer_call(self, request: BackendRequest) -> Answer:
        # The body is read before anything else, so that it can be given to moto again.
        body = request.get_data(cache=True, parse_form_data=False)
        request.environ["wsgi.input"] = io.BytesIO(body)
        request.environ["CONTENT_LENGTH"] = str(len(body))
        request.environ.pop("HTTP_TRANSFER_ENCODING", None)
        try:
            with self._lock:
                call = Call(request)
        except Exception as error:
            return json_answer({"__type": "InternalFailure", "message": _defect("reading the request", error)}, 500)
        call.forwarder = self._forward
        fault = self.admin.faults.take(call.service, call.name)
        answer = self._inject(call, fault) if fault else None
        if answer is None:
            lock = nullcontext() if (call.service, call.name) in _UNLOCKED else self._lock
            with lock:
                answer = self._handle(call)
                for change in after_of(call.service):
                    change(call, answer)
        self._record(call, answer.status)
        return answer

    def _handle(self, call: Call) -> Answer:
        try:
            if call.operation is None:
                raise NotEmulated(call.service, call.name)
            for read in reads_of(call.service):
                read(call)
            model.check(call)
            for check in before_of(call.service):
                check(call)
            access.judge(call)
            handler = handler_for(call.service, call.name)
            result = handler(call) if handler else call.forward()
            return result if isinstance(result, Answer) else encode(call, result)
        except ErrorAnswer as error:
            return error.answer
        except model.Refused as error:
            self.admin.calls.add_refused(call.service, call.name, call.region, error)
            return encode(call, error)
        except NotEmulated as error:
            self.admin.calls.add_unemulated(error.service, error.operation)
            return encode(call, error)
        except ServiceException as error:  # the layer's, or one of moto's backends that a handler uses
            return encode(call, error)
        except Exception as error:  # a defect of the layer or of moto: said to the client, detailed on stderr
            message = _defect(f"{call.service}:{call.name}", error)
            return encode(call, AwsError("InternalFailure", message, 500))

    def _forward(self, call: Call, headers: dict[str, str]) -> Answer:
        environ = dict(call.request.environ)
        environ.update({f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()})
        body = call.request.get_data(cache=True)
        environ["wsgi.input"] = io.BytesIO(body)
        for key in [key for key in environ if key.startswith("werkzeug.request")]:
            del environ[key]
        try:
            parts, status, headers = run_wsgi_app(self._moto, environ, buffered=True)
        except _NoBackend as error:
            raise NotEmulated(call.service, call.name) from error
        except NotImplementedError as error:
            if _MISSING in str(error):
                raise NotEmulated(call.service, call.name) from error
            raise
        answer = Answer(int(status.split()[0]), list(headers), b"".join(parts))
        if answer.status in (404, 405) and answer.body.startswith(_UNROUTED):
            raise NotEmulated(call.service, call.name)
        return answer

    def _inject(self, call: Call, fault: Fault) -> Answer | None:
        if fault.drop:
            self._record(call, 0)
            _drop(call.request.environ)
        if fault.delay_ms:
            time.sleep(fault.delay_ms / 1000)
            return None
        error = fault.error or {}
        message = error.get("message") or f"injected fault {fault.id}"
        return encode(call, AwsError(error["code"], message, error.get("status", 400)))

    def _record(self, call: Call, status: int) -> None:
        self.admin.calls.add(
            service=call.service,
            operation=call.name,
            region=call.region,
            principal=str(call.principal),
            status=status,
            secure=call.secure,
        )


def _defect(what: str, error: Exception) -> str:
    """The message of an error that nobody foresaw; its origin goes to stderr."""
    traceback.print_exception(error)
    return f"the emulator failed in {what}: {type(error).__name__}: {error}"


def _localise(environ: dict[str, Any]) -> None:
    """Takes S3 Control's account out of the host (<account>.127.0.0.1, reached as through a proxy)."""
    host = environ.get("HTTP_HOST", "")
    label, _, rest = host.partition(".")
    if label.isdigit() and len(label) == 12:
        environ["HTTP_HOST"] = rest
        environ.setdefault("HTTP_X_AMZ_ACCOUNT_ID", label)
        raw = environ.get("RAW_URI", "")
        if raw.startswith("http"):
            parts = urlsplit(raw)
            environ["RAW_URI"] = parts.path + (f"?{parts.query}" if parts.query else "")


def _drop(environ: dict[str, Any]) -> None:
    """Closes the connection without an answer, as a broken network does."""
    connection = environ.get("werkzeug.socket")
    if connection is not None:
        connection.shutdown(socket.SHUT_RDWR)
    raise ConnectionResetError("dropped by a fault rule")
