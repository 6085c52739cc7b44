"""Passwords are hashed a few at a time on a machine, whichever process does it."""

import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager

import pytest

from accounts import hash_slots, passwords
from accounts.hash_slots import HashSlots, WaitingLine

HOLDING = """
import sys, time
from pathlib import Path
from accounts.hash_slots import HashSlots
with HashSlots(Path(sys.argv[1]), 1).slot(is_cheap=True):
    print("holds it", flush=True)
    time.sleep(60)
"""
SOON_S = 5.0  # for a thread to begin, beside others


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data" / "password-hashes"


@contextmanager
def another_process(folder):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(folder)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout.readline() == "holds it\n"
        yield process
    finally:
        process.kill()
        process.communicate()


class Hashing(threading.Thread):
    """Takes a slot for a moment, and notes in `order` that it had it."""

    def __init__(self, slots, order, name, *, is_cheap):
        super().__init__(daemon=True)
        self.slots, self.order, self.label, self.is_cheap = slots, order, name, is_cheap
        self.start()

    def run(self):
        with self.slots.slot(is_cheap=self.is_cheap):
            self.order.append(self.label)


def wait_until(condition):
    until = time.monotonic() + SOON_S
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.005)


def wait_until_in_line(slots, rank, count=1):
    wait_until(lambda: len(slots.lines[rank].waiting) == count)
    time.sleep(0.05)  # until the first of them has shown its rank


def test_processes_share_the_slots_and_a_killed_one_frees_its_own(folder):
    slots, order = HashSlots(folder, 1), []
    with another_process(folder) as other:
        waiting = Hashing(slots, order, "here", is_cheap=True)
        waiting.join(0.3)
        assert order == []
        other.kill()
        waiting.join(SOON_S)
    assert order == ["here"]


def test_no_more_are_taken_than_there_are(folder):
    order = []
    with ExitStack() as held:
        for _ in range(3):
            held.enter_context(HashSlots(folder, 3).slot(is_cheap=True))
        waiting = Hashing(HashSlots(folder, 3), order, "fourth", is_cheap=True)
        waiting.join(0.2)
        assert order == []
    waiting.join(SOON_S)
    assert order == ["fourth"]


@pytest.mark.parametrize("is_same_process", [True, False])
def test_a_cheap_hash_goes_ahead_of_an_expensive_one(folder, is_same_process):
    here, order = HashSlots(folder, 1), []
    there = here if is_same_process else HashSlots(folder, 1)
    with HashSlots(folder, 1).slot(is_cheap=True):
        first = Hashing(here, order, "old", is_cheap=False)
        wait_until_in_line(here, hash_slots.Rank.EXPENSIVE)
        threads = [Hashing(there, order, "new", is_cheap=True) for _ in range(5)]
        wait_until_in_line(there, hash_slots.Rank.CHEAP, 5)
    for thread in [*threads, first]:
        thread.join(SOON_S)
    assert order == [*["new"] * 5, "old"]


def test_an_expensive_hash_has_its_turn_among_cheap_ones_that_never_end(folder, monkeypatch):
    monkeypatch.setattr(hash_slots, "PATIENCE_S", 0.2)
    slots, order, is_over = HashSlots(folder, 1), [], threading.Event()

    def hash_on():
        while not is_over.is_set():
            with slots.slot(is_cheap=True):
                time.sleep(0.005)

    class_of_30 = [threading.Thread(target=hash_on) for _ in range(30)]
    for thread in class_of_30:
        thread.start()
    old = Hashing(HashSlots(folder, 1), order, "old", is_cheap=False)
    old.join(SOON_S)
    is_over.set()
    for thread in class_of_30:
        thread.join()
    assert order == ["old"]


def test_nobody_waits_for_ever_for_a_process_that_has_stopped(folder, monkeypatch):
    monkeypatch.setattr(hash_slots, "MAX_WAIT_S", 0.1)
    order = []
    with HashSlots(folder, 1).slot(is_cheap=True):
        Hashing(HashSlots(folder, 1), order, "here", is_cheap=True).join(SOON_S)
        assert order == ["here"]


def test_without_a_folder_each_process_has_slots_of_its_own(tmp_path, caplog):
    (tmp_path / "a-file").touch()
    slots, order = HashSlots(tmp_path / "a-file" / "password-hashes", 1), []
    with pytest.raises(OSError, match="a-file"):
        slots.check()
    with slots.slot(is_cheap=False):
        waiting = Hashing(slots, order, "second", is_cheap=True)
        waiting.join(0.2)
        assert order == []
    waiting.join(SOON_S)
    assert order == ["second"]
    assert caplog.text.count("slots for passwords are not shared") == 1


def test_a_line_keeps_its_order():
    line, order = WaitingLine(), []

    def pass_through(number):
        with line.turn():
            order.append(number)

    threads = [threading.Thread(target=pass_through, args=(number,)) for number in range(10)]
    with line.turn():
        for number, thread in enumerate(threads, start=2):
            thread.start()
            wait_until(lambda length=number: len(line.waiting) == length)
    for thread in threads:
        thread.join()
    assert order == [*range(10)]


def test_a_password_hashed_long_ago_waits_for_the_others(folder, monkeypatch):
    slots, order = HashSlots(folder, 1), []
    monkeypatch.setattr(passwords, "hash_slots", slots)
    new, old = passwords.BoundedArgon2(), passwords.BoundedPBKDF2()
    encoded = {new: new.encode("pass-word-9", "a-salt-of-16-let"), old: old.encode("x", "salt", 10)}

    def verify(hasher):
        hasher.verify("pass-word-9", encoded[hasher])
        order.append(hasher)

    threads = [threading.Thread(target=verify, args=(hasher,)) for hasher in (old, new)]
    with slots.slot(is_cheap=True):
        threads[0].start()
        wait_until_in_line(slots, hash_slots.Rank.EXPENSIVE)
        threads[1].start()
        wait_until_in_line(slots, hash_slots.Rank.CHEAP)
    for thread in threads:
        thread.join()
    assert order == [new, old]
