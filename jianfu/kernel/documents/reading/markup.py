"""XML that nobody vouches for: no document type, no entities, names without their prefixes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.parsers import expat

from .cells import FileRefused

Attributes = dict[str, str]


def _refuse_declarations(*_given: object) -> None:
    raise FileRefused(
        "文件里有不许用的声明（DOCTYPE 或外部实体），为安全起见不读。用 Excel 或 WPS 另存一份再上传"
    )


class Walker:
    """Calls ``start``, ``end`` and ``text`` of a subclass as the elements go by; nothing is kept.

    Expat itself fetches nothing from outside; with every declaration refused there is no entity to expand.
    """

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.text
        parser.StartDoctypeDeclHandler = _refuse_declarations
        parser.EntityDeclHandler = _refuse_declarations
        parser.ExternalEntityRefHandler = _refuse_declarations

    def feed(self, pieces: Iterable[bytes]) -> None:
        try:
            for piece in pieces:
                self._parser.Parse(piece)
            self._parser.Parse(b"", 1)
        except expat.ExpatError as error:
            raise FileRefused("文件已经损坏，有一段读不通。用 Excel 或 WPS 打开后另存一份再上传") from error

    def _start(self, name: str, attributes: Attributes) -> None:
        self.start(self._names.get(name) or self._local(name), attributes)

    def _end(self, name: str) -> None:
        self.end(self._names[name])

    def _local(self, name: str) -> str:
        local = self._names[name] = name.rpartition(":")[2]
        return local

    def start(self, name: str, attributes: Attributes) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


class Elements(Walker):
    """Tells of every element with its attributes, for parts that are lists of them."""

    def __init__(self, heard: Callable[[str, Attributes], None]) -> None:
        super().__init__()
        self._heard = heard

    def start(self, name: str, attributes: Attributes) -> None:
        self._heard(name, attributes)


def attribute(attributes: Attributes, name: str) -> str:
    """The attribute under any prefix: r:id, w:val."""
    if name in attributes:
        return attributes[name]
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), "")
