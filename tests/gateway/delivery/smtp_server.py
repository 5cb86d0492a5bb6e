"""A mail relay as a process: keeps what it takes as files, misbehaves by the recipient's name.

`busy…` is put off once, `nobody…` is refused, `cut…` is taken and the connection cut before the
answer, once each. Run: `smtp_server.py PORT FOLDER [--certificate PEM --key PEM] [--login NAME]`.
"""

import argparse
import asyncio
import itertools
import os
import ssl
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Keeper:
    """Decides and keeps, in the order in which messages come."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = itertools.count(len(list(folder.glob("*.eml"))))
        self.seen: set[str] = set()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address.startswith("nobody"):
            return f"550 5.1.1 <{address}>: Recipient address rejected"
        if address.startswith("busy") and self.first(address):
            return f"451 4.7.1 <{address}>: Greylisted"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        recipient = envelope.rcpt_tos[0]
        target = self.folder / f"{next(self.numbers):06}.eml"
        partial = target.with_suffix(".part")
        with partial.open("wb") as file:
            file.write(envelope.original_content)
            file.flush()
            os.fsync(file.fileno())
        partial.rename(target)
        if recipient.startswith("cut") and self.first(recipient):
            server.transport.abort()
        return "250 2.0.0 Taken"

    def first(self, address: str) -> bool:
        known = address in self.seen
        self.seen.add(address)
        return not known


def authenticator(login):
    def check(server, session, envelope, mechanism, data):
        said = isinstance(data, LoginPassword) and (data.login, data.password) == (
            login.encode(),
            b"secret",
        )
        return AuthResult(success=said, handled=False)

    return check


async def serve(options) -> None:
    keeper = Keeper(options.folder)
    context = None
    if options.certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(options.certificate, options.key)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(
            keeper,
            tls_context=context,
            require_starttls=context is not None,
            auth_required=bool(options.login),
            authenticator=authenticator(options.login) if options.login else None,
            loop=asyncio.get_running_loop(),
        ),
        "127.0.0.1",
        options.port,
    )
    await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--login")
    asyncio.run(serve(parser.parse_args()))
