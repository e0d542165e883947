"""An editor for tests: it talks to the real `yaml-language-server`, as VS Code and Neovim do."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import Any, Self

_LONGEST_S = 60


class Editor:
    """Opens deck files and asks what a person at the cursor would see; `settings` are as VS Code writes them."""

    def __init__(self, server: list[str], folder: Path, settings: Mapping[str, Any]) -> None:
        self._command = server
        self._folder = folder
        yaml = {
            name.removeprefix("yaml."): value for name, value in settings.items() if name.startswith("yaml.")
        }
        self._settings = {"yaml": {"schemaStore": {"enable": False}, **yaml}}
        self._number = 0
        self._problems: dict[str, list[Any]] = {}
        self._has_settings = False

    def __enter__(self) -> Self:
        self._server = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._guard = Timer(_LONGEST_S, self._server.kill)
        self._guard.start()
        self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": self._folder.as_uri(),
                "capabilities": {
                    "textDocument": {
                        "completion": {"completionItem": {"snippetSupport": True}},
                        "hover": {"contentFormat": ["markdown"]},
                        "publishDiagnostics": {},
                    },
                    "workspace": {"configuration": True, "didChangeConfiguration": {}},
                },
            },
        )
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": self._settings})
        while not self._has_settings:
            self._hear(self._read())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._guard.cancel()
        self._server.kill()
        self._server.communicate()

    def open(self, name: str, text: str) -> str:
        """Open a file, under a name that has not been opened yet; its address."""
        self._number += 1
        uri = (self._folder / f"{self._number}-{name}").as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        self.problems(uri)  # once it is checked, the schema is there
        return uri

    def offered(self, uri: str, line: int, column: int) -> list[Any]:
        """What is offered at a place; both count from 0."""
        found = self.ask("textDocument/completion", self._at(uri, line, column))
        return list(found["items"] if isinstance(found, dict) else found or [])

    def hover(self, uri: str, line: int, column: int) -> str:
        """What is said of what is at a place."""
        found = self.ask("textDocument/hover", self._at(uri, line, column))
        return str(found["contents"]["value"]) if found else ""

    def problems(self, uri: str) -> list[Any]:
        """What is underlined in a file."""
        while uri not in self._problems:
            self._hear(self._read())
        return self._problems[uri]

    def ask(self, method: str, parameters: Any) -> Any:
        """The answer to a request."""
        self._number += 1
        number = self._number
        self._write({"jsonrpc": "2.0", "id": number, "method": method, "params": parameters})
        while True:
            message = self._read()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message["error"]
                return message.get("result")
            self._hear(message)

    def _at(self, uri: str, line: int, column: int) -> dict[str, Any]:
        return {"textDocument": {"uri": uri}, "position": {"line": line, "character": column}}

    def _tell(self, method: str, parameters: Any) -> None:
        self._write({"jsonrpc": "2.0", "method": method, "params": parameters})

    def _hear(self, message: Any) -> None:
        """Take note of what the server says of itself, and answer what it asks."""
        if message.get("method") == "textDocument/publishDiagnostics":
            self._problems[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif message.get("method") == "workspace/configuration":
            sections = [self._settings.get(item.get("section")) for item in message["params"]["items"]]
            self._write({"jsonrpc": "2.0", "id": message["id"], "result": sections})
            self._has_settings = True
        elif "id" in message and "method" in message:
            self._write({"jsonrpc": "2.0", "id": message["id"], "result": None})

    def _write(self, message: Any) -> None:
        data = json.dumps(message).encode()
        assert self._server.stdin
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self._server.stdin.flush()

    def _read(self) -> Any:
        assert self._server.stdout
        length = 0
        while line := self._server.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the server ended"
        return json.loads(self._server.stdout.read(length))
