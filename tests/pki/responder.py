"""An authority's web server for tests: real HTTP in the process of the test."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Responder:
    """Answers by path what a test has put there: octets, or a function of the question's body."""

    def __init__(self, port):
        self.base = f"http://127.0.0.1:{port}"
        self.answers = {}
        self.headers = {}
        self.status = 200
        self.asked = []

    def url(self, path):
        return self.base + path


@contextmanager
def serving():
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self._answer(b"")

        def do_POST(self):
            self._answer(self.rfile.read(int(self.headers["Content-Length"])))

        def _answer(self, body):
            responder.asked.append((self.command, self.path, self.headers.get("Content-Type")))
            found = responder.answers.get(self.path)
            octets = found(body) if callable(found) else found
            self.send_response(404 if octets is None else responder.status)
            for name, value in responder.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(octets or b"")))
            self.end_headers()
            self.wfile.write(octets or b"")

        def log_message(self, *_):
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    responder = Responder(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield responder
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
