"""Names of people who do not exist, as they are met in the region: surnames agree with the sex.

The lists are common names; a person is put together from them by chance.
"""

from functools import cache
from random import Random
from typing import NamedTuple


class Name(NamedTuple):
    """Surname, given name, patronymic."""

    last: str
    first: str
    middle: str

    @property
    def full(self) -> str:
        """«Иванов Иван Иванович»."""
        return " ".join(self)

    @property
    def mask(self) -> str:
        """«Иван И.»: what a bank and a payer may see (SEC-10)."""
        return f"{self.first} {self.last[0]}."


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


class _Father(NamedTuple):
    given: str
    son: str
    daughter: str


_SURNAMES = _words(
    """
    Абдуллин Авдеев Агафонов Аксёнов Алексеев Андреев Антонов Антропов Артемьев Архипов Ахметов
    Баженов Баранов Батурин Белов Беляев Бикбулатов Бобров Богданов Большаков Борисов Бочкарёв
    Буторин Быков Васильев Вахрушев Вершинин Виноградов Власов Волков Воробьёв Воронов Гаврилов
    Галимов Герасимов Глухих Голубев Горбунов Григорьев Гришин Громов Гусев Давлетов Данилов
    Денисов Дмитриев Долгих Дорофеев Дьяков Евсеев Егоров Елисеев Ермаков Ершов Ефимов Ефремов
    Жданов Жуков Журавлёв Завьялов Зайцев Захаров Зубарев Зуев Зырянов Иванов Игнатьев Ильин
    Исаев Ишимцев Казаков Казанцев Калинин Карпов Киселёв Климов Князев Ковалёв Ковальчук Козлов
    Колесников Комаров Кондратьев Коновалов Королёв Косинцев Косых Кравцов Красильников Крылов
    Кудрявцев Кузнецов Кузьмин Кулаков Куликов Курбанов Лаптев Лебедев Леонтьев Литвиненко
    Логинов Лопатин Лукин Лысенко Макаров Максимов Мальцев Марков Мартынов Матвеев Медведев
    Мельников Миронов Мингалёв Михайлов Морозов Мухаметшин Назаров Насибуллин Некрасов Нестеров
    Никитин Николаев Новиков Носков Овчинников Орлов Осипов Павлов Панов Первухин Петров Плотников
    Поляков Пономарёв Попов Потапов Прохоров Пузырёв Пушкарёв Рахимов Родионов Романов Русаков
    Рыбин Рябов Савельев Садыков Сайфуллин Самойлов Сафонов Седых Семёнов Сергеев Сидоров Симонов
    Ситников Скворцов Смирнов Соболев Созонов Соколов Соловьёв Сорокин Степанов Суворов Сулейманов
    Сухих Суслов Тарасов Тимофеев Титов Тихонов Третьяков Трофимов Туров Тюменцев Уразов Устинов
    Фадеев Фазылов Федотов Фёдоров Филатов Фомин Фролов Хабибуллин Хайруллин Харитонов Цветков
    Черемных Чернов Черных Чистяков Чупин Шабалин Шарипов Шевченко Шестаков Ширяев Шишкин Шмидт
    Шубин Щербаков Юдин Юсупов Яковлев Якушев Ярков Островский Вишневский Загорский Полянский
    Соболевский Броницкий Толстой Белый Светлый
    """
)
_FATHERS = tuple(
    _Father(*pair.split("/"))
    for pair in _words("""
    Александр/Александрович/Александровна Алексей/Алексеевич/Алексеевна
    Анатолий/Анатольевич/Анатольевна
    Андрей/Андреевич/Андреевна Антон/Антонович/Антоновна Артём/Артёмович/Артёмовна
    Артур/Артурович/Артуровна Борис/Борисович/Борисовна Вадим/Вадимович/Вадимовна
    Валерий/Валерьевич/Валерьевна Василий/Васильевич/Васильевна Виктор/Викторович/Викторовна
    Виталий/Витальевич/Витальевна Владимир/Владимирович/Владимировна
    Владислав/Владиславович/Владиславовна Вячеслав/Вячеславович/Вячеславовна
    Геннадий/Геннадьевич/Геннадьевна Георгий/Георгиевич/Георгиевна Григорий/Григорьевич/Григорьевна
    Данил/Данилович/Даниловна Денис/Денисович/Денисовна Дмитрий/Дмитриевич/Дмитриевна
    Евгений/Евгеньевич/Евгеньевна Егор/Егорович/Егоровна Иван/Иванович/Ивановна
    Игорь/Игоревич/Игоревна Ильдар/Ильдарович/Ильдаровна Илья/Ильич/Ильинична
    Кирилл/Кириллович/Кирилловна Константин/Константинович/Константиновна
    Максим/Максимович/Максимовна Марат/Маратович/Маратовна Михаил/Михайлович/Михайловна
    Никита/Никитич/Никитична Николай/Николаевич/Николаевна Олег/Олегович/Олеговна
    Павел/Павлович/Павловна Пётр/Петрович/Петровна Ринат/Ринатович/Ринатовна
    Роман/Романович/Романовна Руслан/Русланович/Руслановна Сергей/Сергеевич/Сергеевна
    Станислав/Станиславович/Станиславовна Степан/Степанович/Степановна
    Тимур/Тимурович/Тимуровна Юрий/Юрьевич/Юрьевна Ярослав/Ярославович/Ярославовна
    """)
)
_MOTHERS = _words(
    """
    Алёна Александра Алина Алия Анастасия Анна Валентина Вера Вероника Виктория Галина Гульнара
    Дарья Диана Динара Евгения Екатерина Елена Жанна Ирина Кристина Ксения Лариса
    Любовь Людмила Марина Мария Надежда Наталья Нина Оксана Ольга Полина Светлана Снежана Софья
    Татьяна Эльвира Юлия Яна
    """
)
_BOYS = _words(
    """
    Александр Алексей Амир Андрей Арсений Артём Артур Богдан Вадим Василий Виктор Владимир
    Владислав Всеволод Глеб Григорий Давид Даниил Даниэль Демид Денис Дмитрий Евгений Егор Елисей
    Захар Иван Игорь Илья Камиль Карим Кирилл Константин Лев Леонид Макар Максим Марат Марк Матвей
    Мирон Михаил Назар Никита Николай Олег Павел Платон Прохор Пётр Роман Руслан Савелий Семён
    Сергей Станислав Степан Тимофей Тимур Тихон Фёдор Юрий Ян Ярослав
    """
)
_GIRLS = _words(
    """
    Агата Аделина Александра Алина Алиса Алия Алёна Амина Анастасия Ангелина Анна Арина Валентина
    Валерия Варвара Василиса Вера Вероника Виктория Дарья Диана Дина Ева Евгения Екатерина Елена
    Елизавета Есения Жанна Злата Инна Ирина Камилла Карина Кира Кристина Ксения Лилия Любовь
    Маргарита Марина Мария Марьяна Мила Милана Мирослава Надежда Наталья Ника Нина Оксана Олеся
    Ольга Полина Регина Самира Светлана Снежана София Стефания Таисия Татьяна Ульяна Эвелина
    Эмилия Юлия Яна Ярослава
    """
)

_TATAR_SURNAMES = frozenset(
    _words(
        """
    Абдуллин Ахметов Бикбулатов Галимов Давлетов Курбанов Мухаметшин Насибуллин Рахимов Садыков
    Сайфуллин Сулейманов Уразов Фазылов Хабибуллин Хайруллин Шарипов Юсупов
    """
    )
)
_TATAR_NAMES = frozenset(
    _words(
        """
    Алия Амина Амир Гульнара Динара Ильдар Камиль Карим Марат Ринат Самира Эльвира
    """
    )
)

_OTHER_FATHERS = tuple(father for father in _FATHERS if father.given not in _TATAR_NAMES)


class Line(NamedTuple):
    """What brothers and sisters have in common: a surname and a father."""

    surname: str
    """As a man bears it."""
    father: str
    son: str
    """Patronymic of a boy."""
    daughter: str


def choose_line(random: Random) -> Line:
    """Choose a family."""
    surname = random.choice(_SURNAMES)
    return Line(surname, *_father(random, surname))


def child(random: Random, line: Line, taken: set[str]) -> Name:
    """Name a child of a family, not as one of its others."""
    is_girl = random.random() < 0.5  # noqa: PLR2004 -- as many girls as boys
    names = _GIRLS if is_girl else _BOYS
    given = random.choice([name for name in _usual(names, line.surname) if name not in taken])
    taken.add(given)
    if is_girl:
        return Name(feminine(line.surname), given, line.daughter)
    return Name(line.surname, given, line.son)


def father(random: Random, line: Line) -> Name:
    """Name the father of a family."""
    return Name(line.surname, line.father, _father(random, line.surname)[1])


def woman(random: Random, surname: str) -> Name:
    """Name a grown woman of a surname as a man bears it: a mother, a teacher."""
    given = random.choice(_usual(_MOTHERS, surname))
    return Name(feminine(surname), given, _father(random, surname)[2])


def man(random: Random, surname: str) -> Name:
    """Name a grown man."""
    given, *_ = _father(random, surname)
    return Name(surname, given, _father(random, surname)[1])


def feminine(surname: str) -> str:
    """Return a surname as a woman bears it; those that do not change stay."""
    if surname.endswith(("ов", "ев", "ёв", "ин", "ын")):
        return surname + "а"
    if surname.endswith(("ый", "ой", "ий")):
        return surname[:-2] + "ая"
    return surname


@cache
def _usual(names: tuple[str, ...], surname: str) -> tuple[str, ...]:
    """Return the names that go with a surname: hardly anybody is called Ринат Смирнов."""
    if surname in _TATAR_SURNAMES:
        return names
    return tuple(name for name in names if name not in _TATAR_NAMES)


def _father(random: Random, surname: str) -> _Father:
    return random.choice(_FATHERS if surname in _TATAR_SURNAMES else _OTHER_FATHERS)
