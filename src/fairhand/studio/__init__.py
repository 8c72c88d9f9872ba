<<<<<<< HEAD
"""The studio: all of fairhand on a page of one's own machine.

    guard       who may ask: this machine's browser, with the token of the address
    folder      the notes, ordinary files in a folder that the person sees
    uploads     pictures, fonts and tables that are dropped in, looked at before they are kept
    desk        what the server holds: the folder, and the cards that were just looked at
    app         the addresses, and how errors are told
    serving     the server's life, from its port to its end

Rules are none of its business: each route calls the room `job`, as a command does.
"""
=======
"""The card on a page of one's own machine: pages, and the little server that shows them."""
>>>>>>> 27ca881c963840e2a098a9a62050083e6b0227c6
