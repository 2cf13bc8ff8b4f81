"""Pictures that carry every kind of metadata, before and after; and what is refused."""

import io
import struct
import zlib

import docx
import pytest
from PIL import Image, PngImagePlugin

from jianfu.kernel.decisions import Refused
from jianfu.kernel.documents.cleaning import Limits, clean

PLANTED = (b"Zhang San", b"iPhone 15 Pro", b"SN-998877", b"29.5630", b"secret note", b"thumbnail-of-me")
GPS, MAKER = 0x8825, 0x8769


def photograph():
    """EXIF with camera, owner, serial number, place and a thumbnail; XMP, IPTC and a comment besides."""
    picture = Image.effect_noise((320, 200), 60).convert("RGB")
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x013B] = "Apple", "iPhone 15 Pro", "Zhang San"
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(MAKER)[0xA431] = "SN-998877"
    exif.get_ifd(GPS)[1] = "N29.5630"
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=b"secret note", xmp=b"<x:xmpmeta>Zhang San</x:xmpmeta>")
    content = out.getvalue()
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x0fthumbnail-of-me\x00"
    segment = b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc
    return content[:2] + segment + content[2:] + b"secret note after the end"


def screenshot():
    """Text, compressed text, EXIF and time in a PNG; something hidden under a transparent place."""
    picture = Image.new("RGBA", (64, 64), (255, 0, 0, 0))
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Zhang San")
    info.add_itxt("XML:com.adobe.xmp", "iPhone 15 Pro secret note")
    exif = Image.Exif()
    exif[0x013B] = "Zhang San SN-998877"
    out = io.BytesIO()
    picture.save(out, "PNG", pnginfo=info, exif=exif)
    content = out.getvalue()
    chunk = b"tIME" + b"\x07\xea\x0b\x16\x08\x00\x00"
    time = struct.pack(">I", 7) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return content[:33] + time + content[33:]


@pytest.mark.parametrize(("made", "kind"), [(photograph, "JPEG"), (screenshot, "PNG")])
def test_nothing_but_the_pixels_goes_over(made, kind):
    content = made()
    assert sum(word in content for word in PLANTED) >= 3
    kept = clean(io.BytesIO(content), len(content)).content
    assert [
        word for word in (*PLANTED, b"Exif", b"xmp", b"tEXt", b"iTXt", b"tIME", b"eXIf") if word in kept
    ] == []
    picture = Image.open(io.BytesIO(kept))
    assert picture.format == kind
    assert not picture.getexif()
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_picture_on_its_side_is_kept_upright():
    content = photograph()
    kept = Image.open(io.BytesIO(clean(io.BytesIO(content), len(content)).content))
    assert kept.size == (200, 320)


def test_what_lies_under_a_transparent_place_is_white():
    content = screenshot()
    kept = Image.open(io.BytesIO(clean(io.BytesIO(content), len(content)).content))
    assert kept.getpixel((5, 5)) == (255, 255, 255)


def test_a_large_one_is_made_smaller():
    out = io.BytesIO()
    Image.new("RGB", (4000, 1000)).save(out, "PNG")
    kept = clean(io.BytesIO(out.getvalue()), len(out.getvalue())).content
    assert Image.open(io.BytesIO(kept)).size == (2600, 650)


def bomb():
    """A PNG of some hundred bytes that says it is 60,000 pixels square."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    parts = b"\x89PNG\r\n\x1a\n"
    for name, body in ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(1_000_000))), (b"IEND", b"")):
        parts += struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    return parts


def word():
    out = io.BytesIO()
    docx.Document().save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "空的"),
        (word(), "Word 文档里可能带有写的人的姓名.*请在 WPS 或 Word 里另存为 PDF，或拍照、截图后上传"),
        (b"PK\x03\x04....", "不是 JPG、PNG 图片，也不是 PDF"),
        (b"GIF89a....", "不是 JPG、PNG 图片，也不是 PDF"),
        (b"\xff\xd8\xff\xe0 broken", "打不开"),
        (bomb(), "打不开"),
    ],
)
def test_everything_else_is_refused_with_a_way_out(content, why):
    with pytest.raises(Refused, match=why):
        clean(io.BytesIO(content), len(content))


def test_too_much_of_it_is_not_even_read():
    with pytest.raises(Refused, match="最多 1 MB"):
        clean(io.BytesIO(), 2 * 1024 * 1024, Limits(file=1024 * 1024))


def test_a_picture_that_takes_too_long_is_given_up():
    content = photograph()
    with pytest.raises(Refused, match="打不开"):
        clean(io.BytesIO(content), len(content), Limits(memory=20 * 1024 * 1024))
