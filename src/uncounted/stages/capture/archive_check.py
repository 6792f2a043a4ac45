"""What an archive must keep to before anything in it is parsed."""

import io

from uncounted.stages.capture.confine import Unreadable


def check_archive(data: bytes, inflated: int, form: str = "DOCX") -> None:
    """Refuse an archive with a name that leaves its folder, too many members, or more inside than it may hold.

    Declared sizes are checked first; then each member is unpacked in pieces and counted, since a declaration may lie.
    """
    import zipfile
    import zlib

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > 5000:
                raise Unreadable(f"it holds {len(members)} members", "A report holds far fewer; do not open it")
            for member in members:
                name = member.filename
                if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
                    raise Unreadable(f"its member {name!r} would leave the folder", "Do not open it")
                if member.flag_bits & 1:
                    raise Unreadable("it is encrypted", "Remove the password and add it again")
            left = inflated - sum(member.file_size for member in members)
            for member in members if left >= 0 else ():
                with archive.open(member) as stream:
                    size = 0
                    while piece := stream.read(1 << 16):
                        size += len(piece)
                        if size > member.file_size:
                            raise Unreadable(
                                f"its member {member.filename!r} is larger than declared", "Do not open it"
                            )
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as fault:
        raise Unreadable(f"it is no whole {form} ({fault})", f"Open and save it anew as .{form.lower()}") from fault
    if left < 0:
        raise Unreadable(f"it unpacks to more than {inflated:,} bytes", "Do not open it; ask its sender for the text")
