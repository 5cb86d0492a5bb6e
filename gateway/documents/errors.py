"""What may be wrong with a document or with a template."""

from gateway.kernel.errors import Blame, GatewayError


class DocumentInvalid(GatewayError):
    """Facts that `xsd/documents` refuses, or XML that is no document of ours."""

    code = "DOCUMENT_INVALID"
    message = "Сведения документа не соответствуют его форме."
    action = "Исправьте названное поле и составьте документ снова."


class TemplateBroken(GatewayError):
    """A template does not compile or asks for a fact that its form does not have."""

    code = "TEMPLATE_BROKEN"
    message = "Шаблон документа не собирается."
    action = "Исправьте файл шаблона или уберите его из папки: узел возьмёт свой."
    blame = Blame.RECEIVER

    def __init__(self, file: str, reason: str) -> None:
        """Name the template's file and the reason."""
        super().__init__(f"Шаблон {file} не собирается: {reason}")
        self.file = file
