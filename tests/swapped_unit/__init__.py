"""A portal that keeps its organisational units in a model of its own."""
