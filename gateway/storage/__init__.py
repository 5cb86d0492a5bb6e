"""The two databases under the hub: connections, hot statements, journal, stored answers."""
