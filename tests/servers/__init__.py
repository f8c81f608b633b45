"""Real PostgreSQL and Elasticsearch for the tests, in a temporary folder and on free ports.

`python -m tests.servers run -- CMD…` starts both, runs CMD with their addresses in the environment and
stops both, also when CMD fails. `python -m tests.servers up` keeps them running for a developer, and
`down` stops them.
"""
