"""How near a written page comes to a person's, measured from a picture of it.

    ink         a picture becomes ink on paper
    fits        the robust fits and thresholds that all measures share
    lines       ink becomes lines: their baselines, x-height and slant
    words       lines become words: the gaps between them, each word's own baseline
    page        the six statistics of a page
    people      the human band, and what other programs reached
    letters     how much the drawings of one letter differ, and whether joined letters join
    ours        fairhand's own pages, as pictures and as outlines
    table, eye  what is printed, and a picture to compare by eye

Everything up to `page` knows nothing of fairhand: it measures any tool's page, or a scan.
"""
