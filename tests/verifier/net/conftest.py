"""TLS servers on this machine that behave as badly as a test wants them to."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from verifier.net import HttpWeb
from verifier.net.address import judge_addresses

HERE = "127.0.0.1"
Handler = Callable[[ssl.SSLSocket], None]


@dataclass
class Authority:
    """A certificate authority that nobody but these tests trusts."""

    folder: Path
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def __post_init__(self) -> None:
        self.certificate = self.sign("Test authority", self.key, ca=True)
        self.pem = self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    def sign(
        self,
        name: str,
        key: ec.EllipticCurvePrivateKey,
        *,
        ca: bool = False,
        days: int = 1,
        own: bool = False,
    ) -> x509.Certificate:
        """A certificate for `name`, valid until `days` from now; `own`: signed by its own key."""
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        issuer = subject if ca or own else self.certificate.subject
        end = datetime.now(UTC) + timedelta(days=days)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(end - timedelta(days=3))
            .not_valid_after(end)
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        )
        if not ca:
            names = x509.SubjectAlternativeName([x509.DNSName(name)])
            builder = builder.add_extension(names, critical=False)
        return builder.sign(key if own else self.key, hashes.SHA256())

    def context(self, name: str, *, days: int = 1, own: bool = False) -> ssl.SSLContext:
        """What a server that calls itself `name` needs."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = self.sign(name, key, days=days, own=own)
        file = self.folder / f"{name}-{days}-{own}.pem"
        file.write_bytes(
            certificate.public_bytes(serialization.Encoding.PEM)
            + key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@dataclass
class Server:
    """Listens on 127.0.0.1 and gives each connection to `handler` after reading the request."""

    handler: Handler
    context: ssl.SSLContext
    requests: list[bytes] = field(default_factory=list)
    names: list[str] = field(default_factory=list)  # SNI
    connections: int = 0

    def __post_init__(self) -> None:
        self._over = Event()
        self.context.sni_callback = lambda _socket, name, _context: self.names.append(name)
        self._listener = socket.create_server((HERE, 0))
        self._listener.settimeout(0.05)
        self.port: int = self._listener.getsockname()[1]
        self._threads = [Thread(target=self._listen)]
        self._threads[0].start()

    def _listen(self) -> None:
        while not self._over.is_set():
            with suppress(TimeoutError):
                connection, _ = self._listener.accept()
                self.connections += 1
                self._threads.append(Thread(target=self._serve, args=(connection,)))
                self._threads[-1].start()

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(5)
        with connection, suppress(OSError), self.context.wrap_socket(connection, server_side=True) as secure:
            request = b""
            while not request.endswith(b"\r\n\r\n") and (part := secure.recv(4096)):
                request += part
            self.requests.append(request)
            self.handler(secure)

    def wait(self, seconds: float) -> None:
        """A pause that ends with the test."""
        self._over.wait(seconds)

    @property
    def is_over(self) -> bool:
        return self._over.is_set()

    def close(self) -> None:
        self._over.set()
        for thread in list(self._threads):
            thread.join(10)
        self._listener.close()


Serve = Callable[..., Server]


@pytest.fixture
def serve(authority: Authority) -> Iterator[Serve]:
    """Starts servers; by default they own a good certificate for college.example."""
    started: list[Server] = []

    def start(handler: Handler, name: str = "college.example", *, days: int = 1, own: bool = False) -> Server:
        started.append(Server(handler, authority.context(name, days=days, own=own)))
        return started[-1]

    yield start
    for server in started:
        server.close()


def judge_here(url: str, addresses: tuple[str, ...]) -> tuple[str, ...]:
    """The fetch policy, except that this machine counts as public."""
    judge_addresses(url, ["93.184.216.34" if address == HERE else address for address in addresses])
    return addresses


def resolve_here(host: str, port: int) -> tuple[str, ...]:
    """Every name leads to this machine, except for those that lead inside or nowhere."""
    if host.startswith("gone."):
        raise OSError("no such host")
    return ("10.0.0.5",) if host.startswith("inside.") else (HERE,)


@pytest.fixture
def web_for(authority: Authority) -> Callable[..., HttpWeb]:
    """An `HttpWeb` that may ask the given servers."""

    def make(*servers: Server, **options: object) -> HttpWeb:
        settings: dict[str, object] = {
            "ports": (443, *(server.port for server in servers)),
            "authorities": authority.pem,
            "resolve": resolve_here,
            "judge": judge_here,
            **options,
        }
        return HttpWeb(**settings)  # type: ignore[arg-type]  # options by name, as the test wants them

    return make
