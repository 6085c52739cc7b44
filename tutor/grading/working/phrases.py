"""What words around a formula say about it, in English, German, French, Spanish and Chinese."""

from __future__ import annotations

import re
from enum import StrEnum


class Cue(StrEnum):
    """What a phrase does to the formula after it, or to the one before it."""

    SO = "so"
    BECAUSE = "because"
    BUT = "but"
    SUPPOSE = "suppose"
    WITH = "with"  # supposes after a statement, and tells where one holds before it
    AT = "at"  # tells where a statement holds
    CASE = "case"
    CHECK = "check"
    ANSWER = "answer"
    NOTHING = "nothing"  # no solution
    REJECTED = "rejected"
    TICKED = "ticked"
    OR = "or"
    AND = "and"
    IS = "is"
    SIDE = "side"  # the left side, the whole expression
    OF = "of"  # makes one thing of what is before and after it
    OPERATION = "operation"  # is followed by what is added, subtracted, …
    METHOD = "method"  # an operation by itself
    BOTH_SIDES = "both sides"
    EQUATION = "equation"  # the word before the label of an equation
    FROM = "from"  # before a label: out of that equation
    STEP = "step"
    FILLER = "filler"


_BY_CUE: dict[Cue, str] = {
    Cue.SO: """
        so; then; hence; thus; therefore; it follows that; it follows; this gives; that gives;
        gives; which gives; which means; which means that; this means; this means that;
        that means; we get; we obtain; i get; you get; get; we have; i.e.; ie; that is; implies;
        giving; leads to; so that; thats; and so; and then; now; finally; in total; altogether;
        this leads to; yields; consequently; as a result; we find; we conclude; also; daher;
        somit; folglich; deshalb; deswegen; daraus folgt; es folgt; folgt; damit; demnach;
        ergibt; das ergibt; ergibt sich; es ergibt sich; dann; d.h.; dh; das heißt; das heisst;
        wir erhalten; man erhält; erhält man; ich erhalte; das gibt; gibt; nun; insgesamt;
        und damit; mithin; also gilt; es gilt; gilt; dann gilt; daraus; macht; das macht;
        und somit; und also; donc; d'où; ainsi; alors; par conséquent; c'est-à-dire; on a;
        on obtient; on trouve; il vient; ce qui donne; cela donne; ça donne; donne; par suite;
        il s'ensuit; puis; et donc; on en déduit; on en déduit que; on a donc; nous avons;
        d'où l'on tire; soit encore; au total; ça fait; cela fait; entonces; luego; así;
        por tanto; por lo tanto; por consiguiente; de donde; es decir; queda; nos queda;
        se obtiene; obtenemos; tenemos; resulta; se tiene; así que; de ahí; me queda; nos da;
        en total; ⇒; →; ⟹; ⟶; ⇔; ⟺; ↔; ∴; ⟸; 所以; 因此; 故; 即; 于是; 则; 得; 得到; 可得; 解得;
        从而; 由此; 由此得; 那么; 就是; 也就是; 可知; 知; 便得; 则有; 所以有; 推出; 故有; 求得;
        算得; 即为; 易得; 易知; 可以得到; 就得到; 得出; 整理得; 化简得; 解之得; 综上; 综上所述;
        共; 一共; 总共; 合计; 此时; 这时
    """,
    Cue.BECAUSE: """
        because; since; as; because of; due to; for the reason that; given that; weil; da; denn;
        wegen; nämlich; parce que; parce qu'; car; puisque; puisqu'; comme; vu que;
        étant donné que; porque; ya que; pues; puesto que; dado que; como; ∵; 因为; 由于; 因;
        又因为; 又; 而
    """,
    Cue.BUT: """
        but; however; while; whereas; aber; jedoch; mais; or bien; pero; sino; 但; 但是; 而且;
        并且; 同时; 可是
    """,
    Cue.SUPPOSE: """
        let; set; put; assume; assume that; suppose; suppose that; setting; letting; choose;
        take; define; substitution; given; we set; we let; take for example; try; call; sei;
        seien; setze; setzen; setzen wir; wir setzen; man setzt; angenommen; annahme; gegeben;
        geg.; wähle; definiere; substituiere; nenne; induktionsannahme; induktionsvoraussetzung;
        iv; geg; gegeben ist; gegeben sind; es sei; es seien; nehmen wir an; wir nehmen an;
        soit; soient; posons; on pose; en posant; supposons; supposons que; on suppose;
        on suppose que; notons; on note; on appelle; prenons; données; donnée; hypothèse;
        hypothèse de récurrence; sea; sean; supongamos; supongamos que; supón; suponemos;
        suponemos que; llamamos; llamemos; tomamos; hacemos; hagamos; datos; ponemos; definimos;
        hipótesis; hipótesis de inducción; 设; 令; 取; 假设; 记; 不妨设; 若设; 已知; 假定; 若取;
        设为; 归纳假设; 再设; 又设; 则设
    """,
    Cue.WITH: """
        with; where; wherein; mit; wobei; avec; où; con; donde; siendo; 其中; 式中; 这里; 满足
    """,
    Cue.AT: """
        for; at; when; if; at the point; for the point; whenever; in case; in the case;
        at point; plug in; für; bei; wenn; falls; im punkt; an der stelle; im fall;
        einsetzen von; pour; quand; lorsque; lorsqu'; si; en; au point; dans le cas; para;
        cuando; en el punto; en el caso; cuando la; 当; 若; 如果; 在; 把; 将
    """,
    Cue.CASE: """
        case; case 1; case 2; case 3; fall; fall 1; fall 2; cas; cas 1; cas 2; caso; caso 1;
        caso 2; 1. fall; 2. fall; 3. fall; first case; second case; erster fall; zweiter fall;
        premier cas; deuxième cas; primer caso; segundo caso; 情况; 情况一; 情况二; 情形一;
        情形二; 第一种情况; 第二种情况
    """,
    Cue.CHECK: """
        check; checking; test; testing; verify; verification; proof check; to check; probe;
        probe mit; kontrolle; überprüfung; test mit; prüfen; probe für; probe bei; vérification;
        vérifions; on vérifie; preuve; vérif; comprobación; comprobamos; comprobar;
        verificación; verificamos; compruebo; 检验; 验证; 验算; 检验知; 经检验; 代入检验
    """,
    Cue.ANSWER: """
        answer; answers; ans; the answer is; so the answer is; final answer; solution;
        solutions; the solution is; solution set; the solutions are; result;
        the final answer is; so the solution is; antwort; antwortsatz; lösung; lösungen;
        lösungsmenge; ergebnis; die lösung ist; die lösungen sind; lsg; die antwort ist; a.:;
        die lösung lautet; die lösungsmenge ist; réponse; ensemble des solutions;
        l'ensemble des solutions est; les solutions sont; la solution est; conclusion; résultat;
        la réponse est; phrase réponse; respuesta; solución; soluciones; resultado;
        la solución es; las soluciones son; sol; conjunto solución; la respuesta es; 答; 答案;
        答案是; 答案为; 解集; 解集为; 解集是; 的解集为; 的解集是; 的解为; 的解是;
        不等式组的解集为; 方程的解为; 原方程的解为; 原方程的解是; 方程的解是; 不等式的解集为;
        不等式的解集是; 不等式组的解集是; 方程组的解为; 方程组的解是; 原不等式的解集为; 结果;
        结果是; 结果为; 结论
    """,
    Cue.NOTHING: """
        no solution; no solutions; no real solution; no real solutions; no root; no roots;
        no real roots; no real root; has no solution; has no solutions; has no real solution;
        has no real solutions; there is no solution; there are no solutions;
        there is no real solution; there are no real solutions; no real eigenvalues;
        has no real roots; has no roots; unsolvable; not solvable; keine lösung; keine lösungen;
        keine reelle lösung; keine reellen lösungen; unlösbar; nicht lösbar; hat keine lösung;
        es gibt keine lösung; keine nullstelle; keine nullstellen; hat keine reelle lösung;
        hat keine reellen lösungen; pas de solution; pas de solutions; pas de solution réelle;
        pas de solutions réelles; aucune solution; aucune solution réelle; n'a pas de solution;
        il n'y a pas de solution; pas de racine; pas de racine réelle;
        n'a pas de solution réelle; n'admet pas de solution; n'admet aucune solution;
        sin solución; no hay solución; no tiene solución; ninguna solución; no hay soluciones;
        sin soluciones; no hay solución real; no tiene soluciones reales;
        no tiene solución real; no tiene soluciones; no hay soluciones reales;
        sin solución real; 无解; 无实数解; 没有解; 没有实数解; 没有实数根; 无实数根; 无实根;
        没有实根; 方程无解; 不存在实数解; 方程没有实数根; 方程无实数根; 此方程无解; 原方程无解;
        不等式无解; 不等式组无解
    """,
    Cue.REJECTED: """
        rejected; reject; not valid; invalid; impossible; not possible; extraneous; discard;
        discarded; rej; not a solution; is not a solution; no good; doesn't work; does not work;
        not allowed; not in the domain; wrong; false; contradiction; cannot be; can't be;
        is rejected; extraneous solution; n.a.; rejected because negative; geht nicht; entfällt;
        fällt weg; unmöglich; nicht möglich; scheidet aus; falsch; keine lösung der gleichung;
        ungültig; verworfen; scheinlösung; nicht in d; f.a.; falsche aussage; widerspruch;
        kommt nicht in frage; ist keine lösung; à rejeter; rejeté; rejetée; exclu; exclue;
        ne convient pas; non valable; faux; à exclure; absurde; n'est pas solution; no vale;
        no válida; no válido; imposible; descartada; descartado; se descarta; rechazada;
        rechazado; falso; no es válida; no es solución; no sirve; 舍去; 舍; 不合题意;
        不合题意舍去; 不符合题意; 不符题意; 增根; 舍掉; 不成立; 不可能; 不合; 不符合; 不满足;
        是增根; 应舍去; 矛盾; 不是原方程的解; 不是方程的解; 不合题意应舍去; 不符合题意舍去
    """,
    Cue.TICKED: """
        ok; okay; true; correct; works; it works; checks; good; fits; is a solution; holds;
        checks out; stimmt; wahr; w.a.; wahre aussage; passt; richtig; korrekt; ist lösung;
        ist eine lösung; geht auf; vrai; juste; convient; c'est bon; vérifié; est solution;
        verdadero; correcto; cierto; se cumple; es solución; bien; es válida; verdad; 成立;
        正确; 符合题意; 满足; 对; 符合; 是原方程的解; 是方程的解; 是原方程的根;
        是原分式方程的解; 满足题意; 是原方程组的解; 是方程组的解
    """,
    Cue.OR: """
        or; oder; ou; ou bien; o bien; 或; 或者; ∨
    """,
    Cue.AND: """
        and; und; et; sowie; 且; 和; 与; 以及; ∧
    """,
    Cue.IS: """
        is; are; was; were; equals; equal; is equal to; are equal to; amounts to; comes to;
        costs; has; have; ist; sind; beträgt; betragen; war; waren; gleich; ist gleich; lautet;
        lauten; kostet; kosten; hat; haben; wiegt; braucht; bleiben; bleibt; bekommt; liegt;
        dauert; est; sont; vaut; valent; est égal à; est égale à; égale; était; coûte; mesure;
        est de; est d'; mesurent; reste; il reste; coûtent; pèse; es; son; vale; valen; mide;
        es igual a; era; cuesta; cuestan; igual a; es de; quedan; pesa; tiene; 是; 为; 等于;
        共有; 还有; 还剩; 有最大值; 有最小值; 的最大值为; 的最小值为; 最大值为; 最小值为;
        是多少; 行驶了; 需要; 应为; 约为; 约是; 剩下; 有; 就有; 取得最大值; 取得最小值;
        取最大值; 取最小值
    """,
    Cue.SIDE: """
        lhs; rhs; left side; right side; left hand side; right hand side; left-hand side;
        right-hand side; ls; rs; l.h.s.; r.h.s.; the left side; the right side; left; right;
        linke seite; rechte seite; l.s.; r.s.; links; rechts; term; membre de gauche;
        membre de droite; membre gauche; membre droit; côté gauche; côté droit;
        miembro izquierdo; miembro derecho; lado izquierdo; lado derecho; primer miembro;
        segundo miembro; izquierda; derecha; 原式; 左边; 右边; 左式; 右式; 左端; 右端; 上式;
        等式左边; 等式右边; 方程左边; 方程右边; 左; 右
    """,
    Cue.OF: """
        of; von; vom; du; des; de; del; der; times; plus; minus; mal; durch; fois; por; más;
        menos; over; divided by; multiplied by; geteilt durch; multipliziert mit; divisé par;
        multiplié par; moins; dividido por; dividido entre; multiplicado por; twice; double;
        half; triple; doppelt; doppelte; hälfte; dreifache; drittel; viertel; third; quarter;
        moitié; tiers; quart; mitad; tercio; cuarto; doble; squared; cubed; between; zwischen;
        entre; from; aus; sum; difference; product; quotient; summe; differenz; produkt; somme;
        différence; produit; suma; diferencia; producto; cociente; gcd; lcm; ggt; kgv; pgcd;
        ppcm; mcd; mcm; hcf; gcf; lcd; 的; 比; 乘; 加; 减; 除以; 乘以; 倍; per; pro; par; mod;
        modulo; root; wurzel; racine; raíz; log; choose; über
    """,
    Cue.METHOD: """
        expand; expanding; simplify; simplifying; factor; factorise; factorize; factoring;
        factorising; collect like terms; combine like terms; rearrange; rearranging;
        cross multiply; cross-multiply; cross multiplying; complete the square;
        completing the square; substitute; substituting; plug; insert; swap sides; square;
        squaring; square both sides; squaring both sides; take the square root; rewrite;
        distribute; simplified; expanded; factored; substituted; by substitution;
        quadratic formula; common denominator; quadrieren; ausmultiplizieren; ausklammern;
        zusammenfassen; umformen; vereinfachen; kürzen; erweitern; einsetzen; eingesetzt;
        eingesetzt in; einsetzen in; umstellen; ordnen; sortieren; wurzel ziehen; ableiten;
        faktorisieren; auflösen; gleichsetzen; seiten tauschen; quadratische ergänzung;
        pq-formel; mitternachtsformel; abc-formel; nach x auflösen; klammern auflösen;
        auf einen nenner bringen; additionsverfahren; einsetzungsverfahren; développer;
        on développe; réduire; on réduit; factoriser; on factorise; simplifier; on simplifie;
        on remplace; en remplaçant; remplacer; substituer; on substitue; en développant;
        en factorisant; produit en croix; on isole; desarrollar; desarrollamos; simplificar;
        simplificamos; factorizar; factorizamos; sustituir; sustituimos; sustituyendo; reducir;
        agrupar; agrupamos; despejar; despejamos; despejo; sustituyo; simplifico; operamos;
        移项; 合并同类项; 去括号; 去分母; 系数化为1; 系数化成1; 化系数为1; 化简; 整理; 展开;
        因式分解; 配方; 代入; 通分; 约分; 两边平方; 两边同时平方; 两边开平方; 开平方; 开方;
        提公因式; 移项合并; 移项合并同类项; 代入得; 代入上式; 移项并合并同类项; 求导; 合并;
        两式相加; 两式相减; 两式相除; 相加; 相减; 消元; 公式法; 消去; 交叉相乘; 变形; 解方程;
        解不等式; 解这个方程; 解方程组; 解此方程; 解不等式组; 联立; 联立解得; 由题意; 根据题意;
        由题意得; 根据题意得; 依题意; 依题意得; 由已知; 由已知得
    """,
    Cue.BOTH_SIDES: """
        both sides; on both sides; from both sides; to both sides; of both sides; by both sides;
        auf beiden seiten; beide seiten; beiderseits; von beiden seiten; zu beiden seiten;
        auf beide seiten; des deux côtés; de chaque côté; aux deux membres; les deux membres;
        des deux membres; de part et d'autre; a ambos lados; en ambos lados; ambos lados;
        ambos miembros; en ambos miembros; a los dos lados; a ambos miembros; 两边; 方程两边;
        两边同时; 方程两边同时; 两边都; 不等式两边; 等式两边; 两边同; 不等式两边同时;
        等式两边同时; 方程两边都
    """,
    Cue.EQUATION: """
        eq; eqn; equation; eq.; eqn.; equations; eqs; gl; gl.; gleichung; gln; gleichungen; éq;
        éq.; équation; l'équation; ec; ec.; ecuación; line; zeile; ligne; línea; 方程; 式;
        不等式; 式子; 等式; 方程组; 不等式组; 原方程
    """,
    Cue.FROM: """
        in; into; from; by; using; inserted in; into eq; aus; mit; in die; wegen; nach; laut;
        dans; de; d'après; par; en la; dans l'; sustituyendo en; 由; 把; 将; 从; 根据; 代入; 解;
        联立; 对; 再由; 又由
    """,
    Cue.STEP: """
        step; schritt; étape; etape; paso; nr; nr.; no.; aufgabe; exercise; exercice; ejercicio;
        question; part; teil; 步骤; 第一步; 第二步; 第三步; 第四步; 第五步; 第六步; 首先; 其次;
        最后; 然后; 接着
    """,
    Cue.FILLER: """
        the; a; an; we; i; you; it; they; there; this; that; these; value; about; approximately;
        approx; around; roughly; approx.; ca.; ca; that's; it's; its; here; to; only; exactly;
        just; again; altogether; our; my; must; be; der; die; das; den; dem; ein; eine; einen;
        wir; ich; man; es; etwa; ungefähr; rund; circa; noch; genau; nur; dies; diese; dieser;
        wert; hier; jetzt; wieder; unser; er; sie; nun; werden; muss; sein; le; la; les; un;
        une; on; nous; il; elle; environ; à peu près; ce; cette; cela; ça; ici; exactement;
        seulement; encore; doit; être; valeur; maintenant; que; qu'; el; los; las; una; unos;
        nosotros; se; aproximadamente; esto; este; esta; aquí; ahora; sólo; solo; lo; valor;
        todavía; debe; ser; 解; 约; 大约; 我们; 它; 这; 该; 此; 大概; 也; 就; 又有; 再; 应;
        应该; 时; 证明; 证; 了; 一定; 只
    """,
}

CUES: dict[str, Cue] = {}
for _cue, _text in reversed(_BY_CUE.items()):
    for _phrase in _text.split(";"):
        if plain := " ".join(_phrase.split()):
            CUES[plain] = _cue

# What is done to both sides, and the sign for it.
_OPERATIONS = {
    "+": """
        add; adding; added; addiere; addieren; plus; ajouter; on ajoute; ajoutons; additionner;
        sumar; sumamos; sumando; 加; 加上; 同加; 都加上; 同时加; 同时加上
    """,
    "-": """
        subtract; subtracting; subtracted; minus; take away; subtrahiere; subtrahieren;
        soustraire; on soustrait; moins; retrancher; restar; restamos; restando; menos; 减;
        减去; 同减; 都减去; 同时减; 同时减去; 同减去
    """,
    "*": """
        multiply by; multiplying by; multiplied by; multiply; times; multipliziere mit;
        multiplizieren mit; mal; multiplizieren; multiplier par; on multiplie par;
        multiplions par; fois; multiplicar por; multiplicamos por; multiplicando por; por; 乘;
        乘以; 同乘; 同乘以; 都乘以; 同时乘; 同时乘以; 都乘; 同时乘上
    """,
    ":": """
        divide by; dividing by; divided by; divide; dividiere durch; dividieren durch;
        geteilt durch; teile durch; teilen durch; diviser par; on divise par; divisons par;
        divisé par; dividir por; dividir entre; dividimos por; dividimos entre; dividido por;
        dividido entre; dividiendo por; dividiendo entre; dividir; 除以; 同除以; 都除以;
        同时除以; 同除
    """,
}  # fmt: skip
SIGNS = {
    " ".join(phrase.split()): sign
    for sign, phrases in _OPERATIONS.items()
    for phrase in phrases.split(";")
}
_BY_CUE[Cue.OPERATION] = ";".join(
    p for p in SIGNS if p not in ("plus", "minus", "mal", "times", "fois", "moins", "menos", "por")
)

_CJK = re.compile(r"[\u4e00-\u9fff]")
CHINESE = "|".join(sorted((p for p in CUES if _CJK.match(p)), key=len, reverse=True))
# The longest phrases by their first words, each as its further words.
PHRASES: dict[str, list[tuple[tuple[str, ...], Cue]]] = {}
for _phrase, _cue in CUES.items():
    if not _CJK.match(_phrase):
        _first, *_further = re.findall(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*['’]?|\S", _phrase)
        PHRASES.setdefault(_first, []).append((tuple(_further), _cue))
for _phrases in PHRASES.values():
    _phrases.sort(key=lambda phrase: -len(phrase[0]))
