"""The whole road, from a note to finished files. The one room that knows all of it."""

from fairhand.job.chosen import what_was_chosen
from fairhand.job.files import read, read_fields, save
from fairhand.job.made import Made
from fairhand.job.make import make
from fairhand.note.read import NoteFile

__all__ = ["Made", "NoteFile", "make", "read", "read_fields", "save", "what_was_chosen"]
