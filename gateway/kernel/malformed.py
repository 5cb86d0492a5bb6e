"""Says in Russian why bytes are not well-formed XML, and in which encodings we read them."""

import codecs
import re

from lxml import etree

from gateway.kernel.errors import Finding

ENCODINGS = frozenset({"utf-8", "windows-1251"})
"""Encodings of XML that is not a SOAP envelope; anything else hides a DOCTYPE from a reader."""

_DECLARATION = re.compile(
    rb"""<\?xml\s+version\s*=\s*["'][0-9.]+["'](?:\s+encoding\s*=\s*["']([A-Za-z0-9._-]+)["'])?"""
)

_TROUBLES = {
    "ERR_DOCUMENT_EMPTY": (
        "Документ пуст или начинается не с тега.",
        "Пришлите XML-документ: первым знаком после объявления должен быть «<».",
    ),
    "ERR_DOCUMENT_END": (
        "После корневого элемента стоит лишнее содержимое.",
        "Оставьте в документе один корневой элемент.",
    ),
    "ERR_TAG_NAME_MISMATCH": (
        "Закрывающий тег не соответствует открытому элементу.",
        "Закройте элементы в порядке, обратном открытию.",
    ),
    "ERR_TAG_NOT_FINISHED": (
        "Документ обрывается: элемент не закрыт.",
        "Проверьте, что файл записан и передан целиком.",
    ),
    "ERR_GT_REQUIRED": (
        "Тег не закончен: нет знака «>».",
        "Закончите тег; если файл оборван, передайте его целиком.",
    ),
    "ERR_INVALID_CHAR": (
        "Встретился знак, недопустимый в XML.",
        "Уберите управляющие знаки (коды 0–31, кроме табуляции и перевода строки).",
    ),
    "ERR_INVALID_ENCODING": (
        "Байты не соответствуют объявленной кодировке.",
        "Запишите файл в той кодировке, которая названа в его объявлении (обычно UTF-8).",
    ),
    "ERR_UNDECLARED_ENTITY": (
        "Использована необъявленная сущность.",
        "Пишите знак прямо или числовой ссылкой; знак «&» — как «&amp;».",
    ),
    "ERR_NAME_REQUIRED": (
        "После «&» или «<» нет имени.",
        "В тексте пишите «&amp;» вместо «&» и «&lt;» вместо «<».",
    ),
    "ERR_ENTITYREF_SEMICOL_MISSING": (
        "Ссылка на сущность не закончена знаком «;».",
        "В тексте пишите «&amp;» вместо «&».",
    ),
    "ERR_LT_IN_ATTRIBUTE": (
        "В значении атрибута стоит знак «<».",
        "Замените его на «&lt;».",
    ),
    "ERR_ATTRIBUTE_NOT_STARTED": (
        "Значение атрибута не взято в кавычки.",
        "Возьмите значение атрибута в кавычки.",
    ),
    "ERR_ATTRIBUTE_NOT_FINISHED": (
        "Значение атрибута не закрыто кавычкой.",
        "Закройте кавычку; если файл оборван, передайте его целиком.",
    ),
    "ERR_ATTRIBUTE_WITHOUT_VALUE": (
        "У атрибута нет значения.",
        'Запишите атрибут как имя="значение".',
    ),
    "ERR_ATTRIBUTE_REDEFINED": (
        "Атрибут повторён в одном теге.",
        "Оставьте атрибут один раз.",
    ),
    "ERR_SPACE_REQUIRED": (
        "Между частями тега нет пробела.",
        "Отделите атрибуты друг от друга пробелом.",
    ),
    "ERR_RESERVED_XML_NAME": (
        "Объявление <?xml …?> стоит не в самом начале.",
        "Уберите всё, что стоит перед объявлением, даже пробелы и пустые строки.",
    ),
    "ERR_UNSUPPORTED_ENCODING": (
        "Кодировка документа не поддерживается.",
        "Запишите документ в UTF-8.",
    ),
    "ERR_CDATA_NOT_FINISHED": (
        "Раздел CDATA не закончен.",
        "Закройте раздел знаками «]]>».",
    ),
    "ERR_COMMENT_NOT_FINISHED": (
        "Комментарий не закончен.",
        "Закройте комментарий знаками «-->».",
    ),
    "ERR_MISPLACED_CDATA_END": (
        "В тексте стоит «]]>».",
        "Замените эти знаки на «]]&gt;».",
    ),
    "ERR_RESOURCE_LIMIT": (
        "Документ вложен слишком глубоко или содержит слишком длинное значение.",
        "Проверьте, что документ построен по опубликованному формату.",
    ),
    "NS_ERR_UNDEFINED_NAMESPACE": (
        "Префикс пространства имён не объявлен.",
        'Объявите префикс: xmlns:префикс="пространство имён".',
    ),
}
_OTHER = (
    "Документ не является правильным XML.",
    "Проверьте указанное место любым редактором XML.",
)
_NAMES = {
    number: name for name, number in vars(etree.ErrorTypes).items() if isinstance(number, int)
}


def explain_malformed(error: etree.XMLSyntaxError) -> Finding:
    """Tell where the bytes stop being XML and what to mend; no part of the text is quoted."""
    name = _NAMES.get(error.code, "ERR_INTERNAL_ERROR")  # type: ignore[attr-defined]  # stubs forget it
    text, advice = _TROUBLES.get(name, _OTHER)
    line, column = error.position
    return Finding(f"{text} Строка {line}, позиция {column}.", line=line, rule=name, advice=advice)


def explain_doctype() -> Finding:
    """Tell that a document type declaration is never accepted (SVC-00-12)."""
    return Finding(
        "Документ содержит объявление <!DOCTYPE>.",
        rule="DOCTYPE",
        advice="Уберите объявление DOCTYPE и сущности: узел их не принимает.",
    )


def find_foreign_encoding(head: bytes) -> Finding | None:
    """Look at the first bytes (256 are enough) and tell when they are in a refused encoding.

    UTF-8, with or without the byte order mark, needs no declaration; windows-1251 counts only
    when declared.
    """
    marked = head.startswith(codecs.BOM_UTF8)
    body = head.removeprefix(codecs.BOM_UTF8)
    if body[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} or b"\0" in body[:4]:
        return _foreign("UTF-16 или UTF-32")
    declared = _DECLARATION.match(body)
    name = (declared[1] or b"utf-8").decode("ascii").lower() if declared else "utf-8"
    if name not in ENCODINGS or (marked and name != "utf-8"):
        return _foreign(name)
    return None


def _foreign(name: str) -> Finding:
    return Finding(
        f"Кодировка документа ({name}) не принимается.",
        line=1,
        rule="encoding",
        advice="Запишите документ в UTF-8 либо в windows-1251 с указанием её в объявлении XML.",
    )
