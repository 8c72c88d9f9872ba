"""Natural variation: how the hand moved. Where letters land was decided by `compose`."""
