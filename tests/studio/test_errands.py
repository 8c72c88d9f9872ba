"""What is at work tells how long it still takes, by what it has done since it was heard of."""

from __future__ import annotations

import threading

from fairhand.studio import errands
from fairhand.studio.errands import Errands


def test_the_time_that_is_left_does_not_count_the_beginning_nor_what_was_made_before(monkeypatch):
    now = 0.0
    monkeypatch.setattr(errands, "monotonic", lambda: now)
    told, go_on = threading.Semaphore(0), threading.Semaphore(0)

    def work(observe, is_stopping):
        nonlocal now
        for seconds, done in ((60.0, 100), (61.0, 110)):
            now = seconds
            observe(done, 200, 0)
            told.release()
            go_on.acquire()

    all_errands = Errands()
    errand = all_errands.begin("make", "Ana.md", work)
    told.acquire()
    assert errand.seconds_left is None
    go_on.release()
    told.acquire()
    assert errand.seconds_left == 9
    go_on.release()
    all_errands.end()
    assert errand.state == "done"
    assert errand.seconds_left is None
