"""QTI 1.2 and 2.1: ten items of each, as other systems write them, and packages of strangers."""

import io
import stat
import zipfile

import pytest

from tutor.problems.expected import Expected
from tutor.problems.interchange.file_reader import read_file
from tutor.problems.interchange.imported import UnusableFile


def only(source):
    [problem] = read_file(source.encode(), "en")
    return problem


def content_of(source):
    problem = only(source)
    assert problem.record, problem.reason
    return problem.record.content


def material(text, kind="text/html"):
    return f'<material><mattext texttype="{kind}">{text}</mattext></material>'


def item(presentation, *conditions, kind="", more="", text="&lt;p&gt;How many?&lt;/p&gt;"):
    meta = f"<fieldlabel>question_type</fieldlabel><fieldentry>{kind}</fieldentry>"
    return f"""<?xml version="1.0"?>
<!DOCTYPE questestinterop SYSTEM "ims_qtiasiv1p2p1.dtd">
<questestinterop><assessment><section><item ident="q" title="A question"><itemmetadata>
<qtimetadata><qtimetadatafield>{meta}</qtimetadatafield></qtimetadata></itemmetadata>
<presentation>{material(text)}{presentation}</presentation>
<resprocessing><outcomes><decvar maxvalue="100" varname="SCORE"/></outcomes>
{"".join(conditions)}</resprocessing>{more}</item></section></assessment></questestinterop>"""


def condition(test, score=None, feedback="", action="Set", goes_on="No"):
    points = f'<setvar action="{action}" varname="SCORE">{score}</setvar>' if score else ""
    shown = f'<displayfeedback linkrefid="{feedback}"/>' if feedback else ""
    return (
        f'<respcondition continue="{goes_on}"><conditionvar>{test}</conditionvar>{points}{shown}'
        "</respcondition>"
    )


def equal(value, name="r"):
    return f'<varequal respident="{name}">{value}</varequal>'


def choices(*texts, name="r", cardinality="Single", prompt=""):
    labels = "".join(
        f'<response_label ident="c{n}">{material(text)}</response_label>'
        for n, text in enumerate(texts, start=1)
    )
    return (
        f'<response_lid ident="{name}" rcardinality="{cardinality}">{prompt}'
        f"<render_choice>{labels}</render_choice></response_lid>"
    )


def field(name="r", kind="String"):
    return (
        f'<response_str ident="{name}"><render_fib fibtype="{kind}"><response_label ident="a"/>'
        "</render_fib></response_str>"
    )


def feedback(name, text):
    return f'<itemfeedback ident="{name}"><flow_mat>{material(text)}</flow_mat></itemfeedback>'


def formula(written, scale="0", places="2"):
    """A question of Canvas with a drawn number, a."""
    return (
        f"<itemproc_extension><calculated><answer_tolerance>0</answer_tolerance>"
        f'<formulas decimal_places="{places}"><formula>{written}</formula></formulas>'
        f'<vars><var name="a" scale="{scale}"><min>1</min><max>9</max></var></vars>'
        "</calculated></itemproc_extension>"
    )


WRONG_FORMULAS = [
    (("fact(a)",), "its formula calls fact, which Lemma does not know"),
    (("a + b",), "its formula calls b, which Lemma does not know"),
    (("",), "formula cannot be read"),
    (("a", "many"), "“many” is not a number"),
    (("a", "0", "all"), "decimal_places “all” is not a number"),
]

BETWEEN = '<and><vargte respident="r">4.5</vargte><varlte respident="r">5.5</varlte></and>'
EITHER = "<and>{}<not>{}</not>{}</and>".format(*(equal(f"c{n}") for n in (1, 2, 3)))


@pytest.mark.parametrize(
    ("source", "key", "expected"),
    [
        (
            item(
                choices("3", "4"),
                condition(equal("c1"), feedback="no", goes_on="Yes"),
                condition(equal("c2"), 100),
                more=feedback("no", "Count."),
            ),
            {"kind": "choice", "value": "B"},
            (Expected("A", "Count."),),
        ),
        (
            item(choices("2", "3", "4", cardinality="Multiple"), condition(EITHER, 100)),
            {"kind": "choice", "value": "A, C", "shares": "0 0 0"},
            (),
        ),
        (
            item(
                choices("2", "3", "4", cardinality="Multiple"),
                condition(equal("c1"), 50, action="Add", goes_on="Yes"),
                condition(equal("c2"), 50, action="Subtract", goes_on="Yes"),
                condition(equal("c3"), 50, action="Add", goes_on="Yes"),
            ),
            {"kind": "choice", "value": "A, C", "shares": "50 -50 50"},
            (),
        ),
        (
            item(field(), condition(f"<or>{equal('5')}{BETWEEN}</or>", 100),
                 kind="numerical_question").replace("String", "Decimal"),
            {"kind": "number", "value": "5", "tolerance": "0.5"},
            (),
        ),
        (
            item(
                field(),
                condition(equal("Sunday"), 100),
                condition(equal("Sun"), 60, "short"),
                condition("<other/>", feedback="any"),
                more=feedback("short", "Write it out.") + feedback("any", "No."),
            ),
            {"kind": "text", "value": "Sunday"},
            (Expected("Sun", "Write it out.", 60), Expected("*", "No.")),
        ),
        (item(field(), condition(equal("2x"), 100)), {"kind": "expression", "value": "2x"}, ()),
    ],
    ids=["one", "all or nothing", "shares", "number", "words", "expression"],
)  # fmt: skip
def test_items_of_version_1(source, key, expected):
    content = content_of(source)
    assert content.statement == "How many?"
    assert content.key.to_dict() == key
    assert content.expected == expected


def test_a_general_feedback_is_the_solution():
    source = item(
        field(),
        condition("<other/>", feedback="all", goes_on="Yes"),
        condition(equal("5"), 100, "yes"),
        more=feedback("all", "Add them.") + feedback("yes", "Yes!"),
    )
    content = content_of(source)
    assert (content.solution, content.expected) == ("Add them.", (Expected("5", "Yes!", 100),))


def test_an_essay_of_version_1():
    assert content_of(item(field(), condition("<other/>"))).key.form == "free_text"


def test_a_formula_with_steps_and_absurd_decimals():
    source = formula("b = 2a</formula><formula>b^2 + 1", "99999", "1e99")
    content = content_of(item(field(), kind="calculated_question", more=source))
    assert content.key.value == "(2([[a]]))^2 + 1"
    assert content.variant(1).key.tolerance == "0.00000000005"


def test_pairs_and_blanks_of_canvas():
    pairs = [choices("2", "4", name=f"r{n}", prompt=material(f"{n}+{n}")) for n in (1, 2)]
    scores = [condition(equal(f"c{n}", f"r{n}"), "50", action="Add", goes_on="Yes") for n in (1, 2)]
    parts = content_of(item("".join(pairs), *scores)).parts
    assert [(part.prompt, part.key.value, part.share) for part in parts] == [
        ("1+1", "A", 50),
        ("2+2", "B", 50),
    ]
    blanks = [choices("two", "II", name=f"r{n}", prompt=material(f"x{n}")) for n in (1, 2)]
    both = [
        condition(equal(f"c{m}", f"r{n}"), "50", action="Add", goes_on="Yes")
        for n in (1, 2)
        for m in (1, 2)
    ]
    kind = "fill_in_multiple_blanks_question"
    content = content_of(item("".join(blanks), *both, kind=kind, text="[x1] and [x2]"))
    assert content.statement == "**a)** … and **b)** …"
    assert [part.key.value for part in content.parts] == ["two", "two"]
    assert content.expected == (Expected("a) II", "", 100), Expected("b) II", "", 100))


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (
            item(field(), kind="file_upload_question"),
            "an uploaded file (“file_upload_question” in the file)",
        ),
        (item(field(), kind="calculated_question"), "formula has no drawn numbers"),
        *(
            (item(field(), kind="calculated_question", more=formula(*wrong)), reason)
            for wrong, reason in WRONG_FORMULAS
        ),
        (
            item("<response_xy ident='r'/>"),
            "no answers of this kind: places in a picture (“response_xy” in the file)",
        ),
        (item(""), "nothing to answer"),
        (item(choices("a", "b"), condition(equal("c9"), 100)), "no answer counts in full"),
        (
            item(choices("a", "b"), condition("<durlte/>", 100)),
            "how its points are given (“durlte” in the file)",
        ),
        (item(choices("a", "b", cardinality="Ordered")), "right order cannot be read"),
        (item(choices("a", cardinality="Ordered") + field()), "pairs or an order, and other"),
        (
            item("<material><matimage uri='x.png'/></material>" + field()),
            "its image “x.png” is not in",
        ),
    ],
)
def test_what_version_1_has_more_is_named(source, reason):
    assert reason in only(source).reason


SCORE = '<outcomeDeclaration identifier="SCORE" baseType="float" cardinality="single"/>'
TEMPLATES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/"


def item2(declarations, body, processing="", more=""):
    if not processing.startswith("<"):
        processing = f'<responseProcessing template="{TEMPLATES}{processing or "match_correct"}"/>'
    return f"""<?xml version="1.0"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="q" title="A question">
{declarations}{SCORE}<itemBody>{body}</itemBody>{processing}{more}</assessmentItem>"""


def declare(*values, name="RESPONSE", kind="identifier", cardinality="single", mapping=""):
    right = "".join(f"<value>{value}</value>" for value in values)
    return (
        f'<responseDeclaration identifier="{name}" baseType="{kind}" cardinality="{cardinality}">'
        f"<correctResponse>{right}</correctResponse>{mapping}</responseDeclaration>"
    )


def mapped(**values):
    entries = "".join(
        f'<mapEntry mapKey="{key}" mappedValue="{value}" caseSensitive="false"/>'
        for key, value in values.items()
    )
    return f'<mapping defaultValue="0">{entries}</mapping>'


def choose(*texts, name="RESPONSE", most=1):
    entries = "".join(
        f'<simpleChoice identifier="{letter}">{text}</simpleChoice>'
        for letter, text in zip("ABCD", texts, strict=False)
    )
    return (
        f'<choiceInteraction responseIdentifier="{name}" maxChoices="{most}">'
        f"<prompt>How many?</prompt>{entries}</choiceInteraction>"
    )


def entry(name="RESPONSE"):
    return f'<textEntryInteraction responseIdentifier="{name}"/>'


def rules(*branches):
    return (
        f"<responseProcessing><responseCondition>{''.join(branches)}</responseCondition>"
        "</responseProcessing>"
    )


def branch(name, test, score, *feedback):
    shown = "".join(
        '<setOutcomeValue identifier="FEEDBACK"><baseValue baseType="identifier">'
        f"{text}</baseValue></setOutcomeValue>"
        for text in feedback
    )
    points = f'<baseValue baseType="float">{score}</baseValue>'
    scored = f'<setOutcomeValue identifier="SCORE">{points}</setOutcomeValue>'
    return f"<{name}>{test}{scored}{shown}</{name}>"


def modal(name, text):
    return (
        f'<modalFeedback outcomeIdentifier="FEEDBACK" identifier="{name}" showHide="show">{text}'
        "</modalFeedback>"
    )


VARIABLE = '<variable identifier="RESPONSE"/>'
NEAR = (
    f'<equal toleranceMode="absolute" tolerance="0.5 0.5">{VARIABLE}'
    '<correct identifier="RESPONSE"/></equal>'
)
FOUR = f'<match>{VARIABLE}<baseValue baseType="float">4</baseValue></match>'
MATHML = "<math><mfrac><mi>x</mi><mn>2</mn></mfrac><mo>≤</mo><msqrt><mi>π</mi></msqrt></math>"


@pytest.mark.parametrize(
    ("source", "key", "expected"),
    [
        (item2(declare("B"), choose("3", "4")), {"kind": "choice", "value": "B"}, ()),
        (
            item2(declare("A", mapping=mapped(A=2, B=1)), choose("4", "IV", "5"), "map_response"),
            {"kind": "choice", "value": "A"},
            (Expected("B", "", 50),),
        ),
        (
            item2(
                declare("A", "C", cardinality="multiple", mapping=mapped(A=1, B=-1, C=1)),
                choose("2", "3", "4", most=0),
                "map_response",
            ),
            {"kind": "choice", "value": "A, C", "shares": "50 -50 50"},
            (),
        ),
        (
            item2(declare("A", "C", cardinality="multiple"), choose("2", "3", "4", most=0)),
            {"kind": "choice", "value": "A, C", "shares": "0 0 0"},
            (),
        ),
        (
            item2(
                declare("5", kind="float"),
                f"<p>How many? {entry()}</p>",
                rules(
                    branch("responseIf", NEAR, 1, "yes"),
                    branch("responseElseIf", FOUR, 0.25, "few"),
                    branch("responseElse", "", 0, "no"),
                ),
                modal("few", "One more.") + modal("no", "No.") + modal("yes", "Yes."),
            ),
            {"kind": "number", "value": "5", "tolerance": "0.5"},
            (Expected("5", "Yes.", 100, "0.5"), Expected("4", "One more.", 25),
             Expected("*", "No.")),
        ),
        (
            item2(
                declare("York", kind="string", mapping=mapped(York=1, york=1, NY=0.5)),
                f"<p>How many? {entry()}</p>",
                "map_response",
            ),
            {"kind": "text", "value": "York"},
            (Expected("NY", "", 50),),
        ),
    ],
    ids=["one", "in part", "shares", "all or nothing", "number", "words"],
)  # fmt: skip
def test_items_of_version_2(source, key, expected):
    content = content_of(source)
    assert content.statement in ("How many?", "How many? …")
    assert content.key.to_dict() == key
    assert content.expected == expected


def test_an_essay_and_a_formula_of_version_2():
    body = f"<p>Why {MATHML}?</p><extendedTextInteraction responseIdentifier='RESPONSE'/>"
    content = content_of(item2("<responseDeclaration identifier='RESPONSE'/>", body))
    assert content.key.form == "free_text"
    assert content.statement == r"Why \(\frac{x}{2}\le \sqrt{\pi }\)?"


def test_several_fields_become_parts():
    inline = (
        "<inlineChoiceInteraction responseIdentifier='b'><inlineChoice identifier='A'>odd"
        "</inlineChoice><inlineChoice identifier='B'>even</inlineChoice></inlineChoiceInteraction>"
    )
    source = item2(
        declare("4", name="a", kind="integer") + declare("B", name="b"),
        f"<p>2+2 = {entry('a')} is {inline}.</p>",
    )
    content = content_of(source)
    assert content.statement == "2+2 = **a)** … is **b)** …."
    assert [part.key.value for part in content.parts] == ["4", "B"]


def test_pairs_of_version_2():
    groups = (("1", "1+1"), ("2", "2+2")), (("x", "2"), ("y", "4"), ("z", "5"))
    sets = "".join(
        "<simpleMatchSet>{}</simpleMatchSet>".format(
            "".join(
                f'<simpleAssociableChoice identifier="{key}">{text}</simpleAssociableChoice>'
                for key, text in group
            )
        )
        for group in groups
    )
    body = f"<matchInteraction responseIdentifier='RESPONSE'>{sets}</matchInteraction>"
    body = f"<p>Match.</p>{body}"
    pairs = declare("1 x", "2 y", kind="directedPair", cardinality="multiple")
    parts = content_of(item2(pairs, body)).parts
    assert [(part.prompt, part.key.value) for part in parts] == [("1+1", "A"), ("2+2", "B")]
    assert parts[0].choices == ("2", "4", "5")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (item2("", "<drawingInteraction/>"), "a drawing (“drawingInteraction” in the file)"),
        (item2("", "<orderInteraction/>"), "right order cannot be read"),
        (item2("", "<p><gap identifier='G'/></p>"), "a gap for which nothing can be chosen"),
        (
            item2(
                declare("A") + declare("M", name="o", cardinality="ordered"),
                choose("a", "b") + "<orderInteraction responseIdentifier='o'>"
                "<simpleChoice identifier='M'>1</simpleChoice></orderInteraction>",
            ),
            "it has pairs or an order, and other answers",
        ),
        (item2("<templateDeclaration/>", ""), "drawn by a template of QTI"),
        (item2(declare("A"), choose("a", "b"), "map_response_point"), "“map_response_point”"),
        (item2(declare("A"), choose("a", "b"), rules("<responseIf><random/></responseIf>")),
         "how its points are given (“random” in the file)"),
        (item2("", "<p><math><maction/></math></p>"), "formula in it (“maction” in the file)"),
        (item2("", '<p><img src="x.png" alt="A line"/></p>'), "image “x.png” is not in the file"),
    ],
)  # fmt: skip
def test_what_version_2_has_more_is_named(source, reason):
    assert reason in only(source).reason


def package(*files, compression=zipfile.ZIP_DEFLATED):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", compression) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return data.getvalue()


MANIFEST = """<manifest><resources><resource href="a/q.xml"><metadata><lom><general><keyword>
<string>algebra.sums</string></keyword></general></lom></metadata></resource></resources></manifest>
"""
LINK = zipfile.ZipInfo("link.xml")
LINK.external_attr = (stat.S_IFLNK | 0o777) << 16


def test_a_package_has_tags_and_names_what_it_cannot_read():
    good = item2(declare("B"), choose("3", "4"))
    files = ("imsmanifest.xml", MANIFEST), ("a/q.xml", good), ("b/q.xml", good), ("c.xml", "<a")
    bad, problem = read_file(package(*files, ("style.css", "p {}")), "en")
    assert (bad.location, bad.reason) == ("c.xml", "Line 1 is not XML: no element found.") or (
        "Line 1 is not XML" in bad.reason
    )
    assert problem.location.startswith("a/q.xml, ")
    assert problem.record.skills == ("algebra.sums",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (package(("../../etc/q.xml", "<a/>")), "leads out of it: ../../etc/q.xml"),
        (package(("/q.xml", "<a/>")), "leads out of it"),
        (package(("C:\\q.xml", "<a/>")), "leads out of it"),
        (package((LINK, "/etc/passwd")), "has a link in it: link.xml"),
        (package(("word/document.xml", "<document/>")), r"no QTI package.*word/document.xml"),
        (package(*((f"{n}.xml", "<a/>") for n in range(2_001))), "too many files"),
        (package(("bomb.xml", b" " * 9_000_000)), "too large when it is unpacked"),
        (package(*((f"{n}.xml", b" " * 8_000_000) for n in range(5))), "too large when"),
        (package(("q.xml", "<a/>"))[:-30], "archive is damaged"),
        (package(("q.xml", "x" * 9_000)).replace(b"q.xml\xed", b"q.xml\x00"), "archive is damaged"),
    ],
)
def test_packages_that_are_not_to_be_trusted_are_refused(data, reason):
    with pytest.raises(UnusableFile, match=reason):
        read_file(data, "en")


def test_a_package_brings_its_images():
    image = '<p><img src="../web/a%20b.png" alt="A line"/></p>'
    files = ("items/q.xml", item2(declare("B"), image + choose("3", "4"))), ("web/a b.png", "PNG")
    [problem] = read_file(package(*files), "en")
    [picture] = problem.pictures
    assert (picture.name, picture.alt, picture.data) == ("a b.png", "A line", b"PNG")


def test_a_bomb_inside_a_package_is_named():
    bomb = '<!DOCTYPE q [<!ENTITY a "aaaa">]><questestinterop>&a;</questestinterop>'
    [problem] = read_file(package(("q.xml", bomb)), "en")
    assert (problem.location, problem.record) == ("q.xml", None)
    assert "declares a document type" in problem.reason
