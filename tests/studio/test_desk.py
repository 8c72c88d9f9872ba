"""Who writes goes before pictures that are only chosen by."""

from threading import Event, Thread
from time import monotonic

from fairhand.studio.desk import Desk
from fairhand.studio.folder import open_folder


def test_pictures_to_choose_by_wait_for_those_who_write(tmp_path):
    desk = Desk(open_folder(tmp_path))
    order = []
    held, let_go = Event(), Event()

    def hold():
        with desk.after_writers():
            held.set()
            let_go.wait(5)

    def choose():
        with desk.after_writers():
            order.append("picture")

    def write():
        with desk.for_writers():
            order.append("words")

    threads = [Thread(target=hold)]
    threads[0].start()
    held.wait(5)
    threads += [Thread(target=write), *(Thread(target=choose) for _ in range(5))]
    for one in threads[1:]:
        one.start()
        until = monotonic() + 5
        while not desk._writing and monotonic() < until:
            pass
    let_go.set()
    for one in threads:
        one.join(10)
    assert order == ["words", *["picture"] * 5]
