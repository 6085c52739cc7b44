"""Somebody who goes through pages without scripts by what they show, and counts the clicks."""

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

VOID = {"input", "link", "meta", "br", "img", "hr", "wbr", "source", "col"}
CHOSEN_BY = {"checkbox": "checked", "radio": "checked", "option": "selected"}


class Element:
    """form: its id. label: the text around a box. text: with words for screen readers alone."""

    def __init__(self, tag: str, attributes: dict[str, str], around: list["Element"]) -> None:
        self.tag, self.attributes, self.text = tag, attributes, ""
        outer = {element.tag: element for element in around}
        if tag == "option" and "select" in outer:  # one of a datalist sends nothing
            attributes["name"] = outer["select"].attributes.get("name", "")
        self.label = outer.get("label")
        self.form = attributes.get("form") or (outer["form"].form if "form" in outer else "")
        if tag == "form":
            self.form = attributes.get("id") or f"form at {id(self)}"

    @property
    def name(self) -> str:
        return self.attributes.get("name", "")

    @property
    def kind(self) -> str:
        return self.attributes.get("type", self.tag)

    @property
    def value(self) -> str:
        usual = "on" if self.kind in {"checkbox", "radio"} else ""
        return self.text if self.tag == "textarea" else self.attributes.get("value", usual)

    @property
    def words(self) -> str:
        text = self.label.text if self.label and self.tag == "input" else self.text
        text = self.attributes.get("aria-label", text)
        return " ".join(text.split())


class PageReader(HTMLParser):
    """All elements of a page, in their order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append(Element(tag, attributes, self._open))
        if tag not in VOID:
            self._open.append(self.elements[-1])

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self._open):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data


class Visitor:
    """clicks: on links, buttons and boxes to tick. To type and to press Enter is none."""

    def __init__(self, client: Any, address: str) -> None:
        self.client, self.address, self.clicks = client, address, 0
        self._go(client.get, address)

    def follow(self, words: str) -> None:
        """The first link with these words."""
        link = self._first("a", words)
        self.clicks += 1
        self._go(self.client.get, link.attributes["href"])

    def tick(self, words: str) -> None:
        self._first("checkbox", words).attributes["checked"] = ""
        self.clicks += 1

    def press(self, words: str) -> None:
        button = self._first("submit", words)
        self.clicks += 1
        action = button.attributes.get("formaction", "")
        self._send(button.form, [(button.name, button.value)] if button.name else [], action)

    def enter(self, name: str, text: str) -> None:
        """Type into the field of that name, and press Enter there."""
        self.write(name, text)
        self._send(self._field(name).form, [])

    def write(self, name: str, text: str) -> None:
        field = self._field(name)
        field.text = field.attributes["value"] = text

    def _field(self, name: str) -> Element:
        fields = [each for each in self.elements if each.tag in {"input", "textarea"}]
        return next(field for field in fields if field.name == name)

    def _first(self, kind: str, words: str) -> Element:
        candidates = [element for element in self.elements if element.kind == kind]
        matches = [element for element in candidates if words in element.words]
        assert matches, (words, [element.words for element in candidates])
        return matches[0]

    def _send(self, form_id: str, data: list[tuple[str, str]], action: str = "") -> None:
        """action: the button's own address, if it has one."""
        forms = [each for each in self.elements if each.tag == "form" and each.form == form_id]
        form = forms[0].attributes
        sent: dict[str, list[str]] = {}
        for name, value in data + self._values(form_id):
            sent.setdefault(name, []).append(value)
        send = self.client.post if form.get("method") == "post" else self.client.get
        self._go(send, action or form.get("action") or self.address, sent)

    def _values(self, form_id: str) -> list[tuple[str, str]]:
        """What a browser would send of the fields of a form."""
        return [
            (field.name, field.value)
            for field in self.elements
            if field.tag in {"input", "option", "textarea"}
            and field.form == form_id
            and field.name
            and CHOSEN_BY.get(field.kind, "name") in field.attributes
        ]

    def _go(self, send: Any, address: str, data: dict[str, list[str]] | None = None) -> None:
        address = urljoin(self.address, address).partition("#")[0]
        response = send(address, data, follow=True)
        assert response.status_code == 200, (response.status_code, address)
        chain = [urljoin(address, step) for step, _status in response.redirect_chain]
        self.address, self.response = [address, *chain][-1].partition("#")[0], response
        self.elements = PageReader(response.content.decode()).elements
