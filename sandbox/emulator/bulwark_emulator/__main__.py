"""``python -m bulwark_emulator --port N``: serves AWS on 127.0.0.1.

Prints one JSON line (endpoint, instance, pid) when it is ready. A taken port ends it with status 98
and one line on stderr, SIGTERM and SIGINT with status 0.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import signal
import socket
import sys
from typing import Any

HOST = "127.0.0.1"
PORT_TAKEN = 98

# How moto behaves: managed policies as AWS has them, certificates that validate at once,
# CORS answers that come from the bucket's own rules.
MOTO_SETTINGS = {
    "MOTO_IAM_LOAD_MANAGED_POLICIES": "true",
    "MOTO_ACM_VALIDATION_WAIT": "1",
    "MOTO_DISABLE_GLOBAL_CORS": "true",
}


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bulwark_emulator", description="Bulwark's embedded AWS")
    parser.add_argument("--port", type=_port, default=0, help="port on 127.0.0.1, 0 (default) for a free one")
    arguments = parser.parse_args(argv)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: os._exit(0))
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, arguments.port))
        listener.listen(128)
    except OSError as error:
        print(f"bulwark_emulator: cannot listen on {HOST}:{arguments.port}: {error.strerror}", file=sys.stderr)
        return PORT_TAKEN if error.errno == errno.EADDRINUSE else 1
    port = listener.getsockname()[1]
    configure()
    serving, instance = server(listener, port)
    print(json.dumps({"endpoint": f"http://{HOST}:{port}", "instance": instance, "pid": os.getpid()}), flush=True)
    serving.serve_forever()
    return 0


def configure() -> None:
    """Sets how moto behaves, whatever the environment says. moto reads it when it is imported."""
    for name in [name for name in os.environ if name.startswith("MOTO_")]:
        del os.environ[name]
    os.environ.update(MOTO_SETTINGS)


def server(listener: socket.socket, port: int) -> tuple[Any, str]:
    """The server on the bound socket, and the instance's name."""
    os.environ["MOTO_PORT"] = str(port)

    from moto.moto_server.werkzeug_app import MotoRequestHandler
    from werkzeug.serving import make_server

    from .app import Application

    class Handler(MotoRequestHandler):
        disable_nagle_algorithm = True
        # Headers and body leave in one piece: clients of smithy-go may lose a body that comes later than its head
        # ("use of closed network connection"), as sandbox/awsprovider/internal/overlay/body.go explains.
        wbufsize = 1 << 16

        def make_environ(self) -> dict[str, Any]:
            self.wfile.flush()  # "100 Continue" has to be out before the body of the request is waited for
            return super().make_environ()

        def log_request(self, *_: Any) -> None:
            """Calls are kept by the application, not logged."""

    application = Application()
    made = make_server(
        HOST, port, application, threaded=True, request_handler=Handler, fd=listener.fileno()
    )
    made.daemon_threads = True
    return made, application.admin.instance


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is no port: 0 to 65535 is expected")
    return port


if __name__ == "__main__":
    sys.exit(main())
