#!/usr/bin/env bash
# A file that is packed with zstd may consist of several frames, and some of them may hold no text (RFC 8878): `pzstd`, which comes with
# zstd, writes such an empty one before each of its frames, and `cat a.zst b.zst` makes two. The one library `zstandard` has several
# answers to the same bytes, and which function is called decides:
#   function                       two frames           as pzstd writes it
#   ZstdDecompressor().decompress  the first of them    an error: "decompressed 0 bytes; expected 4"
#   decompressobj().decompress     the first of them    nothing, at its end (`eof`), without an error
#   stream_reader().read, open     all                  all (though `read_across_frames` is False unless it is given)
# backports.zstd, the standard library's module for older Pythons, reads all with its `decompress`.
# Needs python3. Seen with zstandard 0.25.0 and backports.zstd 1.6.0.
# cenguard goes on to the last frame (cenguard/readers/zstd.py); tests/readers/test_packed_backend.py, test_all_frames_are_read.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check zstandard==0.25.0 backports.zstd==1.6.0
cat > program.py <<'PY'
import io

import zstandard
from backports import zstd

PARTS = b'{"version": 4, ', b'"resources": []}'
FRAMES = [zstandard.ZstdCompressor().compress(part) for part in PARTS]


def skipped(frame):
    """The frame without text that tells how long the one after it is."""
    return b"\x50\x2a\x4d\x18" + (4).to_bytes(4, "little") + len(frame).to_bytes(4, "little")


FILES = {"two frames": b"".join(FRAMES), "as pzstd writes them": b"".join(skipped(frame) + frame for frame in FRAMES)}


def with_an_object(packed):
    unpacker = zstandard.ZstdDecompressor().decompressobj()
    text = unpacker.decompress(packed)
    assert unpacker.eof
    return text


WAYS = {
    "decompress": lambda packed: zstandard.ZstdDecompressor().decompress(packed),
    "decompressobj": with_an_object,
    "stream_reader": lambda packed: zstandard.ZstdDecompressor().stream_reader(packed).read(),
    "open": lambda packed: zstandard.open(io.BytesIO(packed)).read(),
    "backports.zstd": zstd.decompress,
}
for kind, packed in FILES.items():
    for way, read in WAYS.items():
        try:
            text = read(packed)
            said = {b"": "nothing", PARTS[0]: "the first of them", b"".join(PARTS): "all"}[text]
        except zstandard.ZstdError as error:
            said = f"an error, {error}"
        print(f"{kind}, {way}: {said}")
PY
env/bin/python program.py | tee seen
for way in decompress decompressobj; do
    grep -qxF "two frames, $way: the first of them" seen
done
grep -qxF "as pzstd writes them, decompress: an error, decompression error: decompressed 0 bytes; expected 4" seen
grep -qxF "as pzstd writes them, decompressobj: nothing" seen
for way in stream_reader open backports.zstd; do
    grep -qxF "two frames, $way: all" seen
    grep -qxF "as pzstd writes them, $way: all" seen
done
echo "as before"
