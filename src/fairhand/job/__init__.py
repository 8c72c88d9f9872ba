"""The whole road, from a note to finished files. The one room that knows all of it."""

from fairhand.job.files import read, save
from fairhand.job.made import Made
from fairhand.job.make import make

__all__ = ["Made", "make", "read", "save"]
