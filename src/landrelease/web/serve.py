"""Serve the pages until they are stopped."""

from __future__ import annotations

import socket
from collections.abc import Callable

from landrelease.errors import InputError, MissingExtraError
from landrelease.web.ports import ServicesPort
from landrelease.web.security import is_loopback

DEFAULT_HOST, DEFAULT_PORT = "127.0.0.1", 8000


def run(
    services: ServicesPort,
    host: str = DEFAULT_HOST,
    port: int = DEFAULT_PORT,
    *,
    author: str | None = None,
    tell: Callable[[str], None] = lambda address: None,
) -> None:
    """Serve the pages; return when the user stops them.

    Parameters
    ----------
    services : ServicesPort
        The use cases.
    host : str
        Address to listen on. On any but a loopback address only what is public is shown.
    port : int
        Port to listen on.
    author : str, optional
        In whose name forms write.
    tell : callable, optional
        Called with the address once the port is taken.

    Raises
    ------
    InputError
        ``port_in_use``, ``port_invalid`` or ``host_invalid``, before anything is served.
    MissingExtraError
        If the server's packages are not installed.
    """
    try:
        import uvicorn

        from landrelease.web.app import create_app
        from landrelease.web.context import Settings
    except ModuleNotFoundError as error:
        raise MissingExtraError("server", "serving the pages") from error
    audience = "internal" if is_loopback(host) else "public"
    app = create_app(services, Settings(author or getattr(services, "author", None), audience))
    config = uvicorn.Config(app, log_level="warning", server_header=False)
    with bind(host, port) as bound:
        tell(f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/")
        app.state.web.warm()  # a moment now saves every first visitor the wait
        uvicorn.Server(config).run(sockets=[bound])


def bind(host: str, port: int) -> socket.socket:
    """Take the port before any work is done, so that a second server says so at once.

    Raises
    ------
    InputError
        ``port_in_use``, ``port_invalid`` or ``host_invalid``.
    """
    if not 0 <= port <= 65535:
        raise InputError("port_invalid", f"port = {port}", "choose one from 1024 to 65535")
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as error:
        cure = "use 127.0.0.1, or an address of this machine"
        raise InputError("host_invalid", f"host = {host!r}: {error}", cure) from error
    listener = socket.socket(family, kind)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen(128)  # visitors wait in the queue while the register is read
    except OSError as error:
        listener.close()
        raise _binding_error(host, port, error) from error
    return listener


def _binding_error(host: str, port: int, error: OSError) -> InputError:
    import errno

    if error.errno == errno.EADDRINUSE:
        cure = f"stop the other program or choose another port, as in --port {min(port + 1, 65535)}"
        return InputError("port_in_use", f"port = {port}: another program listens there", cure)
    if error.errno == errno.EACCES:
        return InputError("port_invalid", f"port = {port}: not allowed", "choose one above 1023")
    return InputError("host_invalid", f"host = {host!r}: {error.strerror}", "use 127.0.0.1")
