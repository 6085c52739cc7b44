"""Items as Canvas, Blackboard and TAO write them, each with one habit of its writer."""

import io
import zipfile

import pytest

from tutor.problems.interchange.file_reader import read_file


def version_1(presentation, processing="", *, more="", kind="short_answer_question"):
    return (
        '<questestinterop><item ident="i1" title=""><itemmetadata><qtimetadata>'
        f"<qtimetadatafield><fieldlabel>question_type</fieldlabel><fieldentry>{kind}</fieldentry>"
        "</qtimetadatafield></qtimetadata></itemmetadata>"
        f"<presentation>{presentation}</presentation><resprocessing>{processing}</resprocessing>"
        f"{more}</item></questestinterop>"
    )


def asked(text, field="<render_fib/>", name="response_str", cardinality="Single"):
    return (
        f"<material><mattext>{text}</mattext></material>"
        f'<{name} ident="r" rcardinality="{cardinality}">{field}</{name}>'
    )


def right_if(condition):
    return (
        f"<respcondition><conditionvar>{condition}</conditionvar>"
        '<setvar action="Set" varname="SCORE">100</setvar></respcondition>'
    )


def equal(*texts):
    return "".join(f'<varequal respident="r">{text}</varequal>' for text in texts)


def choices(labels):
    rows = "".join(
        f'<response_label ident="{name}"><material><mattext>{text}</mattext></material>'
        "</response_label>"
        for name, text in labels.items()
    )
    return f"<render_choice>{rows}</render_choice>"


def version_2(declarations, body, processing="", attributes=""):
    return (
        f'<assessmentItem identifier="i2" title="An item" {attributes}>{declarations}'
        '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>'
        f"<itemBody>{body}</itemBody>{processing}</assessmentItem>"
    )


def declaration(*values, kind="float", name="RESPONSE", mapping="", cardinality="single"):
    right = "".join(f"<value>{value}</value>" for value in values)
    return (
        f'<responseDeclaration identifier="{name}" cardinality="{cardinality}" baseType="{kind}">'
        f"<correctResponse>{right}</correctResponse>{mapping}</responseDeclaration>"
    )


PICTURE = b"\x89PNG as it was"
ENTRY = '<p>How much? <textEntryInteraction responseIdentifier="RESPONSE"/></p>'


def imported(text):
    [problem] = read_file(text.encode(), "en")
    return problem


def content_of(text):
    problem = imported(text)
    assert problem.reason == ""
    return problem.record.content


def test_canvas_lists_the_words_of_which_one_is_enough():
    content = content_of(version_1(asked("Its name?"), right_if(equal("cone", "circular cone"))))
    assert content.key.value == "cone"
    assert [(row.answer, row.percent) for row in content.expected] == [("circular cone", 100)]


@pytest.mark.parametrize("written", ["8.0", "8", "0.8e1"])
def test_a_number_keeps_its_margin_however_it_is_written(written):
    within = '<vargte respident="r">7.92</vargte><varlte respident="r">8.08</varlte>'
    condition = f"<or>{equal(written)}<and>{within}</and></or>"
    field = '<render_fib fibtype="Decimal"/>'
    content = content_of(version_1(asked("20 % of 40?", field), right_if(condition)))
    assert (content.key.tolerance, content.expected) == ("0.08", ())


def test_numbers_that_blackboard_draws_are_listed():
    field = '<render_fib fibtype="Decimal"/>'
    more = "<itemproc_extension><calculated><formula/></calculated></itemproc_extension>"
    item = version_1(asked("[x] times [y]?", field, "response_num"), more=more, kind="Calculated")
    assert imported(item).reason == "parameters: its numbers are drawn by a formula of Blackboard"


def test_files_to_upload_to_blackboard_are_listed():
    more = "<itemmetadata><bbmd_questiontype>File Upload</bbmd_questiontype></itemmetadata>"
    item = version_1(asked("Hand in a sketch."), more=more).replace("qtimetadata", "other")
    assert "an uploaded file (“File Upload” in the file)" in imported(item).reason


def test_codes_of_blackboard_become_words():
    codes = choices({name: name for name in ("yes_no.true", "yes_no.false")})
    item = version_1(asked("Is 91 prime?", codes, "response_lid"), right_if(equal("yes_no.false")))
    content = content_of(item)
    assert (content.choices, content.key.value) == (("Yes", "No"), "B")


@pytest.mark.parametrize(
    ("labels", "shown"),
    [
        ({"a": "0.07", "b": "0.6", "c": "3/4"}, ("3/4", "0.6", "0.07")),  # the right order
        ({"b": "0.6", "a": "0.07", "c": "3/4"}, ("0.6", "0.07", "3/4")),
    ],
)
def test_choices_for_places_do_not_stand_in_the_right_order(labels, shown):
    sort = asked("Smallest first.", choices(labels), "response_lid", "Ordered")
    content = content_of(version_1(sort, right_if(f"<and>{equal('a', 'b', 'c')}</and>")))
    assert {part.choices for part in content.parts} == {shown}
    assert shown["ABC".index(content.parts[0].key.value)] == "0.07"


def test_a_title_is_made_without_the_signs_of_markdown():
    content = content_of(version_1(asked("It is called ____."), right_if(equal("cone"))))
    assert content.title == "It is called ____."


def test_a_picture_of_blackboard_is_known_by_its_number():
    address = "@X@EmbeddedFile.requestUrlStub@X@bbcswebdav/xid-77_1"
    text = f"Count. &lt;img src='{address}' alt='dots'&gt;"
    item = version_1(asked(text).replace("<mattext>", '<mattext texttype="text/html">'))
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("res00001.dat", item)
        archive.writestr("csfiles/home_dir/dots__xid-77_1.png.xml", "<lom/>")
        archive.writestr("csfiles/home_dir/dots__xid-77_1.png", PICTURE)
        archive.writestr("csfiles/home_dir/dots__xid-177_1.png", b"another")
    [problem] = read_file(data.getvalue(), "en")
    assert [picture.data for picture in problem.pictures] == [PICTURE], problem.reason


@pytest.mark.parametrize(
    ("attributes", "mapping"),
    [
        ('xml:lang="de-AT"', ""),
        ("", '<mapping><mapEntry mapKey="2.5" mappedValue="1"/></mapping>'),
    ],
)
def test_a_comma_is_that_of_a_number_where_the_item_shows_it(attributes, mapping):
    rules = '<responseProcessing template="map_response"/>' if mapping else ""
    mapping = mapping.replace("<mapping>", '<mapping><mapEntry mapKey="2,5" mappedValue="1"/>')
    item = version_2(declaration("2,5", kind="string", mapping=mapping), ENTRY, rules, attributes)
    key = content_of(item).key
    assert (key.kind, key.value, key.decimal_comma) == ("number", "2,5", True)


def test_two_numbers_stay_two_where_nothing_shows_a_comma():
    key = content_of(version_2(declaration("2,5", kind="string"), ENTRY)).key
    assert (key.kind, key.decimal_comma) == ("list", False)


@pytest.mark.parametrize(
    ("tolerance", "own", "reach"),
    [("absolute 0.1 0.5", "0.1", ("10.2", "0.3")), ("relative 10 20", "1", ("10.5", "1.5"))],
)
def test_each_side_of_a_number_has_its_own_tolerance(tolerance, own, reach):
    mode, _space, widths = tolerance.partition(" ")
    rules = (
        "<responseProcessing><responseCondition><responseIf>"
        f'<equal toleranceMode="{mode}" tolerance="{widths}"><variable identifier="RESPONSE"/>'
        '<correct identifier="RESPONSE"/></equal><setOutcomeValue identifier="SCORE">'
        '<baseValue baseType="float">1</baseValue></setOutcomeValue>'
        "</responseIf></responseCondition></responseProcessing>"
    )
    content = content_of(version_2(declaration("10"), ENTRY, rules))
    assert (content.key.value, float(content.key.tolerance)) == ("10", float(own))
    assert [(row.answer, row.tolerance, row.percent) for row in content.expected] == [(*reach, 100)]


def test_what_markers_look_for_is_no_solution_for_students():
    body = (
        '<rubricBlock view="scorer"><p>2 points for a proof.</p></rubricBlock>'
        '<extendedTextInteraction responseIdentifier="RESPONSE"><prompt>Why?</prompt>'
        "</extendedTextInteraction>"
    )
    content = content_of(version_2(declaration(kind="string"), body))
    assert content.key.value == "2 points for a proof."
    assert content.solution == "A teacher reads the answers."


def test_each_of_several_questions_keeps_its_own_prompt():
    body = (
        '<choiceInteraction responseIdentifier="A" maxChoices="1"><prompt>Rational?</prompt>'
        '<simpleChoice identifier="y">yes</simpleChoice><simpleChoice identifier="n">no'
        "</simpleChoice></choiceInteraction>"
    )
    several = declaration("y", kind="identifier", name="A") + declaration("2.5")
    content = content_of(version_2(several, body + ENTRY))
    assert [part.prompt for part in content.parts] == ["Rational?", "What belongs at b)?"]
    assert content.statement == "How much? **b)** …"
    alone = content_of(version_2(declaration("y", kind="identifier", name="A"), body))
    assert alone.statement == "Rational?"


def test_pairs_of_which_one_entry_has_two_are_listed_with_the_reason():
    sets = "".join(
        "<simpleMatchSet>"
        + "".join(
            f'<simpleAssociableChoice identifier="{name}" matchMax="2">{name}'
            "</simpleAssociableChoice>"
            for name in names
        )
        + "</simpleMatchSet>"
        for names in ("ab", "en")
    )
    body = f'<matchInteraction responseIdentifier="RESPONSE">{sets}</matchInteraction>'
    pairs = declaration("a e", "a n", "b n", kind="directedPair", cardinality="multiple")
    reason = imported(version_2(pairs, body)).reason
    assert reason == "right answer: not every entry belongs to exactly one other"
