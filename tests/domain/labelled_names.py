"""Names as three hands write them, for the labelled set: by hand, owing nothing to the code under test."""

from __future__ import annotations

from dataclasses import dataclass

# Ukrainian, Russian, Latin as in a passport or on a bank card; for men the patronymics made of the name.
MEN = """
Олександр Александр Oleksandr Олександрович Олександрівна Александрович Александровна
Сергій Сергей Serhii Сергійович Сергіївна Сергеевич Сергеевна
Володимир Владимир Volodymyr Володимирович Володимирівна Владимирович Владимировна
Андрій Андрей Andrii Андрійович Андріївна Андреевич Андреевна
Микола Николай Mykola Миколайович Миколаївна Николаевич Николаевна
Іван Иван Ivan Іванович Іванівна Иванович Ивановна
Юрій Юрий Yurii Юрійович Юріївна Юрьевич Юрьевна
Віктор Виктор Viktor Вікторович Вікторівна Викторович Викторовна
Василь Василий Vasyl Васильович Василівна Васильевич Васильевна
Олексій Алексей Oleksiy Олексійович Олексіївна Алексеевич Алексеевна
Михайло Михаил Mykhailo Михайлович Михайлівна Михайлович Михайловна
Петро Пётр Petro Петрович Петрівна Петрович Петровна
Дмитро Дмитрий Dmytro Дмитрович Дмитрівна Дмитриевич Дмитриевна
Анатолій Анатолий Anatolii Анатолійович Анатоліївна Анатольевич Анатольевна
Олег Олег Oleh Олегович Олегівна Олегович Олеговна
Ігор Игорь Ihor Ігорович Ігорівна Игоревич Игоревна
Григорій Григорий Hryhorii Григорович Григорівна Григорьевич Григорьевна
Євген Евгений Yevhen Євгенович Євгенівна Евгеньевич Евгеньевна
Павло Павел Pavlo Павлович Павлівна Павлович Павловна
Максим Максим Maxim Максимович Максимівна Максимович Максимовна
Валерій Валерий Valerii Валерійович Валеріївна Валерьевич Валерьевна
Артем Артём Artem Артемович Артемівна Артёмович Артёмовна
Богдан Богдан Bohdan Богданович Богданівна Богданович Богдановна
Федір Фёдор Fedir Федорович Федорівна Фёдорович Фёдоровна
Степан Степан Stepan Степанович Степанівна Степанович Степановна
Геннадій Геннадий Hennadii Геннадійович Геннадіївна Геннадьевич Геннадьевна
Роман Роман Roman Романович Романівна Романович Романовна
Денис Денис Denys Денисович Денисівна Денисович Денисовна
Кирило Кирилл Kyrylo Кирилович Кирилівна Кириллович Кирилловна
Данило Даниил Danylo Данилович Данилівна Даниилович Данииловна
Ілля Илья Illia Ілліч Іллівна Ильич Ильинична
В'ячеслав Вячеслав Viacheslav В'ячеславович В'ячеславівна Вячеславович Вячеславовна
Станіслав Станислав Stanislav Станіславович Станіславівна Станиславович Станиславовна
Назар Назар Nazar Назарович Назарівна Назарович Назаровна
"""
WOMEN = """
Олена Елена Olena; Наталія Наталья Nataliia; Тетяна Татьяна Tetiana; Ірина Ирина Iryna; Людмила Людмила Liudmyla
Світлана Светлана Svitlana; Оксана Оксана Oksana; Ольга Ольга Olha; Марія Мария Mariia; Галина Галина Halyna
Валентина Валентина Valentyna; Надія Надежда Nadiia; Любов Любовь Liubov; Катерина Екатерина Kateryna
Юлія Юлия Yuliya; Анна Анна Anna; Ганна Анна Hanna; Вікторія Виктория Viktoriia; Лариса Лариса Larysa
Ніна Нина Nina; Віра Вера Vira; Раїса Раиса Raisa; Алла Алла Alla; Олександра Александра Oleksandra
Дар'я Дарья Daria; Анастасія Анастасия Anastasiia; Інна Инна Inna; Яна Яна Yana; Марина Марина Maryna
Софія София Sofiia; Зінаїда Зинаида Zinaida; Лідія Лидия Lidiia; Аліна Алина Alina; Христина Кристина Khrystyna
"""
STEMS = """
Шевч Ковал Бондар Ткач Крав Мельнич Савч Петр Мороз Романч Гончар Лис Клим Павл Хом Юрч Приход Левч Сав Тимош Марч
Вас Гриц Дем Ємел Жданов Захар Ів Карп Луц Мирош Назар Остап Пилип Роман Сидор Тарас Устим Федор Харч Цимбал Черн
Шаповал Щерб Яковл Яцен Бабич Вербич Гайд Дорош Зінч Кириль Лавр Макар Никол Онищ Пономар Рудич Семен Терещ Філ
Худол Чумач Шульг Борис Гаврил Денис Євт Зубч Ігнат Кузьм Литв Матв Недільч Овчар Прокоп Радч Степан Трохим Удов
"""
ENDINGS = ("енко", "енко", "енко", "ук", "ський", "ський", "ов", "ець", "ак", "ик")
WHOLE = """
Рак Жук Гук Кравець Швець Мороз Лисиця Сорока Заєць Бойко Гриценко Лук'яненко Дем'яненко В'юн Мар'яненко Ґалаґан
Соловйов Воробйов Григор'єв Щербань Цибуля Кисіль Рибалко Їжак Єрьоменко Яковлєв Хоменко Гончар Зайцев Чорний
Білий Ковальов Ткачов Зеленський Вишневецький Кобзар Мельник Коваль Козак Кучер Пасічник Коломієць Олійник Дяченко
Руденко Поліщук Ткаченко Марченко Кравченко Шевченко Коваленко Бондаренко Бондар
"""
STREETS = """
Садова Лісова Миру Шевченка Польова Набережна Шкільна Центральна Молодіжна Зелена Київська Харківська Степова
Вишнева Лугова Калинова Сонячна Гагаріна Горького Франка Незалежності Перемоги Слобідська Вокзальна Заводська
"""

_RUSSIAN = str.maketrans({"і": "и", "ї": "и", "є": "е", "ґ": "г", "І": "И", "Ї": "И", "Є": "Е", "Ґ": "Г", "'": "ь"})
_LETTERS = "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch  iu ia "
_LATIN = dict(zip(
    "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'",
    _LETTERS.split(" "),
    strict=False,
))  # fmt: skip
_FIRST = {"є": "Ye", "ї": "Yi", "й": "Y", "ю": "Yu", "я": "Ya"}


@dataclass(frozen=True)
class Spelled:
    """One part of a name as three hands write it."""

    ukrainian: str
    russian: str
    latin: str


def latin(word: str) -> str:
    letters = word.lower()
    rest = "".join(_LATIN.get(char, char) for char in letters[1:])
    return (_FIRST.get(letters[0]) or _LATIN[letters[0]].capitalize()) + rest


def _surname(word: str) -> tuple[Spelled, Spelled]:
    """His and hers."""
    russian = word.translate(_RUSSIAN)
    for ending, instead in (("ський", "ский"), ("цький", "цкий"), ("йов", "ьев"), ("чов", "чёв"), ("ьов", "ёв"),
                            ("ець", "ец"), ("ьоменко", "ёменко"), ("Цибуля", "Цыбуля"), ("Рибалко", "Рыбалко"),
                            ("Чорний", "Чёрный"), ("Билий", "Белый")):  # fmt: skip
        if word.endswith(ending) or russian.endswith(ending):
            russian = russian[: -len(ending)] + instead
    him = Spelled(word, russian, latin(word))
    if word.endswith(("ський", "цький")):
        return him, Spelled(word[:-2] + "а", russian[:-2] + "ая", latin(word[:-2] + "а"))
    if word.endswith("ий"):
        return him, Spelled(word[:-2] + "а", russian[:-2] + "ая", latin(word[:-2] + "а"))
    if word.endswith(("ов", "ев", "єв")):
        return him, Spelled(word + "а", russian + "а", latin(word + "а"))
    return him, him


def surnames() -> list[tuple[Spelled, Spelled]]:
    made = [stem + ending for stem in STEMS.split() for ending in ENDINGS]
    return [_surname(word) for word in dict.fromkeys((*WHOLE.split(), *made))]


def men() -> list[tuple[Spelled, Spelled, Spelled]]:
    """Given name, his son's and his daughter's patronymic."""
    rows = [line.split() for line in MEN.strip().splitlines()]
    return [
        (Spelled(uk, ru, la), Spelled(son, his, latin(son)), Spelled(girl, hers, latin(girl)))
        for uk, ru, la, son, girl, his, hers in rows
    ]


def women() -> list[Spelled]:
    return [Spelled(*entry.split()) for entry in WOMEN.replace("\n", ";").split(";") if entry.strip()]
