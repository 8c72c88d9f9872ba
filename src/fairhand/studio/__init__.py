"""The card on a page of one's own machine: pages, and the little server that shows them."""
