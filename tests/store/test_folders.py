"""The folders that a library follows, on both engines."""

from fasti.store import folders
from fasti.store.database import Database
from fasti.store.folders import PassedOver
from fasti.store.peek import glimpse

A = PassedOver("/decks/a.yaml", 5, 2**62, "1", removed=False)
B = PassedOver("/decks/b.yaml", 0, 0, "", removed=True)


def test_a_folder_is_followed_until_it_is_not(database: Database) -> None:
    with database.writing() as connection:
        folders.follow(connection, ["/b", "/a"])
        folders.follow(connection, ["/a"])
        folders.follow(connection, [])
        assert folders.folders(connection) == ["/a", "/b"]

        folders.unfollow(connection, "/a")
        assert folders.folders(connection) == ["/b"]


def test_files_are_left_out_until_they_are_looked_at_again(database: Database) -> None:
    with database.writing() as connection:
        folders.pass_over(connection, [B, A])
        folders.pass_over(connection, [A._replace(size=6)])
        assert folders.passed_over(connection) == [A._replace(size=6), B]

        folders.look_again(connection, [A.path, "/elsewhere"])
        assert folders.passed_over(connection) == [B]


def test_a_glance_sees_the_same(database: Database) -> None:
    if database.file is None:
        return
    with database.writing() as connection:
        folders.follow(connection, ["/decks"])
        folders.pass_over(connection, [A, B])
    with glimpse(database.file) as look:
        assert look
        assert look.folders() == (["/decks"], [A, B])
