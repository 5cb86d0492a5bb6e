"""What may be wrong with a contract itself."""

from gateway.kernel.errors import Blame, GatewayError, Internal


class ContractBroken(GatewayError):
    """A published file does not compile: the hub does not start on it (GW-01)."""

    code = "CONTRACT_BROKEN"
    message = "Опубликованный контракт не собирается."
    action = "Исправьте названный файл в wsdl/ или xsd/ и запустите узел снова."
    blame = Blame.RECEIVER

    def __init__(self, file: str, reason: str) -> None:
        """Name the file, relative to the folder of `wsdl/` and `xsd/`, and the reason."""
        super().__init__(f"Контракт не собирается: {file}: {reason}")
        self.file = file
        self.reason = reason


class CodecMismatch(Internal):
    """Typed messages and published schemas do not fit together: run `make messages`."""
