"""Work in a thread of its own: it is waited for, and where nobody wants it any more it cleans up first."""

import threading
from collections.abc import Callable

import pytest

from coordinator.meanwhile import beside


def test_what_the_work_gives_or_raises_is_given_as_often_as_it_is_asked_for() -> None:
    with beside(lambda _ask: "a copy") as result:
        assert result(lambda: None) == result(lambda: None) == "a copy"
    with pytest.raises(OSError, match="full"), beside(full) as result:
        result(lambda: None)


def full(_ask: Callable[[], None]) -> str:
    raise OSError("full")


def test_work_that_is_unwanted_has_cleaned_up_when_the_block_ends() -> None:
    begun, left = threading.Event(), list[str]()

    def work(ask: Callable[[], None]) -> None:
        left.append("half a copy")
        begun.set()
        try:
            while True:
                ask()
        finally:
            left.clear()

    def stop() -> None:
        raise KeyError

    with pytest.raises(KeyError), beside(work) as result:
        begun.wait()
        result(stop)
    assert not left
