"""What Google knows of the demo's houses: two years of reviews, the same at each start."""

import random
from datetime import UTC, datetime, timedelta

from tests.fakes.google.world import Location, Reply, Review, World

HOUSES = {"lua": ("lua", "lua-centro"), "sol": ("sol",)}
"""The companies, by the slugs of their houses; the last of Lua's is not verified on Google."""
TITLES = {"lua": "Motel Lua", "lua-centro": "Motel Lua Centro", "sol": "Motel Sol"}
COUNTS = {"lua": 132, "lua-centro": 0, "sol": 64}
DAYS = 700

AUTHORS = (
    "Marina S.", "Caio R.", "Dani", "J. P.", "Rafael Nunes", "Bia", "Teo M.", "Lúcia Prado",
    "André F.", "Nanda", "Visitante", "Igor L.", "Paula V.", "Zeca", "Renata C.",
)  # fmt: skip
SAID = (
    (
        5,
        "Silêncio, cama enorme e a hidro pronta quando chegamos.",
        "Silence, a huge bed and the whirlpool ready when we arrived.",
    ),
    (5, "Entrada discreta de verdade. Voltamos na terça.", ""),
    (5, "O café da manhã merece o pernoite.", "The breakfast is worth staying the night."),
    (4, "Suíte limpa e cheirosa; só o ar demorou a gelar.", ""),
    (5, "Do portão ao quarto em dois minutos, sem ver ninguém.", ""),
    (
        4,
        "Bom preço de segunda a quinta. Aos sábados, reserve antes.",
        "Good price from Monday to Thursday. On Saturdays, book ahead.",
    ),
    (3, "A suíte é bonita, mas a água da banheira não estava quente.", ""),
    (5, "Atendimento gentil e luz que dá para ajustar. Perfeito.", ""),
    (4, "Garagem coberta, lençóis novos, toalhas grossas.", ""),
    (2, "Esperamos vinte minutos pela suíte que havíamos reservado.", ""),
    (5, "Teto de estrelas! Pareceu outra cidade.", ""),
    (3, "", ""),
    (5, "", ""),
    (1, "Barulho do corredor a noite toda.", ""),
    (4, "Cardápio simples e honesto, chegou quente.", ""),
    (
        5,
        "Aniversário de dez anos, e nos trataram como se fosse o deles.",
        "Our tenth anniversary, and they treated us as if it were theirs.",
    ),
)
ANSWERS = (
    "Obrigado pela visita! Esperamos vocês de novo.",
    "Que bom ler isso. A equipe do café agradece.",
    "Sentimos muito. O aquecedor foi trocado; a próxima hidro é por nossa conta.",
)


def demo_world() -> World:
    """Return Google with the demo's companies, each of which may consent for its own account."""
    world = World()
    for number, (company, houses) in enumerate(HOUSES.items(), 1):
        account = str(number)
        world.accounts[account] = f"Perfis {TITLES[houses[0]]}"
        world.consents_by[company] = {account}
        for house in houses:
            place = world.add_location(house, account, title=TITLES[house])
            place.is_verified = bool(COUNTS[house])
            fill(place, COUNTS[house])
    return world


def fill(place: Location, count: int) -> None:
    """Have guests say so many things, more of them lately."""
    chance = random.Random(place.id)  # noqa: S311 (a demo, not a secret)
    today = datetime.now(UTC).replace(hour=3, minute=0, second=0, microsecond=0)
    for number in range(count):
        stars, said, translated = chance.choice(SAID)
        at = today - timedelta(days=DAYS * (chance.random() ** 1.4), minutes=chance.randrange(900))
        review = Review(
            id=f"{place.id}-{number:03}",
            stars=("ONE", "TWO", "THREE", "FOUR", "FIVE")[stars - 1],
            original=said,
            author=chance.choice(AUTHORS),
            is_anonymous=chance.random() < 0.1,
            created=at,
            updated=at,
        )
        if translated:
            review.said = f"{said}\n\n(Translated by Google)\n{translated}"
        if chance.random() < 0.3:
            answer = ANSWERS[2] if stars < 4 else chance.choice(ANSWERS[:2])
            review.reply = Reply(answer, at + timedelta(days=1))
        place.reviews[review.id] = review
