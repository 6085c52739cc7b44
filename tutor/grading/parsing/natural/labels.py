"""Nouns for quantities that stand before an answer and say what it is: mean = 8, Fläche: 5 cm²."""

_ENGLISH = (
    "absolute value|age|amount|amplitude|angle|answer|area|average|base|breadth|center|centre"
    "|change|circumference|coefficient|common difference|common factor|common ratio"
    "|coordinates|cost|degree|denominator|density|depth|derivative|determinant|diameter"
    "|difference|discount|discriminant|distance|domain|duration|expected value|exponent|focus"
    "|frequency|gcd|gcf|gradient|hcf|height|highest|hypotenuse|income|increase|integral"
    "|intercept|interest|interquartile range|intersection|intersection point|interval|iqr|lcd"
    "|lcm|length|lim|limit|loss|lowest|mass|max|maximum|maximum value|mean|median|midpoint"
    "|min|minimum|minimum value|mode|modulus|multiplier|number|numerator|percent|percentage"
    "|perimeter|period|point|population|price|probability|product|profit|quotient|radius"
    "|range|rank|rate|ratio|remainder|salary|scale factor|score|set|side|side length|slope"
    "|speed|standard deviation|sum|surface|surface area|tax|temperature|time|tip|total"
    "|total cost|turning point|variance|vector|velocity|vertex|volume|wage|weight|width"
    "|x-intercept|x-value|y-intercept|y-value"
)
_GERMAN = (
    "abstand|alter|anteil|anzahl|breite|determinante|differenz|durchmesser|durchschnitt"
    "|fläche|flächeninhalt|gesamtpreis|geschwindigkeit|gewicht|ggt|grenzwert|grundwert"
    "|hypotenuse|höhe|inhalt|kgv|kosten|länge|lösungsmenge|maximum|median|minimum|mittelpunkt"
    "|mittelwert|modalwert|oberfläche|preis|produkt|prozentsatz|prozentwert|punkt|quotient"
    "|rabatt|radius|rest|scheitel|scheitelpunkt|schnittpunkt|seite|seitenlänge|spannweite"
    "|steigung|strecke|summe|umfang|varianz|vektor|volumen|wahrscheinlichkeit|weg|winkel|zahl"
    "|zeit|zinsen"
)
_FRENCH = (
    "aire|angle|centre|coefficient|coût|diamètre|différence|distance|durée|hauteur|largeur"
    "|limite|longueur|maximum|milieu|minimum|moyenne|médiane|nombre|pente|pgcd|point"
    "|pourcentage|ppcm|prix|probabilité|produit|périmètre|quotient|rayon|reste|somme|sommet"
    "|surface|temps|variance|vecteur|vitesse|volume|écart|étendue"
)
_SPANISH = (
    "altura|ancho|centro|cociente|coste|costo|diferencia|distancia|diámetro|edad|largo"
    "|longitud|límite|mcd|mcm|media|mediana|moda|máximo|mínimo|número|pendiente|perímetro"
    "|porcentaje|precio|probabilidad|producto|promedio|punto|punto medio|radio|rango|resto"
    "|suma|superficie|tiempo|vector|velocidad|volumen|vértice|ángulo|área"
)
_CHINESE = (
    "最大公约数|最大公因数|最小公倍数|方程的解|顶点坐标|最小值|平均值|标准差|表面积"
    "|原式|中位数|定义域|平均数|平均分|最大值|行列式|向量|焦点|公比|概率|极限|人数"
    "|中点|比值|交点|余数|时间|直径|距离|总价|面积|边长|振幅|总数|年龄|路程"
    "|价格|周期|圆心|利润|角度|利息|单价|解集|坐标|极差|容积|斜率|众数|折扣"
    "|值域|速度|顶点|方差|体积|长度|公差|个数|周长|半径|数量|积|高|长|商|根"
    "|比|差|和|税|宽"
)
_SPOKEN = "|".join((_ENGLISH, _GERMAN, _FRENCH, _SPANISH))
MEASURES = frozenset(_SPOKEN.split("|"))
CHINESE_MEASURES = frozenset(_CHINESE.split("|"))
_IS = r"\s?[=:：]|'s| is| are| equals| ist| beträgt| sind| est| vaut| es| son"
_NUMBER = r"(?=\s?(?:[-+−±√$€£(\d]|\\))"

# The pattern of a label, with the word or sign between it and the number; it matches in any case.
LABEL = (
    r"(?:(?:at|the|my|our|its|a|der|die|das|la|le|el|so|and) ){0,2}"
    rf"(?:{_SPOKEN})(?:(?:{_IS}){_NUMBER}|(?=\s\(?[-+−]?\d))"
    rf"|(?:{_CHINESE})\s?(?:[=:：是为]|等于)"
)
