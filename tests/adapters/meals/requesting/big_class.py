"""An invented class of twenty-five with breakfast and lunch, as it is printed on a working day."""

import sqlalchemy as sa
import town
from teachers import DAY

from adapters.meals import models
from gateway.kernel.identifiers import issue_account

NAMES = (
    "Абдуллина Камила Рустамовна",
    "Алексеев Михаил Сергеевич",
    "Андреева Полина Игоревна",
    "Бабушкин Артём Олегович",
    "Васильева Ксения Дмитриевна",
    "Гордеев Никита Павлович",
    "Давлетшин Булат Маратович",
    "Ершова Софья Андреевна",
    "Журавлёв Матвей Ильич",
    "Зайцева Алиса Романовна",
    "Ибрагимов Данияр Тимурович",
    "Калашникова-Преображенская Александра Владимировна",
    "Кузнецов Роман Викторович",
    "Лаптева Варвара Егоровна",
    "Медведев Степан Антонович",
    "Никифорова Ульяна Петровна",
    "Осипов Глеб Денисович",
    "Петренко Злата Максимовна",
    "Рахимов Ильдар Фаритович",
    "Сидорова Вероника Львовна",
    "Третьяков Фёдор Кириллович",
    "Уткина Милана Евгеньевна",
)
COMPLEX_NAMES = {
    "BASIC-BREAKFAST-AGE_7_11-1": "Завтрак № 1 «Каша и сырники»",
    "BASIC-BREAKFAST-AGE_7_11-2": "Завтрак № 2 «Омлет»",
    "BASIC-LUNCH-AGE_7_11-1": "Обед № 1 «Борщ, гуляш с гречкой»",
    "BASIC-LUNCH-AGE_7_11-2": "Обед № 2 «Лапша, рыба с пюре»",
    "DIET-BREAKFAST-AGE_7_11-1": "Завтрак диетический № 5",
    "DIET-LUNCH-AGE_7_11-1": "Обед диетический № 5",
}
DISH_NAMES = {
    "KASHA": ("Каша гречневая рассыпчатая", "150", 23450),
    "SUP": ("Борщ из свежей капусты со сметаной", "250/10", 11230),
    "CHAI": ("Чай с лимоном и сахаром", "200/15/7", 6120),
}


def fill(transaction) -> None:
    """Let twenty-two more pupils learn in 3А, before the day is frozen."""
    for serial, name in enumerate(NAMES, 300):
        _enter(transaction, serial, name)
    name_menu(transaction)


def _enter(transaction, serial: int, name: str) -> None:
    number = issue_account(720_000 + serial)
    surname, given, _ = name.split()
    rows = (
        (
            models.personal_account,
            {
                "number": number,
                "status": "OPEN",
                "pupil_mask": f"{given} {surname[0]}.",
                "class_name": town.CLASS_3A.name,
                "school_code": town.SCHOOL_1.code,
                "organizer_inn": town.INN,
            },
        ),
        (
            models.pupil,
            {
                "id": f"P-{serial}",
                "account": number,
                "name": name,
                "birth_date": "2016-05-17",
                "class_code": town.CLASS_3A.code,
                "since": town.SINCE,
                "digest": b"town",
                "entry": 1,
            },
        ),
        (
            models.pupil_setting,
            {"account": number, "valid_from": town.SINCE, "menu_type": town.BASIC, "entry": 1},
        ),
        *(
            (
                models.pupil_meal,
                {"account": number, "valid_from": town.SINCE, "meal_type": meal},
            )
            for meal in (town.BREAKFAST, town.LUNCH)
        ),
    )
    for table, row in rows:
        transaction.execute(sa.insert(table), [row])
    if serial % 3:
        amount = "420.50" if serial % 2 else "-180.00"
        pupil = town.IVAN._replace(account=number)
        town.top_up(transaction, pupil, amount, f"big/{number}")


def name_menu(transaction) -> None:
    complexes, dishes = models.complex_revision, models.dish
    for code, name in COMPLEX_NAMES.items():
        transaction.execute(sa.update(complexes).where(complexes.c.code == code).values(name=name))
    for code, (name, portion, energy) in DISH_NAMES.items():
        values = {"name": name, "yield_text": portion, "energy": energy}
        transaction.execute(sa.update(dishes).where(dishes.c.code == code).values(**values))


def choose_other(transaction) -> None:
    """Let some of them have chosen the other complex and a juice, as if parents had."""
    orders = models.meal_order
    for serial in range(300, 300 + len(NAMES), 4):
        for meal in (town.BREAKFAST, town.LUNCH):
            number = issue_account(720_000 + serial)
            other = town.complex_of(meal, town.YOUNGER, other=True)
            transaction.execute(
                sa.update(orders)
                .where(orders.c.account == number, orders.c.meal_type == meal, orders.c.day == DAY)
                .values(
                    complex_id=town.complex_id(transaction, other),
                    complex_code=other.code,
                    source="PARENT",
                    state="FROZEN",
                    to_pay=other.price + town.JUICE_PRICE,
                )
            )
            item = {"item_code": town.JUICE, "qty": 1, "price": town.JUICE_PRICE}
            key = {"account": number, "day": DAY, "meal_type": meal}
            transaction.execute(sa.insert(models.order_item), [key | item])
