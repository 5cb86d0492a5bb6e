"""What may be wrong with a suite or with the stand; none of it is the participant's fault."""

from gateway.kernel.errors import Blame, Finding, GatewayError


class SuiteBroken(GatewayError):
    """A plan, a case or a sample is not what the language of suites allows (GW-11)."""

    code = "SUITE_BROKEN"
    message = "Программа испытаний составлена с ошибками; испытания по ней невозможны."
    action = "Исправьте перечисленные места; до исправления допуск по программе закрыт."
    blame = Blame.RECEIVER

    def __init__(self, file: str, findings: tuple[Finding, ...]) -> None:
        """Name the file, relative to the folder of the suite, and what is wrong in it."""
        first = findings[0]
        place = f"{file}, строка {first.line}" if first.line else file
        super().__init__(f"{place}: {first.text}", findings=findings)
        self.file = file


class StandBroken(GatewayError):
    """The judge cannot judge: evidence is damaged, or a rule does not work (GW-11)."""

    code = "STAND_BROKEN"
    message = "Сбой испытательного стенда: проверку выполнить не удалось."
    action = "Дождитесь исправления стенда и повторите сценарий; участнику сбой не засчитывается."
    blame = Blame.RECEIVER
