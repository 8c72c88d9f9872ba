"""The studio: all of fairhand on a page of one's own machine.

    guard       who may ask: this machine's browser, with the token of the address
    folder      the notes, ordinary files in a folder that the person sees, and what lies beside
                them (names, companions, named_files)
    uploads     pictures, fonts and tables that are dropped in, looked at before they are kept
    desk        what the server holds: the folder, and the cards that were just looked at
    app         the addresses, and how errors are told
    serving     the server's life, from its port to its end

Rules are none of its business: each route calls the room `job`, as a command does.
"""
