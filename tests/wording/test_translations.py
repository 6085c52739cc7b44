"""Every sentence that a page can show is there in Chinese, in the form that Django reads.

Where a test here fails: `manage.py makemessages -l zh_Hans --no-location` (it needs GNU gettext)
brings new messages into django.po; translate them, then `manage.py compilemessages`, or
`pybabel compile -D django -d locale -l zh_Hans`, writes django.mo. Both files are committed.
"""

import io
import json
import re
from collections.abc import Iterator, Sequence
from html import unescape
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext, override
from django.utils.translation.template import templatize

FOLDER = settings.BASE_DIR / "locale" / "zh_Hans" / "LC_MESSAGES"
PYTHON = [*(settings.BASE_DIR / "accounts").rglob("*.py"), *settings.BASE_DIR.glob("tutor/**/*.py")]
FOR_CONTRIBUTORS = {"style.html"}
TEMPLATES = [
    file
    for file in (settings.BASE_DIR / "templates").rglob("*")
    if file.is_file() and file.name not in FOR_CONTRIBUTORS
]
KEYWORDS = {
    **dict.fromkeys(["_", "gettext", "gettext_lazy", "gettext_noop"]),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], (1, 2)),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], ((1, "c"), 2)),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], ((1, "c"), 2, 3)),
}
# What must come through a translation unchanged: values, and the names that scripts look for.
KEPT = re.compile(r'%\(\w+\)[a-z]|%[sd]|data-[\w-]+="[^"]*"')
LEFT_TO_DJANGO = re.compile(
    r"{% blocktranslate.*?{% endblocktranslate %}|{% block page_class %}[\w-]*"
    r"|<(?P<source>code|pre)>.*?</(?P=source)>"  # what one types is the same in every language
    r"|{%.*?%}|{{.*?}}|{#.*?#}",
    re.DOTALL,
)
# What pages call 你, 班级码, 批改, 图象, 内层函数, 公因数, 约分, 进率, 对立事件 and 知识点.
OTHER_WORDS = (
    *("您", "班级代码", "加入代码", "判题", "图像", "里层", "里面的函数"),
    *("公约数", "约简", "换算率", "相反事件", "技能"),
)
HAN = r"[\u4e00-\u9fff：]"


def forms(text: str | Sequence[str]) -> tuple[str, ...]:
    """A message or its translation; more than one form where it counts something."""
    return (text,) if isinstance(text, str) else tuple(text)


def key(message: Message) -> tuple[str | None, tuple[str, ...]]:
    context = message.context
    if isinstance(context, bytes):  # as read_mo leaves it
        context = context.decode()
    return context, forms(message.id)


def messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]  # the one without an id is the header


def has_words(message: Message) -> bool:
    """Not such as what joins two sentences."""
    return any(re.search("[A-Za-z]", KEPT.sub("", text)) for text in forms(message.id))


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    with (FOLDER / "django.po").open("rb") as file:
        return read_po(file, abort_invalid=True)


def test_every_message_is_in_chinese(catalog):
    assert len(catalog) > 200
    for message in messages(catalog):
        assert not message.fuzzy, message.id
        for text in forms(message.string):
            assert re.search(HAN, text) or not has_words(message), message.id
            assert not re.search(rf"{HAN}[,;:?!()]|[,;:?!()]{HAN}|{HAN}\.(\s|$)", text), text


def test_translations_keep_values_and_names(catalog):
    for message in messages(catalog):
        original = forms(message.id)[-1]
        for text in forms(message.string):
            assert sorted(KEPT.findall(text)) == sorted(KEPT.findall(original)), text


def test_babel_compiles_the_catalogue(catalog):
    faulty = {str(message.id): list(errors) for message, errors in catalog.check()}
    assert faulty == {}


def test_chinese_has_one_word_for_one_thing(catalog):
    for message in messages(catalog):
        for text in forms(message.string):
            assert [word for word in OTHER_WORDS if word in text] == [], text


def test_the_compiled_catalogue_says_the_same(catalog):
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = read_mo(file)
    assert {key(message): forms(message.string) for message in messages(compiled)} == {
        key(message): forms(message.string) for message in messages(catalog)
    }


def found_in(source: str) -> Iterator[tuple[str | None, tuple[str, ...]]]:
    for _, message, _, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
        yield context, forms(message)


def as_python(template: Path) -> str:
    """The template's messages as calls of gettext; the rest of it is blanked out."""
    source = templatize(template.read_text("utf-8"), origin=str(template))
    return "\n".join(line.strip() for line in source.splitlines())  # its indents say nothing


def test_the_catalogue_has_what_pages_say_and_nothing_else(catalog):
    used = {message for file in PYTHON for message in found_in(file.read_text("utf-8"))}
    used |= {message for file in TEMPLATES for message in found_in(as_python(file))}
    known = {key(message) for message in messages(catalog)}
    assert used - known == set(), "not translated"
    assert known - used == set(), "left over"


@pytest.mark.parametrize(
    "source",
    [
        '    {% translate "New here" %}',
        "<p title=\"{% translate 'New here' %}\">",
        '{% block a %}\n      {% include "x" with b=_("New here") %}',
        "{% blocktranslate trimmed %}\n New\n here\n{% endblocktranslate %}",
    ],
)
def test_a_new_sentence_of_a_template_would_be_noticed(tmp_path, source):
    (tmp_path / "page.html").write_text("{% load i18n %}\n" + source, "utf-8")
    [(_, message)] = found_in(as_python(tmp_path / "page.html"))
    assert message[0].split() == ["New", "here"]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_templates_have_no_words_that_cannot_be_translated(template):
    text = LEFT_TO_DJANGO.sub("", template.read_text("utf-8"))
    named = re.findall(r'(?:aria-label|title|alt|placeholder)="([^"]*)"', text)
    words = re.findall(r"[^\W\d_]+", " ".join([strip_tags(text), *named]))
    assert set(words) <= {"Lemma"}


def english_words(response) -> set[str]:
    """Latin words that a reader of the page sees, in or between its elements."""
    page = re.sub(r"<(option|script|template)\b.*?</\1>", "", response.content.decode(), flags=re.S)
    return set(re.findall(r"[A-Za-z]{2,}", unescape(strip_tags(page))))


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_a_chinese_browser_gets_chinese_pages(client, db, name):
    page = client.get(reverse(name), headers={"accept-language": "zh-CN,zh;q=0.9"})
    assert english_words(page) == {"Lemma", "English"}  # a language has its own name


@pytest.mark.parametrize(
    "name", ["home", "profile", "account_change_password", "account_email", "account_logout"]
)
def test_who_chose_chinese_gets_chinese_pages(client, alice, name):
    alice.language = "zh-hans"
    alice.save(update_fields=["language"])
    client.force_login(alice)
    page = client.get(reverse(name), headers={"accept-language": "en"})
    assert english_words(page) - set(alice.email.replace("@", ".").split(".")) == {"Lemma"}


def test_an_item_is_in_chinese_around_its_problem(client, alice, item):
    alice.language = "zh-hans"
    alice.save(update_fields=["language"])
    client.force_login(alice)
    client.post(reverse("help", args=[item.code]), {"level": "hint", "number": 1})
    page = client.get(item.get_absolute_url())
    assert "第 1 题" in page.content.decode()
    assert "提示 1（共 1 条）" in page.content.decode()
    problem = f"{item.version.title} {item.version.statement} {' '.join(item.version.hints)}"
    data = {"alice", *re.findall(r"[A-Za-z]{2,}", f"{problem} {item.problem_set.title}")}
    keys = {"Ctrl", "Esc"}
    assert english_words(page) == data | keys | {"Lemma", "sqrt", "pi", "LaTeX"}


def test_mistakes_are_named_in_chinese(client, alice):
    alice.language = "zh-hans"
    alice.save(update_fields=["language"])
    client.force_login(alice)
    page = client.post(reverse("profile"), {"language": "zh-hans", "time_zone": "Moon/Sea"})
    assert english_words(page) == {"Lemma", "alice", "example", "org", "Moon", "Sea"}
    assert "没有找到这个页面" in client.get("/no-such-page/").content.decode()


def test_our_words_come_before_those_of_libraries():
    with override("zh-hans"):
        assert gettext("email address") == "邮箱地址"


def test_the_scripts_of_the_administration_speak_chinese(client, admin):
    with (FOLDER / "djangojs.po").open("rb") as file:
        scripts = read_po(file, abort_invalid=True)
    admin.language = "zh-hans"
    admin.save(update_fields=["language"])
    client.force_login(admin)
    sent = client.get(reverse("admin:jsi18n")).content.decode()
    for message in messages(scripts):
        for text in forms(message.string):
            assert json.dumps(text)[1:-1] in sent
