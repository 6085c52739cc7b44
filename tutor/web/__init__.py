"""The web server: connections, pages, websockets, and how it stops.

It is daphne, with what daphne leaves to a proxy: limits on bodies, headers, frames and waiting,
clients' addresses, and a stop that lets pages finish.
"""
