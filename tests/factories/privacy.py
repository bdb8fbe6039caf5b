"""CPFs of nobody in particular, with check digits by arithmetic of the tests' own."""


def make_cpf(number: int) -> str:
    """Return the CPF whose first nine digits are that number."""
    digits = [int(digit) for digit in f"{number:09}"]
    for weights in (range(10, 1, -1), range(11, 1, -1)):
        rest = sum(w * d for w, d in zip(weights, digits, strict=True)) % 11
        digits.append(0 if rest < 2 else 11 - rest)
    return "".join(map(str, digits))
