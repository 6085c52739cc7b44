"""The letters and words by which pupils call quantities, in five languages."""

from __future__ import annotations

_SHORTEST_WORD = 4  # letters; SA and AC are no words

NAMES = {
    sought: frozenset(name.strip() for name in names.split("|"))
    for sought, names in {
        "area": "A|S|F|K|area|areas|fläche|flächeninhalt|inhalt|aire|superficie|área|面积",
        "perimeter": "P|U|C|u|p|l|L|perimeter|umfang|périmètre|perímetro|circumference"
        "|circonférence|circunferencia|周长",
        "volume": "V|volume|volumen|rauminhalt|capacity|体积|容积",
        "surface": "S|O|A|T|SA|TSA|surface area|total surface area|surface|oberfläche|aire totale"
        "|superficie|área total|表面积|全面积|S表|S全|s表|s全",
        "lateral": "M|L|S|A|curved surface area|lateral area|mantelfläche|mantel|aire latérale"
        "|área lateral|侧面积|S侧|s侧",
        "base area": "G|B|A|S|base area|area of base|area of the base|grundfläche|fläche boden"
        "|aire de la base|aire de base|aire base|base du cône|área de la base|área base|área basal"
        "|底面积|底面面积|底面圆面积|S底|s底",
        "slant": "s|l|m|g|slant height|mantellinie|génératrice|generatriz|母线",
        "diagonal": "d|e|D|AC|BD|A_C|B_D|diagonal|diagonale|对角线",
        "arc": "b|s|l|L|arc|arc length|bogen|bogenlänge|longueur de l'arc|arco|弧长",
        "radius": "r|R|radius|rayon|radio|半径",
        "side": "a|s|x|side|seite|côté|lado|边长|边|edge|kante",
        "height": "h|H|height|höhe|hauteur|altura|高",
        "width": "w|b|l|x|width|breite|largeur|ancho|宽",
        "speed": "v|V|speed|average speed|velocity|geschwindigkeit|durchschnittsgeschwindigkeit"
        "|vitesse|velocidad|速度|平均速度",
        "distance": "s|d|x|S|D|distance|strecke|weg|entfernung|distancia|路程|距离",
        "time": "t|T|time|zeit|dauer|temps|durée|tiempo|时间",
        "mass": "m|mass|masse|masa|质量|weight|gewicht",
        "density": "rho|d|D|density|dichte|densité|masse volumique|densidad|密度",
        "force": "F|G|force|kraft|fuerza|力",
        "acceleration": "a|acceleration|beschleunigung|accélération|aceleración|加速度",
        "energy": "W|E|Q|work|energy|arbeit|energie|travail|énergie|trabajo|功",
        "power": "P|power|leistung|puissance|potencia|功率",
        "pressure": "p|P|pressure|druck|pression|presión|压强",
        "voltage": "U|V|voltage|spannung|tension|tensión|电压",
        "current": "I_0|current|strom|stromstärke|intensité|corriente|电流",
        "resistance": "R|resistance|widerstand|résistance|resistencia|电阻",
        "probability": "P|p|Pr|probability|chance|wahrscheinlichkeit|probabilité|probabilidad|概率",
        "kinetic energy": "E|E_k|K|KE|E_kin|E_c|kinetic energy"
        "|kinetische energie|énergie cinétique|energía cinética|动能",
    }.items()
}


def is_letter_of(name: str, question: str) -> bool:
    """Whether a quantity that the question has a word for is called so: P, of a probability."""
    asked = question.casefold()
    return any(
        name in names and any(word in asked for word in names if _is_word(word))
        for names in NAMES.values()
    )


def _is_word(name: str) -> bool:
    return len(name) >= _SHORTEST_WORD or "\u4e00" <= name[0] <= "\u9fff"
