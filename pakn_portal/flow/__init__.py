"""How a subject of any procedure is moved: `Graph`, `Procedure`, `moving`. Knows no petition."""
