"""The door: how the web server takes connections, pages and sockets, and how it stops.

The server is daphne. What it leaves to a proxy is done here, since not every proxy does it: limits
on bodies, headers, frames and waiting, who called, and a stop that lets pages finish.
"""
