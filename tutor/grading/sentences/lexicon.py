"""The words that may stand around an answer, each with the role that it has there.

A word that is not in here may only name a thing: what is counted, or who gets it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache, lru_cache

from tutor.grading.parsing.natural.labels import CHINESE_MEASURES, MEASURES
from tutor.grading.parsing.natural.languages import is_translated
from tutor.grading.parsing.natural.spoken import is_meaningful, is_spoken
from tutor.grading.parsing.units import read_unit, split_number_words
from tutor.grading.sentences.concepts import DATES
from tutor.grading.sentences.doubts import misspellings


class WordRole(StrEnum):
    """What a word does beside an answer: single letters, so that a clause becomes a short text."""

    VALUE = "V"  # a number or another formula that says something
    FORMULA = "f"  # a name
    HARMLESS = "h"  # it leaves the answer as it is
    ARTICLE = "d"
    EACH = "e"
    OWN = "p"  # my
    THINKS = "s"
    OTHER_PERSON = "w"  # he, they, you
    MEASURE = "m"  # a quantity, or the answer itself
    OF = "o"
    LINK = "l"  # a value follows
    WHERE = "t"  # in, for
    BEHIND = "b"  # left, altogether: behind a value only
    DOING = "g"  # solving
    UNIT = "u"
    ROUGHLY = "r"
    CALCULATION = "c"  # times, squared
    CHANGE = "z"  # another answer comes of it
    UNKNOWN = "x"


# A word counts in the first role that it has here.
_WORDS = {
    WordRole.ROUGHLY: """
        about approx approximately roughly around etwa ungefähr rund circa ca gerundet environ env
        aprox aproximadamente
    """,
    WordRole.UNIT: "percent percentage prozent sq cu square cubic ld",
    WordRole.DOING: """
        solving simplifying factoring dividing multiplying adding subtracting expanding
        differentiating integrating substituting ableiten auflösen umformen ausrechnen kürzen
        despejando resolviendo simplificando factorizando derivando flip flipping flipped
    """,
    WordRole.CHANGE: """
        dozen dozens dutzend docena docenas douzaine douzaines pair pairs paar paare par pares paire
        paires hundreds thousands tenth hundredth fails failed seems looks sounds sucks off close
        trap tops best extra additional missing other others another more less fewer too step steps
        tries attempt attempts schritte pasos étapes ago before later ish demasiado trop zuviel
        dizaine dizaines centaine centaines millier milliers decena decenas centenas millares
        décimas
        décimos perpendicular parallel perpendiculaire parallèle senkrecht delete erase remove
        ignore
        discard streichen löschen weglassen rayer effacer supprimer borrar tachar quitar eliminar
        question exercise page wrong false half double opposite demi mistake mistakes error fehler
        erreur schritt veces daneben viel viele wenig some um sometimes always
    """,
    WordRole.THINKS: """
        think believe sure glaube glaub denke denk meine finde weiß schätze pense crois creo pienso
        opino digo dirais diría
    """,
    WordRole.OTHER_PERSON: """
        he she they you u ya everyone everybody er sie ihr tu vous il elle ils elles él ella ellos
        ellas usted
    """,
    WordRole.LINK: """
        is are be equals equal gets get got gives give gave makes make comes becomes find found
        obtain obtained receive receives received needs need takes take costs cost pays has have
        leaves remain remains weighs measures lasts contains holds its it's thats that's lies theres
        there's write cross meet intersect follows simplifies
        yields produces totals amounts reaches equalling giving leaving making ist sind beträgt
        ergibt ergeben macht
        machen bekommt bekommen bekomme kriegt kriege kriegen erhält erhalten erhalte habe hab hat
        haben kommt kommen komme braucht brauche brauchen kostet kosten bleibt bleiben bleib lautet
        heißt liegt dauert wiegt misst zahlt bezahlt gleich gibt kauft folgt vereinfacht schneiden
        est sont c'est être fait font faut vaut valent donne obtient obtiens reçoit reçois reçoivent
        ont avons coûte coûtent dure durent pèse mesure reste restent contient égal égale égalent
        paie paye prend trouve trouvé obtenu coupent es son ser da dan sale salen salió hay tiene
        tienen queda quedan vale valen cuesta cuestan recibe reciben recibo tarda tardan mide miden
        pesa pesan dura toca tocan necesita necesitan obtengo obtiene igual dio hace hacen paga
        pagan equivale está contiene suman resultan suma cabe ganan
        corresponde entspricht entsprechen erhalten correspond correspondent
    """,
    WordRole.EACH: "each every jede jeder jedes jedem chaque chacun chacune cada",
    WordRole.ARTICLE: """
        the a an all both these their his her der die das den dem ein eine einer einem einen beide
        alle le la les un une tous toutes ce cet cette ces el los las una ambos ambas todos todas
        este esta
    """,
    WordRole.OWN: "my our mein meinem meiner unser unsere mon ma notre mi mis nuestra nuestro",
    WordRole.MEASURE: """
        answer answers result results solution solutions value values total sum roots first
        smallest largest biggest greatest common middle new erste kleinste größte neue mittlere
        nouveau nueva nuevo coordinate coordinates vertex equation fraction ratio formula function
        term expression zero zeros side sign asymptote antwort antworten antwortsatz ergebnis
        ergebnisse
        lösung lösungen wert bruch gleichung funktion nullstelle nullstellen derivative ableitung
        dérivée derivada integral réponse résultat valeur équation racines rapport fonction
        respuesta resultado solución soluciones valor fracción ecuación raíces razón función
        coordonnées coordenadas koordinaten expresión verticale vertical primes factors divisors
        antiderivative stammfunktion primitive
    """,
    WordRole.HARMLESS: """
        i im i'm ive i've we it that this them there then so thus hence therefore and as also must
        should will final correct just only exactly precisely now finally well ok okay yes yeah yep
        yup hmm uh erm hey hi hello lol haha jaja jeje hihi mdr xd tbh would learned imo please
        thanks thank sir
        miss teacher dear sorry pretty quite really definitely certainly clearly obviously simply
        checked check calculated worked solved right here does did do me us end done when simplified
        reduced which wich where wo où donde teh easy qui if wenn quand ich wir man dies ja jo na
        nun dann daher damit somit folglich deshalb deswegen demnach nämlich einfach nur genau
        daraus draus eben halt jetzt endlich insgesamt zusammen muss müssen soll sollte doch ganz
        sicher natürlich eigentlich hier raus heraus mir uns ihm ihnen dass danke bitte und je j' on
        nous ça cela ceci donc alors ainsi puis bien oui voilà enfin finalement doit devrait
        exactement juste lui leur y merci madame monsieur svp que qu' m' moi suis sûr sûre certain
        actually anyway basically obviously evidently indeed surely bye cheers
        greetings guys mate prof professor mr mrs ms pythagoras pythagore pitágoras thales foil
        bidmas bodmas pemdas hallo servus moin grüße gruß tschüss offensichtlich logischerweise
        bonjour salut bonsoir cordialement forcément évidemment logiquement bref hola buenas adiós
        saludo saludos obviamente lógicamente evidentemente sich satz
        et yo nos se lo te pues así asi entonces luego debe bueno sí claro exactamente justo solo
        ahora entonses seguro segura profe gracias finalmente simplemente eso esto resulta
    """,
    WordRole.OF: "of von vom des de du d' del",
    WordRole.WHERE: """
        in for with at from by into to after per auf für zu zum zur mit bei am nach pro dans pour
        sur avec à au en para con por al
    """,
    WordRole.BEHIND: """
        left remaining over altogether long wide tall high deep whole apiece overall übrig lang
        breit hoch tief groß schwer alt jeweils restants restantes restant large haut sobrantes
        largo ancho alto works work stimmt passt sein richtig korrekt correcto
    """,
}
_PHRASES = {
    WordRole.DOING: "plugging in|putting in|filling in|plugging it in|putting it in",
    WordRole.CHANGE: (
        "so on|and so on|at most|at least|my foot|as if|in your dreams|yeah right|nice try|dream on"
    ),
    WordRole.THINKS: "i guess|i say|i suppose|i hope|i know|we know|i reckon|i'd guess|id guess",
    WordRole.EACH: (
        "each of them|each one|cada uno|cada una|a cada uno|a cada una|jeder von ihnen|chacun d'eux"
    ),
    WordRole.HARMLESS: (
        "viele grüße|liebe grüße|schöne grüße|good morning|good evening|have a nice day"
        "|bonne journée|à la fois|du coup"
        "|espero que esté bien|espero que sea correcto|hope this is right|hope thats right"
        "|hope that's right|hope it's right|i hope so|j'espère que c'est bon|hoffe das stimmt"
        "|we know that|i know that|on sait que|sabemos que|por definición|by definition"
        "|in total|in all|in both lists|in the middle|in the end|at the end|after all|of course"
        "|all together|on my calculator|all in all"
        "|i would say|i'd say|id say|ich würde sagen|würde sagen"
        "|je dirais|yo diría|pretty sure|d'après pythagore|the one|the one in the middle"
        "|bei mir|zum schluss|am ende|am schluss|auf jeden fall|en total|en tout|au total"
        "|à la fin|al final|por tanto|por lo tanto|o sea|es decir|por eso|así que|that means"
    ),
    WordRole.WHERE: "au bout de",
    WordRole.MEASURE: (
        "plus grand|plus grande|plus petit|plus petite|first one|last one|smallest one"
        "|largest one|middle one|el primero|el menor|el mayor"
    ),
    WordRole.LINK: (
        "a pour|ended up with|end up with|ends up with|ended up at|arrive at|arrived at|lande bei"
        "|landet bei|tombe sur|on tombe sur|llego a|comes to|comes out as|comes out to"
        "|comes out at|came out as|came out to|works out to"
        "|works out as|works out at|turns out to be|turned out to be|adds up to|equal to"
        "|komme auf|kommt auf|kommen auf|kommt man auf|landet man bei|il y a|il y en a|égal à"
        "|égale à|igual a|tiene que ser|hat noch|haben noch|habe noch|bleiben noch|j'ai trouvé"
        "|j'ai obtenu|simplifies to|reduces to|leaves us with|leaves me with|leaves you with"
        "|ergibt sich|steht da|meet at|cross at|intersect at|has to be"
        "|have to be|has to equal|lies at|liegt bei|est à|está en"
    ),
}
_CHINESE_WORDS = {
    WordRole.THINKS: "觉得 认为 想 感觉",
    WordRole.UNIT: """
        千米 公里 小时 分钟 秒 公斤 千克 毫升 公顷 毫米 分米 个月 只 根号 平方厘米 平方米 平方分米
        平方千米 立方厘米 立方米 立方分米 个 元 块 度 米
        厘米
    """,
    WordRole.HARMLESS: """
        我们 我 计算 算出来 算出 算得 算 得出 所以 因此 因而 于是 故 就 应该 肯定 一定 吧 啊 呢 啦
        哦 嗯 哈哈 哈 老师 谢谢 您 你好 您好 嘿 嘻嘻 啊 哟 咯 哈哈哈 最后 最终 然后 那么 那 这 也
        都 一共 总共 共 合计 它 他们 她们
        他 她 还 可以 能 验算 检验 检查 验证 过了 以后 之后 再 正好 刚好 恰好 了 可得 可知 由此 答
        解得 解 综上 要 到 每人
        每个人
        或者 或 和 与 且
    """,
    WordRole.BEHIND: "后",
    WordRole.DOING: """
        化简 约分 通分 移项 代入 代进去 展开 因式分解 求导 配方 去分母 去括号 合并同类项 整理 同时
        两边
    """,
    WordRole.EACH: "每个 每位 每名 每",
    WordRole.ARTICLE: "这个 那个 该",
    WordRole.MEASURE: "因数 约数 倍数 方程 直线方程 答案 结果 得数 值 点 解集 函数",
    WordRole.LINK: "等于 是 为 有 得到 得 需要 需 要付 要用 花 付 剩下 剩 分到 分得 拿到 选 加起来",
    WordRole.OF: "的",
}
_CHINESE_CHANGES = re.compile(
    "[不没非无未误错或倍半反负多少除减加乘约方根打双对太岁第超过近内外左右差上下前后旧原吗楼号届月删猜瞎蒙]"
    ""
    r"|怎么|难道|什么|占位|随便|出头|之间|木有|布是|一毛"
)
_NAMES_OF_VALUES = ("-coordinate", "-value", "-intercept", "-koordinate")
_MISSPELLED_ROLES = (WordRole.THINKS, WordRole.LINK, WordRole.HARMLESS, WordRole.MEASURE)
MIN_MISSPELLED = 4  # letters
FIRST_CHINESE = "\u4e00"
COUNTING = frozenset("人名本张条支辆棵件箱袋盒天分种份瓶杯朵头匹套台枚粒位间排组克升页道吨")  # 12本


@lru_cache(maxsize=4096)
def role_of(word: str) -> WordRole:
    """word: in small letters, or Chinese characters that belong together."""
    if role := _roles().get(word):
        return role
    if word.endswith(_NAMES_OF_VALUES):
        return WordRole.HARMLESS
    if word >= FIRST_CHINESE:
        return WordRole.CHANGE if _CHINESE_CHANGES.search(word) else WordRole.UNKNOWN
    if is_read(word):
        return WordRole.CALCULATION
    if len(word) > 1 and (read_unit(word) or split_number_words(word)[0] != 1):
        return WordRole.UNIT
    short = word.rstrip(word[-1]) + word[-1]  # alsoo
    return role_of(short) if short != word else _misspelled().get(word, WordRole.UNKNOWN)


def is_read(word: str) -> bool:
    """Whether an answer may have it in its value, as five squared has."""
    return is_spoken(word) or is_meaningful(word) or is_translated(word)


def phrases_in(text: str) -> Iterator[tuple[int, int, WordRole]]:
    """Where words say one thing together: in the end."""
    for phrase in _PHRASE.finditer(text.replace("’", "'")):
        yield phrase.start(), phrase.end(), _PHRASE_ROLES[phrase[0].lower()]


def chinese_words(run: str) -> Iterator[tuple[str, int]]:
    """The known words in a run of characters, and what stands between them, with their places."""
    position = 0
    for word in _chinese().finditer(run):
        if position < word.start():
            yield run[position : word.start()], position
        yield word[0], word.start()
        position = word.end()
    if position < len(run):
        yield run[position:], position


@cache
def _roles() -> dict[str, WordRole]:
    roles: dict[str, WordRole] = dict.fromkeys(DATES, WordRole.CHANGE)
    for role, words in (*_WORDS.items(), *_CHINESE_WORDS.items()):
        for word in words.split():
            roles.setdefault(word, role)
    for measure in (*MEASURES, *CHINESE_MEASURES):
        words_of_measure = measure.split()
        for word in words_of_measure:
            if len(words_of_measure) == 1 or not is_read(word):
                roles.setdefault(word, WordRole.MEASURE)
    return roles


@cache
def _misspelled() -> dict[str, WordRole]:
    return {
        spelling: role
        for word, role in _roles().items()
        if role in _MISSPELLED_ROLES and len(word) >= MIN_MISSPELLED and word < FIRST_CHINESE
        for spelling in misspellings(word)
    }


@cache
def _chinese() -> re.Pattern[str]:
    words = (word for word in _roles() if word >= FIRST_CHINESE)
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


_PHRASE_ROLES = {
    phrase: role for role, phrases in _PHRASES.items() for phrase in phrases.split("|")
}
_PHRASE = re.compile(
    rf"(?<![\w'])(?:{'|'.join(sorted(_PHRASE_ROLES, key=len, reverse=True))})(?![\w'])",
    re.IGNORECASE,
)
