"""What fairhand costs, and how near its pages come to people's: see README.md."""
