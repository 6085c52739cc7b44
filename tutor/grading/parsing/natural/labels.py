"""Nouns for quantities that stand before an answer and say what it is: mean = 8, Fläche: 5 cm²."""

_ENGLISH = (
    "absolute value|age|amplitude|amount|angle|answer|area|average|base|breadth|change"
    "|circumference|coefficient|common difference|common factor|common ratio|cost|degree"
    "|denominator|density|depth|derivative|determinant|diameter|difference|discount"
    "|discriminant|distance|duration|expected value|exponent|frequency|gcd|gcf|gradient|hcf"
    "|height|hypotenuse|income|increase|integral|intercept|interest|interquartile range|iqr"
    "|lcd|lcm|length|limit|lim|loss|lowest|highest|mass|max|maximum|maximum value|mean|median"
    "|midpoint|min|minimum|minimum value|mode|modulus|multiplier|number|numerator|percentage"
    "|percent|perimeter|period|population|price|probability|product|profit|quotient|radius"
    "|range|rank|rate|ratio|remainder|salary|scale factor|score|side|side length|slope|speed"
    "|standard deviation|sum|surface|surface area|tax|temperature|tip|time|total|total cost"
    "|variance|velocity|vertex|volume|wage|weight|width|x-value|y-value|y-intercept"
    "|x-intercept"
)
_GERMAN = (
    "abstand|alter|anteil|anzahl|breite|determinante|differenz|durchmesser|durchschnitt"
    "|fläche|flächeninhalt|geschwindigkeit|gesamtpreis|gewicht|ggt|grenzwert|grundwert|höhe"
    "|hypotenuse|inhalt|kgv|kosten|länge|maximum|median|minimum|mittelwert|modalwert"
    "|oberfläche|preis|produkt|prozentsatz|prozentwert|quotient|radius|rabatt|rest|seite"
    "|seitenlänge|spannweite|steigung|strecke|summe|umfang|varianz|volumen|wahrscheinlichkeit"
    "|weg|winkel|zahl|zeit|zinsen"
)
_FRENCH = (
    "aire|angle|coefficient|coût|diamètre|différence|distance|durée|écart|étendue|hauteur"
    "|largeur|limite|longueur|maximum|médiane|minimum|moyenne|nombre|pente|pgcd|périmètre"
    "|pourcentage|ppcm|prix|probabilité|produit|quotient|rayon|reste|somme|surface|temps"
    "|variance|vitesse|volume"
)
_SPANISH = (
    "altura|ancho|ángulo|área|cociente|coste|costo|diámetro|diferencia|distancia|edad|largo"
    "|límite|longitud|máximo|mcd|mcm|media|mediana|mínimo|moda|número|pendiente|perímetro"
    "|porcentaje|precio|probabilidad|producto|promedio|radio|rango|resto|suma|superficie"
    "|tiempo|velocidad|volumen"
)
_CHINESE = (
    "最大公约数|最大公因数|最小公倍数|平均数|平均值|平均分|中位数|众数|方差|标准差|极差|余数|商|和|差|积|面积|表面积|周长|体积|容积|长度|长|宽|高|边长|半径"
    "|直径|角度|斜率|速度|时间|路程|距离|价格|总价|单价|利润|利息|税|折扣|概率|极限|行列式|最大值|最小值|周期|振幅|公差|公比|人数|个数|总数|年龄|数量"
    "|比值"
)
_SPOKEN = "|".join((_ENGLISH, _GERMAN, _FRENCH, _SPANISH))
_IS = r"\s?[=:：]|'s| is| are| equals| ist| beträgt| sind| est| vaut| es| son"
_NUMBER = r"(?=\s?(?:[-+−±√$€£(\d]|\\))"

# The pattern of a label, with the word or sign between it and the number; it matches in any case.
LABEL = (
    r"(?:(?:the|my|our|its|a|der|die|das|la|le|el|so|and) ){0,2}"
    rf"(?:{_SPOKEN})(?:(?:{_IS}){_NUMBER}|(?=\s[-+−]?\d))"
    rf"|(?:{_CHINESE})\s?(?:[=:：是为]|等于)"
)
