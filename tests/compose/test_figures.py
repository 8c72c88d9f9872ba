"""A number that is put together of its digits is as the font sets it whole."""

import random
from dataclasses import fields

import numpy as np

from fairhand.compose.figures import shaped_number
from fairhand.compose.shape import shape_word
from fairhand.hand.hand import bundled_hand
from fairhand.job.captions import HAND
from fairhand.job.merge.key import key_of

LONG = random.Random(8).sample(range(10_000, 10_000_000), 500)


def test_a_key_is_the_word_that_the_font_sets():
    letters = bundled_hand(HAND)
    for row in (*range(0, 10_000, 3), *LONG):
        key = key_of(row)
        put_together, whole = shaped_number(key, letters), shape_word(letters, key, False, "en")
        for field in fields(whole):
            one, other = getattr(put_together, field.name), getattr(whole, field.name)
            if field.name == "columns":
                assert np.array_equal(one, other), key
            else:
                assert one == other, (key, field.name)
