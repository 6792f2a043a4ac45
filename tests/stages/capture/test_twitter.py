"""An account's own archive, in the form in which it is handed out; everything in it is invented."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from uncounted.model.errors import BadInput
from uncounted.stages.capture import Fault, Options, Taken
from uncounted.stages.capture.archives import archived

BEGINNING = "Four people were killed when shells fell on the invented market of Qasr Lamin, says the clinic, and"


def tweet(number: int, words: str, **more: Any) -> dict[str, Any]:
    return {
        "tweet": {
            "edit_info": {"initial": {"editTweetIds": [str(number)], "isEditEligible": False}},
            "retweeted": False,
            "entities": {"hashtags": [], "symbols": [], "user_mentions": [], "urls": []},
            "display_text_range": ["0", str(len(words))],
            "id_str": str(number),
            "truncated": False,
            "created_at": "Tue May 06 10:00:00 +0000 2031",
            "full_text": words,
            "lang": "en",
            **more,
        }
    }


def assigned(what: str, items: list[Any], part: int = 0) -> str:
    return f"window.YTD.{what}.part{part} = " + json.dumps(items, indent=2, ensure_ascii=False)


ACCOUNT = assigned("account", [{"account": {"email": "owner@example.invalid", "username": "invented_monitor"}}])
FILES = {
    "Your archive.html": "<html></html>",
    "data/account.js": ACCOUNT,
    "data/tweets.js": assigned("tweets", [tweet(7, "Three dead &amp; two hurt, said &lt;the clinic&gt;")]),
    "data/tweets-part1.js": assigned("tweets", [tweet(8, "Nine were killed on the invented road")], 1),
    "data/community-tweet.js": assigned("community_tweet", [tweet(9, "Two were killed at the invented well")]),
    "data/direct-messages.js": assigned("direct_messages", [{"dmConversation": {"messages": ["do not read this"]}}]),
    "data/deleted-tweets.js": assigned("deleted_tweets", [tweet(10, "Taken back by whoever wrote it")]),
    "data/tweetdeck.js": assigned("tweetdeck", []),
}


def made(path: Path, files: dict[str, str], *, packed: bool) -> Path:
    if packed:
        path = path / "twitter.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, words in files.items():
                archive.writestr(name, words)
            archive.writestr("data/tweets_media/7-a.mp4", b"\0" * 2_000_000)
        return path
    for name, words in files.items():
        (path / name).parent.mkdir(exist_ok=True)
        (path / name).write_text(words)
    return path


def read(path: Path, **options: Any) -> tuple[list[Taken], list[Fault]]:
    found = list(archived(path, "twitter", Options(**options)))
    return [one for one in found if isinstance(one, Taken)], [one for one in found if isinstance(one, Fault)]


@pytest.mark.parametrize("packed", [True, False])
def test_every_part_of_an_archive_is_read_and_nothing_private(tmp_path: Path, *, packed: bool) -> None:
    taken, faults = read(made(tmp_path, FILES, packed=packed))
    assert faults == []
    assert {one.capture.part for one in taken} == {"tweet 7", "tweet 8", "tweet 9"}
    assert {one.capture.publisher for one in taken} == {"@invented_monitor"}
    kept = b"".join(one.original for one in taken)
    assert b"do not read this" not in kept
    assert b"owner@example.invalid" not in kept


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("where", ["data/tweet.js", "tweet.js", "data/tweet-part1.js"])
def test_an_archive_of_earlier_years_is_read(tmp_path: Path, where: str, *, packed: bool) -> None:
    taken, _ = read(made(tmp_path, {where: assigned("tweet", [tweet(7, "Three dead")])}, packed=packed))
    assert [(one.text, one.capture.published) for one in taken] == [("Three dead", "2031-05-06T10:00:00Z")]


def test_signs_are_read_as_they_were_written(tmp_path: Path) -> None:
    said = {"data/tweets.js": assigned("tweets", [tweet(7, "5 &lt; 6 &amp;amp; 7 &gt; 6")])}
    assert read(made(tmp_path, said, packed=False))[0][0].text == "5 < 6 &amp; 7 > 6"


def test_a_long_tweet_is_read_whole_where_its_words_lie_elsewhere(tmp_path: Path) -> None:
    whole = f"{BEGINNING} nine others were hurt, two of them children."
    cut = tweet(7, f"{BEGINNING}… https://t.co/aBcDeF1234")
    notes = [
        {"noteTweet": {"noteTweetId": "1", "createdAt": "2031-05-06T10:00:00.000Z", "core": {"text": "Another one"}}},
        {"noteTweet": {"noteTweetId": "2", "createdAt": "2031-05-06T10:00:00.000Z", "core": {"text": whole}}},
    ]
    files = {"data/tweets.js": assigned("tweets", [cut]), "data/note-tweet.js": assigned("note_tweet", notes)}
    (report,), _ = read(made(tmp_path, files, packed=True))
    assert report.text == whole
    assert report.capture.partial == ()


def test_a_tweet_that_is_cut_off_says_so(tmp_path: Path) -> None:
    said = {"data/tweets.js": assigned("tweets", [tweet(7, f"RT @invented_clinic: {BEGINNING}… https://t.co/aBcD")])}
    (report,), _ = read(made(tmp_path, said, packed=False))
    assert report.capture.partial == ("the archive cuts its text off",)
    assert report.capture.author == "@invented_clinic"


def test_pictures_are_said_not_to_be_read_and_no_language_is_none(tmp_path: Path) -> None:
    shown = {"media": [{"media_url_https": "https://pbs.example.invalid/1.jpg"}]}
    said = {"data/tweets.js": assigned("tweets", [tweet(7, "كذا", lang="qme", extended_entities=shown)])}
    (report,), _ = read(made(tmp_path, said, packed=False))
    assert report.capture.partial == ("pictures or videos of the tweet are not read",)
    assert report.capture.language is None


def test_gigabytes_of_pictures_keep_nobody_from_the_tweets(tmp_path: Path) -> None:
    path = made(tmp_path, FILES, packed=True)
    taken, _ = read(path, limit=10_000, inflated=100_000)
    assert len(taken) == 3


def test_a_part_that_cannot_be_read_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    files = {**FILES, "data/tweets-part2.js": "window.YTD.tweets.part2 = [ {"}
    taken, faults = read(made(tmp_path, files, packed=True))
    assert len(taken) == 3
    assert [fault.path for fault in faults] == ["twitter.zip/data/tweets-part2.js"]


def test_one_number_for_two_tweets_loses_neither(tmp_path: Path) -> None:
    said = {"data/tweets.js": assigned("tweets", [tweet(7, "Three dead"), tweet(7, "Four dead")])}
    taken, _ = read(made(tmp_path, said, packed=False))
    assert len({one.capture.id for one in taken}) == 2


def test_another_list_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "tweets.js").write_text('{"tweets": 3}')
    with pytest.raises(BadInput, match="no list of tweets"):
        read(tmp_path / "tweets.js")
