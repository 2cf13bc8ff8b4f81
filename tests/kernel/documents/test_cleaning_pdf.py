"""A PDF that carries every kind of thing it does not show, before and after; and what is refused."""

import io

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from jianfu.kernel.decisions import Refused
from jianfu.kernel.documents.cleaning import Limits, clean
from jianfu.kernel.documents.cleaning.pages import Page, bound

from .test_cleaning import photograph

AUTHOR, NOTE, ATTACHED, SCRIPT, LINK = (
    b"Zhang San",
    b"Note of Li Si",
    b"attached letter",
    b"alert of script",
    b"www example",
)
HIDDEN, PLACE, XMP = b"hidden words", b"29.5630", b"uuid:of-this-computer"
PLANTED = (AUTHOR, NOTE, ATTACHED, SCRIPT, LINK, HIDDEN, PLACE, XMP, b"iPhone 15 Pro", b"thumbnail-of-me")
# What makes a PDF more than pictures of pages; nothing of it is in the new one.
MORE = (
    b"/Info",
    b"/Metadata",
    b"/Annot",
    b"/JS",
    b"/JavaScript",
    b"/EmbeddedFile",
    b"/Names",
    b"/OCG",
    b"/ID",
)
MORE += (b"/Font", b"/AcroForm", b"/OpenAction", b"/URI", b"Exif", b"CreationDate", b"Producer")
RED, GREEN = (255, 0, 0), (0, 128, 0)


def _name(text):
    return NameObject(f"/{text}")


def _stream(content, **told):
    stream = DecodedStreamObject()
    stream.set_data(content)
    stream.update({_name(key): value for key, value in told.items()})
    return stream


def _laid_on(writer, subtype, colour, left, **more):
    """An annotation of 50 points that is painted over with a colour."""
    box = ArrayObject([FloatObject(each) for each in (0, 0, 50, 50)])
    seen = _stream(
        f"{colour} rg 0 0 50 50 re f".encode(), Type=_name("XObject"), Subtype=_name("Form"), BBox=box
    )
    place = ArrayObject([FloatObject(each) for each in (left, 10, left + 50, 60)])
    told = {"Type": _name("Annot"), "Subtype": _name(subtype), "Rect": place, "F": NumberObject(4)}
    told |= {"AP": DictionaryObject({_name("N"): writer._add_object(seen)}), **more}
    return writer._add_object(DictionaryObject({_name(key): value for key, value in told.items()}))


def _hidden_layer(writer, page):
    """Words and a black field in a layer that is switched off."""
    layer = writer._add_object(
        DictionaryObject({_name("Type"): _name("OCG"), _name("Name"): TextStringObject("layer")})
    )
    both = ArrayObject([layer])
    shown = DictionaryObject({_name("OFF"): both, _name("Order"): both})
    writer._root_object[_name("OCProperties")] = DictionaryObject({_name("OCGs"): both, _name("D"): shown})
    page["/Resources"][_name("Properties")] = DictionaryObject({_name("L"): layer})
    words = b"\n/OC /L BDC 0 g 200 100 50 50 re f (hidden words) pop EMC"
    page[_name("Contents")] = writer._add_object(_stream(page["/Contents"].get_data() + words))


def notice():
    """A photograph that knows its place; author, XMP, script, attachment, layer, notes, a seal."""
    jpeg = photograph()
    writer = PdfWriter(clone_from=io.BytesIO(bound([Page(jpeg, (320, 200), (320, 200))])))
    page = writer.pages[0]
    writer.add_metadata({"/Author": AUTHOR.decode()})
    packet = b'<?xpacket?><x:xmpmeta xmlns:x="adobe:ns:meta/">' + XMP + b"</x:xmpmeta>"
    told = _stream(packet, Type=_name("Metadata"), Subtype=_name("XML"))
    writer._root_object[_name("Metadata")] = writer._add_object(told)
    script = {"S": _name("JavaScript"), "JS": TextStringObject(SCRIPT.decode())}
    writer._root_object[_name("OpenAction")] = DictionaryObject({_name(k): v for k, v in script.items()})
    writer.add_attachment(ATTACHED.decode(), b"secret")
    _hidden_layer(writer, page)
    said = {"T": TextStringObject(NOTE.decode()), "Contents": TextStringObject(NOTE.decode())}
    action = DictionaryObject({_name("S"): _name("URI"), _name("URI"): TextStringObject(LINK.decode())})
    laid = [
        _laid_on(writer, "FreeText", "1 0 0", 10, **said),
        _laid_on(writer, "Stamp", "1 0 0", 70, **said),
        _laid_on(writer, "Link", "1 0 0", 130, A=action),
        _laid_on(writer, "Widget", "0 0.5 0", 260, FT=_name("Sig"), T=TextStringObject("seal")),
    ]
    page[_name("Annots")] = ArrayObject(laid)
    writer._root_object[_name("AcroForm")] = DictionaryObject({_name("Fields"): ArrayObject(laid[3:])})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def cleaned(content, limits=None):
    return clean(io.BytesIO(content), len(content), *([limits] if limits else []))


def seen(content):
    """The first page at one pixel a point, and whether a colour is there at a place counted from below."""
    document = pypdfium2.PdfDocument(content)
    document.init_forms()
    picture = document[0].render(scale=1).to_pil().convert("RGB")
    return lambda across, up: picture.getpixel((across, picture.height - up))


def near(found, wanted):
    return all(abs(a - b) < 60 for a, b in zip(found, wanted, strict=True))


def test_nothing_but_what_is_seen_goes_over():
    content = notice()
    assert [word for word in PLANTED if word not in content] == []
    kept = cleaned(content)
    assert kept.content_type == "application/pdf"
    assert [word for word in (*PLANTED, *MORE) if word in kept.content] == []
    made = PdfReader(io.BytesIO(kept.content), strict=True)
    assert (len(made.pages), made.metadata, made.attachments) == (1, None, {})
    assert made.pages[0].extract_text() == ""
    assert [float(side) for side in made.pages[0].mediabox[2:]] == [320, 200]
    (inner,) = made.pages[0].images
    assert not Image.open(io.BytesIO(inner.data)).getexif()


def test_a_seal_is_drawn_and_notes_and_hidden_layers_are_not():
    content = notice()
    before, after = seen(content), seen(cleaned(content).content)
    assert near(before(35, 35), RED)
    assert near(before(95, 35), RED)
    assert near(before(285, 35), GREEN)
    assert not any(near(after(place, 35), RED) for place in (35, 95, 155))
    assert near(after(285, 35), GREEN)
    layer = [sum(after(x, y)) for x in range(205, 245, 5) for y in range(105, 145, 5)]
    assert sum(layer) / len(layer) > 200


def blank(pages=1, width=595, height=842, **locked):
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width, height)
    if locked:
        writer.encrypt(**locked)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (blank(user_password="secret", algorithm="AES-256"), "设了打开密码.*去掉密码"),
        (blank(300), "有 300 页，最多 30 页"),
        (blank(31), "有 31 页，最多 30 页"),
        (blank(height=28_347), "第 1 页长 10.0 米，最长 3 米"),
        (b"%PDF-1.7 what is this %%EOF", "这个 PDF 打不开"),
        (notice()[:400], "这个 PDF 打不开"),
        (b"GIF89a....", "不是 JPG、PNG 图片，也不是 PDF"),
    ],
)
def test_what_is_not_taken_is_told_with_a_way_out(content, why):
    with pytest.raises(Refused, match=why):
        cleaned(content)


def test_the_last_page_and_the_longest_are_taken():
    made = PdfReader(io.BytesIO(cleaned(blank(30, 100, 100)).content))
    assert len(made.pages) == 30
    long = PdfReader(io.BytesIO(cleaned(blank(height=8500)).content)).pages[0]
    (picture,) = long.images
    across, down = Image.open(io.BytesIO(picture.data)).size
    assert 15_000_000 < across * down < 16_100_000


def test_what_takes_too_long_or_grows_too_large_is_told():
    with pytest.raises(Refused, match=r"1 秒没有画完.*只留有关的几页"):
        cleaned(blank(30, 2000, 2000), Limits(seconds=1))
    with pytest.raises(Refused, match=r"超过 1 MB.*只留有关的几页"):
        cleaned(notice_of_noise(), Limits(made=1024 * 1024))


def notice_of_noise():
    out = io.BytesIO()
    Image.effect_noise((1240, 1754), 90).convert("RGB").save(out, "JPEG")
    return bound([Page(out.getvalue(), (1240, 1754), (595, 842))] * 3)


def test_it_is_drawn_within_its_memory():
    with pytest.raises(Refused, match="这个 PDF 打不开"):
        cleaned(blank(), Limits(memory=20 * 1024 * 1024))
