"""The videos of a page, fetched by yt-dlp in a cage of their own whose way out leads to open addresses alone.

A video page's player asks for parts of a stream as it plays; the file itself is what a court wants to see. yt-dlp knows
how several hundred sites hide it.
"""

import asyncio
import sys
from pathlib import Path

import msgspec

from uncounted.stages.capture.address import Resolve
from uncounted.stages.capture.caged import Cage, caged
from uncounted.stages.capture.gate import Connect, Gate
from uncounted.stages.capture.taken import Options
from uncounted.stages.capture.waiting import finished

MOST = 10
"""Videos of one page beyond which the rest is left, and said to be."""


class Videos(msgspec.Struct, frozen=True, kw_only=True):
    """The videos by file name, and what could not be had, in words. ``tool`` is what fetched them."""

    files: dict[str, bytes] = {}
    partial: tuple[str, ...] = ()
    tool: str | None = None


def fetch_videos(url: str, options: Options, how: Resolve, connect: Connect = asyncio.open_connection) -> Videos:
    """The videos of a page. It never raises for what a site does: what is missing is said in ``partial``."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        tool = f"yt-dlp {version('yt-dlp')}"
    except PackageNotFoundError:
        return Videos(partial=("videos were not asked for: yt-dlp is not installed (uncounted[video])",))
    found = finished(_fetched(url, options, how, connect))
    return msgspec.structs.replace(found, tool=tool)


async def _fetched(url: str, options: Options, how: Resolve, connect: Connect) -> Videos:
    gate = Gate(how, limit=options.page_bytes, allow_loopback=options.allow_loopback, anyone=True, connect=connect)
    async with caged(gate, sys.executable, "-I", "-B", "-m", "yt_dlp") as cage:
        child = await asyncio.create_subprocess_exec(
            cage.launcher, *_arguments(url, cage, options),
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
            env={"HOME": str(cage.home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}, cwd="/",
        )  # fmt: skip
        try:
            _, said = await asyncio.wait_for(child.communicate(), options.web_seconds * 4)
            partial = _hindered(said.decode(errors="replace"), child.returncode)
        except TimeoutError:
            partial = [f"videos were not all fetched within {options.web_seconds * 4:g} seconds"]
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
        files = {path.name: path.read_bytes() for path in _made(cage.home)}
    if gate.over:
        partial.append(f"videos over the limit of {options.page_bytes:,} bytes were left")
    if not files and not partial:
        partial.append("no video was found in the page")
    return Videos(files=files, partial=tuple(f"video: {one}" for one in partial))


def _arguments(url: str, cage: Cage, options: Options) -> list[str]:
    return [
        "--ignore-config", "--no-cache-dir", "--no-update", "--no-plugin-dirs", "--no-color", "--quiet",
        "--no-playlist",
        "--playlist-items", f"1-{MOST}", "--max-filesize", str(options.page_bytes), "--socket-timeout", "15",
        "--retries", "2", "--restrict-filenames", "--format", "best", "--hls-prefer-native", "--no-part", "--no-mtime",
        "--write-info-json", "--proxy", "socks5h://127.0.0.1:{port}",
        "--output", f"{cage.home}/%(autonumber)02d-%(id).40s.%(ext)s", "--", url,
    ]  # fmt: skip


def _hindered(said: str, code: int | None) -> list[str]:
    """What went wrong, in the fetcher's words; one that broke off without a word of it is not "nothing was found"."""
    lines = said.splitlines()
    errors = [line.partition("ERROR: ")[2][:200] for line in lines if "ERROR: " in line]
    if code and not errors:
        last = next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")
        return [f"the fetcher of videos broke off (code {code}): {last[:200]}"]
    return errors


def _made(home: Path) -> list[Path]:
    """Finished files, plain and small enough to be what they say."""
    paths = sorted(path for path in home.iterdir() if path.is_file() and not path.is_symlink())
    return [path for path in paths if not path.name.endswith((".part", ".ytdl")) and path.stat().st_size]
