"""Bodies and headers that are sent to make others wait, or to fill the machine."""

import threading
import time
from functools import cache

import pytest

import tutor.asgi
from tests.door import ORIGIN, Door, answer_on, read_all, request, status_in
from tests.processor import takes_longer
from tests.sockets import cookie_of
from tutor.materials.models import Source
from tutor.web.server import Server

MB = 1024 * 1024
MAX_WAIT_S = 0.05  # on an ordinary server
KINDS = {"sections/x/material/": 12 * MB, "problems/import/": 8 * MB, "accounts/login/": 256 * 1024}


def multipart(disposition: bytes, *, content: bytes = b"x") -> bytes:
    head = b"--edge\r\nContent-Disposition: " + disposition + b"\r\n\r\n"
    return head + content + b"\r\n--edge--\r\n"


FORM = {"Content_Type": "multipart/form-data; boundary=edge"}


def filled(part: bytes, size: int) -> bytes:
    return part * (size // len(part))


# So that Django reads it, in search of the token, and so that it may be long.
COOKIES = f"csrftoken={'x' * 32}; sessionid=nobody"
URLENCODED = {"Content_Type": "application/x-www-form-urlencoded"}
# How each is written in about so many bytes.
SLOW_TO_READ = {
    "parameters": lambda size: multipart(b'form-data; name="f' + filled(b";a=b", size) + b'"'),
    "more parameters": lambda size: multipart(b"form-data" + filled(b'; a="b"', size)),
    "escapes": lambda size: multipart(b'form-data; name="' + filled(b'\\"', size)),
    "folded": lambda size: multipart(b'form-data; name="f"\r\n' + filled(b" x\r\n", size)),
    "headers": lambda size: multipart(b'form-data; name="f"\r\n' + filled(b"a: x\r\n", size)),
    "semicolons": lambda size: multipart(b'form-data; name="f"' + filled(b";", size)),
    "parts": lambda size: filled(b"--edge\r\n\r\n", size),
    "almost parts": lambda size: multipart(b"form-data", content=filled(b"\r\n--edg", size)),
    "no header's end": lambda size: b"--edge\r\n" + filled(b"a", size),
    "fields": lambda size: filled(b"a=b&", size),
    "percents": lambda size: b"a=" + filled(b"%41", size),
}


@pytest.fixture(scope="module")
def plain_cost_s(door):
    """What a file of this size costs the event loop, which only passes it on."""

    @cache
    def cost_s(path: str, size: int) -> float:
        file = multipart(b'form-data; name="f"; filename="f"', content=filled(b"a", size))
        data = request("POST", path, file, Cookie=COOKIES, **FORM)
        return max(loop_cost_s(door, data) for _ in range(3))

    return cost_s


def loop_cost_s(door: Door, data: bytes) -> float:
    before_s = door.loop_cpu_s
    door.answer_to(data)
    return door.loop_cpu_s - before_s


@pytest.mark.parametrize("kind", SLOW_TO_READ)
@pytest.mark.parametrize(
    ("path", "size"),
    [("/accounts/login/", 250_000), ("/problems/import/", 7 * MB)],
)
def test_a_form_that_is_slow_to_read_lets_nobody_wait(door, kind, path, size, plain_cost_s):
    """The event loop takes no more time for it than for a file: others wait 50 ms at most."""
    headers = URLENCODED if kind in {"fields", "percents"} else FORM
    data = request("POST", path, SLOW_TO_READ[kind](size), Cookie=COOKIES, **headers)
    plain_s = plain_cost_s(path, size)
    assert not takes_longer(lambda: loop_cost_s(door, data) - plain_s, MAX_WAIT_S)


@pytest.mark.parametrize("kind", ["parameters", "folded", "fields"])
def test_others_are_answered_while_a_form_is_read(door, kind):
    headers = URLENCODED if kind == "fields" else FORM
    body = SLOW_TO_READ[kind](7 * MB)
    data = request("POST", "/problems/import/", body, Cookie=COOKIES, **headers)
    sending = threading.Thread(target=door.answer_to, args=[data])
    sending.start()
    waits = []
    while sending.is_alive():
        waits.append(door.healthz_s())
    sending.join()
    assert max(waits, default=0) < 10  # of seconds where it took a minute, on a busy machine


def test_a_form_of_many_fields_lets_nobody_wait(door):
    body = b"&".join(b"a%d=%%41" % n for n in range(20_000))
    before = door.cpu_s
    assert door.status_of(request("POST", "/healthz", body, **URLENCODED)) == 200
    assert door.cpu_s - before < 1


def test_a_form_that_django_refuses_is_one_line_of_the_log(door, new_lines):
    forms = {
        "application/x-www-form-urlencoded": b"&".join(b"a%d=1" % n for n in range(2_000)),
        "multipart/form-data; boundary=edge": multipart(b'form-data; name="f"', content=b"x") * 2,
        "multipart/form-data; boundary=" + "a" * 300: b"x",
        "multipart/form-data": b"x",
        "application/x-www-form-urlencoded; ": b"a=" + b"x" * 2 * MB,
    }
    for kind, body in forms.items():
        headers = {"Content_Type": kind, "Cookie": COOKIES}
        answer = door.status_of(request("POST", "/problems/import/", body, **headers))
        assert answer in {400, 403, 413}
    assert len(new_lines()) == len(forms)


@pytest.mark.parametrize(("path", "limit"), [(f"/{path}", most) for path, most in KINDS.items()])
def test_a_body_that_is_too_long_is_refused_unread(door, path, limit, new_lines):
    peak = door.peak_mb
    head = request("POST", path, Content_Length=str(800 * MB), Cookie=COOKIES)
    with door.connect() as client:
        client.sendall(head + bytes(1024))
        answer = read_all(client)
    assert status_in(answer) == 413
    assert b"larger than Lemma takes" in answer
    assert door.peak_mb - peak < 20
    most = {"Content_Length": str(limit), "Cookie": COOKIES}
    allowed = request("POST", path, Expect="100-continue", **most)
    with door.connect() as client:
        client.sendall(allowed)
        assert client.recv(100).startswith(b"HTTP/1.1 100 Continue")
    assert len(new_lines()) == 1


@pytest.mark.parametrize("path", ["/problems/import/", "/sections/x/material/", "/admin/x/"])
@pytest.mark.parametrize("cookie", ["csrftoken=x", "sessionid=", "a=sessionid=x", ""])
def test_who_has_not_signed_in_sends_nothing_large(door, path, cookie):
    large = {"Content_Length": str(300 * 1024), "Expect": "100-continue", "Cookie": cookie}
    with door.connect() as client:
        client.sendall(request("POST", path, **large))
        assert answer_on(client).status == 413


@pytest.mark.parametrize(
    "charset",
    [
        *("charset=punycode", "charset=utf-7", "charset=zlib", "charset=idna", "charset=undefined"),
        *('CHARSET="rot13"', "charset*=utf-8''punycode", "charset*0=puny; charset*1=code"),
        *("charset=utf-8; charset=hex", "charset*=undefined''a", "charset="),
    ],
)
@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=edge", URLENCODED["Content_Type"]])
def test_a_form_in_another_charset_is_refused_unread(door, kind, charset):
    form = {"Content_Type": f"{kind}; {charset}", "Cookie": COOKIES}
    waiting = request("POST", "/accounts/login/", Content_Length="9", **form)
    with door.connect() as client:
        client.sendall(waiting)
        answer = answer_on(client)
        assert answer.status == 415
        assert b"UTF-8 only" in answer.read()
    with door.connect() as client:
        client.sendall(request("GET", "/accounts/login/?next=abc", **form))
        assert answer_on(client).status == 415


def test_the_charset_of_a_second_content_type_counts_too(door):
    form = request("POST", "/accounts/login/", b"a=b", Content_Type="text/plain")
    twice = form.replace(b"Content-Type:", b"Content-Type: a; charset=hex\r\nContent-Type:")
    assert door.status_of(twice) == 415


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"', "us-ascii"])
def test_a_form_that_says_it_is_in_utf_8_is_read(door, charset):
    form = {"Content_Type": f"multipart/form-data; charset={charset}; boundary=edge"}
    body = multipart(b'form-data; name="f"')
    assert door.status_of(request("POST", "/accounts/login/", body, **form)) == 403


def test_a_charset_within_a_form_decodes_nothing(door):
    """Django knows the charset of a part, and reads text as that of the whole form."""
    slow = b"z" * 200_000
    body = multipart(
        b'form-data; name="login"\r\nContent-Type: text/plain; charset=punycode', content=slow
    )
    other = b"_charset_=punycode&login=" + slow
    before = door.cpu_s
    for data, headers in [(body, FORM), (other, URLENCODED)]:
        form = {**headers, "Cookie": COOKIES}
        assert door.status_of(request("POST", "/accounts/login/", data, **form)) == 403
    assert door.cpu_s - before < 1


@pytest.mark.parametrize("size", [10, 64 * 1024])
def test_a_body_in_chunks_is_cut_off_where_it_is_too_long(door, size, new_lines):
    chunk = b"%x\r\n" % size + bytes(size) + b"\r\n"
    head = request("POST", "/accounts/login/", Transfer_Encoding="chunked")
    peak, sent = door.peak_mb, 0
    with door.connect() as client:
        client.sendall(head)
        try:
            while sent < 40 * MB:
                client.sendall(chunk * max(1, 65536 // size))
                sent += len(chunk) * max(1, 65536 // size)
        except OSError:
            pass  # it has hung up
        read_all(client)
    assert sent < 40 * MB
    assert door.peak_mb - peak < 20
    assert len(new_lines()) == 1


@pytest.mark.parametrize("size", [1, 40, 150])
def test_a_body_in_tiny_chunks_lets_nobody_wait(door, size):
    body = (b"%x\r\n" % size + bytes(size) + b"\r\n") * (MB // size) + b"0\r\n\r\n"
    head = request("POST", "/problems/import/", Transfer_Encoding="chunked", Cookie=COOKIES)
    before_s = door.cpu_s
    assert door.status_of(head + body) == 413
    assert door.cpu_s - before_s < 0.3


def test_a_body_in_ordinary_chunks_is_read(door):
    body = (b"400\r\n" + bytes(1024) + b"\r\n") * 1024 + b"0\r\n\r\n"
    head = request("POST", "/problems/import/", Transfer_Encoding="chunked", Cookie=COOKIES)
    assert door.status_of(head + body) == 403  # without a token


def test_requests_after_a_body_in_chunks_are_answered(door):
    head = request("POST", "/healthz", Transfer_Encoding="chunked").replace(
        b"Connection: close\r\n", b""
    )
    body = (b"400\r\n" + bytes(1024) + b"\r\n") * 20 + b"0\r\n\r\n"
    good = head + body
    bad = head.replace(b"Host:", b"X: a\x0b\r\nHost:") + body
    answer = door.answer_to((bad + good) * 20 + request("GET", "/healthz"))
    assert (answer.count(b"HTTP/1.1 400"), answer.count(b"HTTP/1.1 200")) == (20, 21)


def test_whoever_reads_the_answer_only_at_the_end_finds_it(door):
    answer = door.answer_to(request("POST", "/accounts/login/", bytes(4 * MB)))
    assert status_in(answer) == 413


@pytest.mark.django_db(transaction=True)
def test_the_largest_file_of_a_teacher_is_taken(door, carol, section):
    text = b"Triangles and their angles. " * (10 * MB // 28)
    body = multipart(b'form-data; name="file"; filename="week.md"', content=text)
    cookies = f"sessionid={cookie_of(carol)}; csrftoken={'x' * 32}"
    headers = {**FORM, "Cookie": cookies, "X_CSRFToken": "x" * 32, "Origin": ORIGIN}
    path = f"/sections/{section.code}/material/"
    assert door.status_of(request("POST", path, body, **headers)) == 302
    assert bytes(Source.objects.get().data) == text


def test_bodies_that_are_held_back_are_not_kept_in_memory(door):
    peak = door.peak_mb
    clients = [door.connect() for _ in range(8)]
    most = {"Content_Length": str(12 * MB), "Cookie": COOKIES}
    head = request("POST", "/sections/x/material/", **most)
    for client in clients:
        client.sendall(head + bytes(11 * MB))
    door.healthz_s()
    for client in clients:
        client.close()
    assert door.peak_mb - peak < 20


def test_an_upgrade_that_is_no_socket_is_a_page_with_its_body(door):
    body = b"email=nobody"
    form = {"Content_Type": "application/x-www-form-urlencoded", "Upgrade": "h2c"}
    assert door.status_of(request("POST", "/accounts/login/", body, **form)) == 403
    socket = {"Upgrade": "websocket", "Content_Length": str(MB)}
    assert door.status_of(request("GET", "/sections/x/material/", **socket)) == 413


def test_what_has_two_lengths_is_refused(door):
    both = request("POST", "/healthz", Content_Length="3", Transfer_Encoding="chunked")
    assert door.status_of(both + b"0\r\n\r\nGET /healthz HTTP/1.1\r\n\r\n") == 400
    twice = request("POST", "/healthz", Content_Length="3")[:-2] + b"Content-Length: 4\r\n\r\n"
    assert door.status_of(twice + b"abc") == 400


def test_many_requests_in_one_piece_are_answered_one_by_one(door, new_lines):
    good = request("GET", "/healthz").replace(b"Connection: close\r\n", b"")
    bad = good.replace(b"Host:", b"X: a\x0b\r\nHost:")
    answer = door.answer_to((bad + good) * 300 + request("GET", "/healthz"))
    assert answer.count(b"HTTP/1.1 400") == 300
    assert answer.count(b"HTTP/1.1 200") == 301
    assert new_lines() == []


def test_long_and_many_headers_are_refused(door):
    long = request("GET", "/healthz", X_Long="a" * 20_000)
    many = request("GET", "/healthz", **{f"X_{n}": "a" for n in range(200)})
    assert door.status_of(long) in {0, 400}
    assert door.status_of(many) == 400
    before = door.cpu_s
    folded = request("GET", "/healthz")[:-2] + b"X: a\r\n" + b" a\r\n" * MB + b"\r\n"
    assert door.status_of(folded) in {0, 400}
    assert door.cpu_s - before < 1


@pytest.mark.slow
@pytest.mark.alone
def test_who_sends_no_more_is_not_waited_for_long(door):
    began = time.monotonic()
    with door.connect(timeout=40) as client:
        client.sendall(b"GET /healthz HTTP/1.1\r\nHost: ")
        for _ in range(30):
            time.sleep(1)
            try:
                client.sendall(b"x")
            except OSError:
                break
        assert status_in(read_all(client)) == 408
    assert time.monotonic() - began < 35


def test_the_command_of_daphne_starts_the_same_server():
    assert tutor.asgi.CommandLineInterface.server_class is Server
