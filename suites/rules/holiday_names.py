"""What Brazil's holidays are called in Spanish: the library `holidays` has no catalogue for it."""

APART = "; "
"""Stands between the names of holidays that fall on one day."""

SPANISH = {
    "Abolição da escravidão no Ceará": "Abolición de la esclavitud en Ceará",
    "Adesão do Grão-Pará à independência do Brasil": "Adhesión de Grão-Pará a la independencia",
    "Adesão do Maranhão à independência do Brasil": "Adhesión de Maranhão a la independencia",
    "Aniversário do Acre": "Aniversario de Acre",
    "Assinatura do Tratado de Petrópolis": "Firma del Tratado de Petrópolis",
    "Carnaval": "Carnaval",
    "Confraternização Universal": "Año Nuevo",
    "Corpus Christi": "Corpus Christi",
    "Criação do Estado": "Creación del estado",
    "Criação do Território Federal": "Creación del territorio federal",
    "Dia Internacional da Mulher": "Día Internacional de la Mujer",
    "Dia Nacional de Zumbi e da Consciência Negra": "Día Nacional de Zumbi y la Conciencia Negra",
    "Dia da Amazônia": "Día de la Amazonia",
    "Dia da Autonomia": "Día de la Autonomía",
    "Dia de Santa Catarina de Alexandria": "Día de Santa Catalina de Alejandría",
    "Dia do Estado de Santa Catarina": "Día del estado de Santa Catarina",
    "Dia do Evangélico": "Día del Evangélico",
    "Dia do Gaúcho": "Día del Gaucho",
    "Dia do Piauí": "Día de Piauí",
    "Dia do Rio Grande do Norte": "Día de Rio Grande do Norte",
    "Dia do Trabalhador": "Día del Trabajador",
    "Elevação do Amazonas à categoria de província": "Elevación de Amazonas a provincia",
    "Emancipação Política de Alagoas": "Emancipación política de Alagoas",
    "Emancipação política de Sergipe": "Emancipación política de Sergipe",
    "Execução de Tiradentes": "Ejecución de Tiradentes",
    "Finados": "Día de los Difuntos",
    "Fundação da cidade de Goiás": "Fundación de la ciudad de Goiás",
    "Fundação de Brasília": "Fundación de Brasilia",
    "Fundação do Estado": "Fundación del estado",
    "Independência da Bahia": "Independencia de Bahía",
    "Independência do Brasil": "Independencia de Brasil",
    "Mártires de Cunhaú e Uruaçu": "Mártires de Cunhaú y Uruaçu",
    "Natal": "Navidad",
    "Nossa Senhora Aparecida": "Nuestra Señora de Aparecida",
    "Nossa Senhora da Assunção": "Nuestra Señora de la Asunción",
    "Nossa Senhora da Natividade": "Natividad de Nuestra Señora",
    "Nossa Senhora da Penha": "Nuestra Señora de la Peña",
    "Nossa Senhora do Rocio": "Nuestra Señora del Rocío",
    "Pedra fundamental de Goiânia": "Piedra fundamental de Goiânia",
    "Proclamação da República": "Proclamación de la República",
    "Revolução Constitucionalista": "Revolución Constitucionalista",
    "Revolução Pernambucana de 1817": "Revolución Pernambucana de 1817",
    "Sexta-feira Santa": "Viernes Santo",
    "São Jorge": "San Jorge",
    "São José": "San José",
    "São João": "San Juan",
    "São Pedro": "San Pedro",
    "São Tiago": "Santiago Apóstol",
    "Tiradentes": "Tiradentes",
}


def in_spanish(names: str) -> str:
    """Return the names of a day in Spanish; a name that is not known stays as it is."""
    return APART.join(SPANISH.get(name, name) for name in names.split(APART))
