"""How the register's tables came to be, step by step; `review.database` runs the steps a register still lacks."""
