"""A real HTTP server that answers as a model's endpoint does: well, badly, slowly or never, as a test tells it."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[[BaseHTTPRequestHandler, dict[str, Any], threading.Event], None]


def completion(content: str, **usage: int) -> bytes:
    answer = {"choices": [{"message": {"role": "assistant", "content": content}, "finish_reason": "stop"}]}
    return json.dumps({**answer, "usage": usage or {"prompt_tokens": 100, "completion_tokens": 20}}).encode()


def saying(*claims: dict[str, Any]) -> Reply:
    """A reply that points out these claims, the same to every question."""
    return sending(completion(json.dumps({"claims": list(claims)})))


def in_turn(*replies: Reply) -> Reply:
    """One reply a question, the last one for all that follow."""
    left = list(replies)

    def reply(handler: BaseHTTPRequestHandler, asked: dict[str, Any], over: threading.Event) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(handler, asked, over)

    return reply


def sending(body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Reply:
    def reply(handler: BaseHTTPRequestHandler, asked: dict[str, Any], over: threading.Event) -> None:
        handler.send_response(status)
        for name, value in {
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            **(headers or {}),
        }.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def never(handler: BaseHTTPRequestHandler, asked: dict[str, Any], over: threading.Event) -> None:
    """Takes the question and says nothing."""
    over.wait(20)


def dripping(handler: BaseHTTPRequestHandler, asked: dict[str, Any], over: threading.Event) -> None:
    """Answers a byte at a time, never long enough silent to be given up on for that."""
    handler.send_response(200)
    handler.end_headers()
    while not over.wait(0.05):
        handler.wfile.write(b" ")


class Model:
    """``asked`` holds the questions as they came, ``seen`` the headers of the last one."""

    def __init__(self, reply: Reply) -> None:
        self.asked: list[dict[str, Any]] = []
        self.seen: dict[str, str] = {}
        self.over = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                outer.seen = {name.lower(): value for name, value in self.headers.items()}
                asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
                outer.asked.append(asked)
                try:
                    reply(self, asked, outer.over)
                except OSError:
                    return  # the reader gave up on us

            def log_message(self, format: str, *args: object) -> None:
                return

        self.httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.httpd.server_address[1]}/v1"

    def words(self) -> list[str]:
        """All that was sent, question by question."""
        return ["\n".join(message["content"] for message in asked["messages"]) for asked in self.asked]


@contextmanager
def model(reply: Reply) -> Iterator[Model]:
    """An endpoint for the length of a test."""
    made = Model(reply)
    thread = threading.Thread(target=made.httpd.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.over.set()
        made.httpd.shutdown()
        made.httpd.server_close()
        thread.join()
