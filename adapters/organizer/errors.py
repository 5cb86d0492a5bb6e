"""What an organizer of meals is told when its message is understood but not obeyed."""

from adapters.meals import errors


class Frozen(errors.Frozen):
    """A day of the period is within five working days: its menu stands (MEAL-CAT-12)."""

    message = "В периоде есть замороженный день: опубликованное меню на него не меняется."
    action = "Начните период с первого незамороженного дня или обратитесь к оператору узла."
