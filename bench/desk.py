"""How quickly the desk answers in a large case: each page's time, the next claim's, and twenty reviewers at once.

Usage: ``python -m bench desk`` for 10,000 incidents, 25,000 reports and 100,000 claims, all invented; or
``UNCOUNTED_BENCH_INCIDENTS=N``. The case is built once and kept (``UNCOUNTED_BENCH_CASE``, a folder under the system's
temporary one by default). The server runs in a process of its own; told are its processor time for each answer, which
is what a page costs, and the time that a client on this machine waits, which grows with all else that runs there.
"""

import http.client
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlencode

from tqdm import tqdm

from uncounted.case import Case
from uncounted.case.keeping import Keeper
from uncounted.model.claims import Claim, Count, Named, Passage, Place, Source, Time
from uncounted.model.evidence import Capture
from uncounted.model.facts import Agent, AnyFact, CaptureTaken, ClaimJudged, ClaimsRead, LinksProposed, RoleGranted
from uncounted.model.identity import digest
from uncounted.model.incidents import Link

READER, PERSON = Agent("machine", "grammar/1"), Agent("person", "Bench")
REPORTS, EACH, LEFT = 5, 4, 0.1
"""Reports of two incidents, claims of a report, and the share of claims that nobody has judged."""
REVIEWERS, JUDGED, ASKED = 20, 25, 25


def report(at: int, incident: int, draw: random.Random) -> tuple[Capture, str, list[Claim]]:
    """One invented report of an incident, with its claims."""
    killed = 3 + incident % 37
    town, day = f"Town {incident % 900}", f"20{30 + incident % 4}-{1 + incident % 12:02}-{1 + incident % 28:02}"
    text = (
        f"At least {killed} people were killed and {killed + 9} others were wounded in {town} on {day}, the hospital "
        f"of {town} said in statement {at}.\n\nTwo of the dead were children. A witness said that {killed + 1} people "
        "died. " + " ".join(f"Line {draw.randrange(10**6)} of the invented report." for _ in range(12))
    )
    name = f"c{at:07}"
    spans = (("killed", "people", f"At least {killed} people were killed", killed, "at_least"),
             ("injured", "people", f"{killed + 9} others were wounded", killed + 9, "exact"),
             ("killed", "children", "Two of the dead were children", 2, "exact"),
             ("killed", "people", f"{killed + 1} people died", killed + 1, "exact"))  # fmt: skip
    claims = []
    for number, (harm, group, words, low, quantifier) in enumerate(spans):
        start = text.index(words)
        claims.append(
            Claim(
                document=name, id=f"k{at:07}{number}", harm=harm, group=group,  # type: ignore[arg-type]
                passage=Passage(words, start, start + len(words)),
                count=Count(
                    low=low, high=low if quantifier == "exact" else None, quantifier=quantifier,  # type: ignore[arg-type]
                    text=words, start=start, end=start + len(words),
                ),
                attribution=(Source(name=f"Paper {at % 300}", kind="publisher"),
                             Source(name=f"the hospital of {town}", kind="medical") if number < 3
                             else Source(name="a witness", kind="witness")),
                place=Place(name=town, lat=30 + incident % 900 / 100, lon=35 + incident % 89 / 10, precision="town"),
                time=Time(from_=day, to=day, precision="day"), actor=Named(name=f"Party {incident % 5}"),
                reader="grammar/1",
            )
        )  # fmt: skip
    body = text.encode()
    capture = Capture(
        id=name, object=digest(body), form="text", size=len(body), name=f"{name}.txt", taken="2034-01-01T00:00:00Z",
        text=digest(body), characters=len(text), title=f"Report {at} from {town}", publisher=f"Paper {at % 300}",
        published=day, language="en",
    )  # fmt: skip
    return capture, text, claims


def build(folder: Path, incidents: int) -> None:
    """Make the case. Objects are written without waiting for the disk: this case is evidence of nothing."""
    Case.create(folder, f"{incidents} invented incidents", PERSON, invented=True).close()
    draw, at = random.Random(1), 0
    with Case(folder) as case:
        links: list[Link] = []
        waiting: list[tuple[Agent, list[AnyFact]]] = []
        for incident in tqdm(range(incidents), desc="build", disable=None):
            first: list[Claim] = []
            for _ in range(REPORTS // 2 + incident % 2):
                capture, text, claims = report(at, incident, draw)
                path = case.objects.path(str(capture.text))
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(text.encode())
                read = ClaimsRead(capture=capture.id, text=str(capture.text), reader="grammar/1", claims=tuple(claims))
                judged = [ClaimJudged(claim=one.id, verdict="accepted") for one in claims if draw.random() > LEFT]
                waiting.append((PERSON, [CaptureTaken(capture=capture)]))
                waiting.append((READER, [read]))
                waiting.append((PERSON, list(judged)))
                links += [Link(left=a.id, right=b.id, probability=0.97) for a, b in pairwise(claims)]
                if first:
                    links.append(Link(left=first[0].id, right=claims[0].id, probability=0.8, reasons=("same day",)))
                else:
                    first = claims
                at += 1
            if len(waiting) > 3000:
                _record(case, waiting)
                waiting = []
        _record(case, waiting)
        proposed = LinksProposed(of="claims", matcher="incidents/1", links=tuple(links))
        case.record(Agent("machine", "incidents/1"), proposed)
        case.record(PERSON, *(RoleGranted(person=f"Reviewer {n}", role="reviewer") for n in range(REVIEWERS)))


def _record(case: Case, waiting: list[tuple[Agent, list[AnyFact]]]) -> None:
    for by in (PERSON, READER):
        # Each agent's facts of a stretch go in together; a judgement of a claim that is read later counts all the same.
        facts = [fact for agent, held in waiting if agent == by for fact in held]
        if facts:
            case.ledger.append(by, facts)


class Client:
    """One browser: a connection that is kept, and a session."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port, self.headers = port, {"Cookie": cookie, "Sec-Fetch-Site": "same-origin"}
        self.spent = 0.0
        self.held = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str, float]:
        """Status, location, body, and seconds that were waited; ``spent`` is then the server's processor time."""
        body = urlencode(form).encode() if form is not None else None
        headers = dict(self.headers)
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
        start = time.perf_counter()
        self.held.request("GET" if body is None else "POST", path, body, headers)
        answer = self.held.getresponse()
        said = answer.read().decode()
        waited = time.perf_counter() - start
        self.spent = float(answer.getheader("x-processor-seconds") or "nan")
        return answer.status, answer.getheader("location") or "", said, waited


SERVE = """
import sys, time, uvicorn
from pathlib import Path
from uncounted.case import Case
from uncounted.case.desk import CaseDesk
from uncounted.web.app import create_app
from uncounted.web.door import Door
desk = CaseDesk(Case(Path(sys.argv[1])))
desk.people.any = lambda: True
door = Door(desk.people, "Bench")
for n in range(int(sys.argv[2])):
    print("uncounted-session=" + door.open(f"Reviewer {n}"), flush=True)
desk.index()
print("ready", flush=True)
class Timed:
    def __init__(self, app):
        self.app = app
    async def __call__(self, scope, receive, send):
        start = time.process_time()
        async def told(message):
            if message["type"] == "http.response.start":
                spent = f"{time.process_time() - start:.6f}".encode()
                message["headers"] = [*message["headers"], (b"x-processor-seconds", spent)]
            await send(message)
        await self.app(scope, receive, told)
uvicorn.run(Timed(create_app(desk, door)), host="127.0.0.1", port=int(sys.argv[3]), log_level="error", access_log=False)
"""


@contextmanager
def served(folder: Path, port: int) -> Iterator[list[str]]:
    """Serve the case in a process of its own while its reviewers' cookies are used."""
    command = [sys.executable, "-c", SERVE, str(folder), str(REVIEWERS), str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as serving:
        assert serving.stdout
        cookies = [serving.stdout.readline().strip() for _ in range(REVIEWERS)]
        assert serving.stdout.readline().strip() == "ready"
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                Client(port, cookies[0]).ask("/keys")
                break
            except OSError:
                time.sleep(0.1)
        try:
            yield cookies
        finally:
            serving.terminate()


def pages(client: Client) -> None:
    """Time each page, once after every judgement that others make and several times without."""
    rows = re.findall(r'href="(/incidents/i\w+)"', client.ask("/incidents?page=2")[2])
    claim = re.findall(r'href="(/claims/k\w+)"', client.ask("/claims?page=3")[2])[0]
    capture = re.findall(r'href="(/captures/c\w+)"', client.ask("/captures?page=2")[2])[0]
    review = client.ask("/review")[1]
    two = [row.split("/")[-1] for row in (rows[0], rows[4])]
    asked = [
        "/", "/review", review, review + "?edit=1", "/claims", "/claims?status=accepted&page=500", claim,
        "/captures?page=200", capture, "/incidents", "/incidents?page=90", rows[0], "/toll", "/toll?by=month",
        "/toll?by=place", "/toll?by=actor", "/claims?harm=killed&group=people", "/explore", "/explore?view=time",
        "/explore?view=table&page=50", "/explore?actor=Party+3&since=2031-01-01&view=time", "/explore?place=Town+7",
        "/search?q=children", "/search?q=hospital+Town+77&kind=claim", "/pairs", f"/pairs/incidents/{two[0]}/{two[1]}",
        "/pairs?page=3", "/pairs?of=captures", "/inbox", "/ledger", "/ledger?page=9", "/ledger/700",
        "/ledger?by=Bench&kind=claim_judged", "/agreement", "/second",
    ]  # fmt: skip
    print(
        f"{'page':<52}{'processor ms: median':>21}{'p95':>7}{'after a judgement':>19}{'waited: median':>16}{'p95':>7}"
    )
    for path in asked:
        waited, spent, after = [], [], []
        for turn in range(3 + ASKED):
            if turn < 3:
                _judge_one(client)
            status, _, _, seconds = client.ask(path)
            waited.append(seconds)
            spent.append(client.spent)
            after += [client.spent] if turn < 3 else []
        assert status in (200, 303), (path, status)
        print(
            f"{path[:51]:<52}{_median(spent):>21}{_late(spent):>7}{_median(after):>19}"
            f"{_median(waited):>15}{_late(waited):>7}"
        )


def _median(times: list[float]) -> str:
    return f"{statistics.median(times) * 1000:.1f}"


def _late(times: list[float]) -> str:
    return f"{sorted(times)[int(0.95 * len(times))] * 1000:.1f}"


def _judge_one(client: Client) -> tuple[str, int]:
    claim = client.ask("/review")[1]
    page = client.ask(claim)[2]
    seen = re.search(r'name="seen" value="(-?\d+)"', page)
    status, *_ = client.ask(claim.split("?")[0] + "/accept", {"seen": seen.group(1) if seen else "-1"})
    return claim, status


def together(port: int, cookies: list[str], folder: Path) -> None:
    """Twenty people judge at one time; every judgement is recorded once, and none is overwritten unseen."""
    statuses: Counter[int] = Counter()
    waits: dict[str, list[float]] = {"next claim": [], "its page": [], "a verdict": []}
    spent: dict[str, list[float]] = {name: [] for name in waits}
    errors: list[str] = []

    def timed(name: str, client: Client, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str, float]:
        answer = client.ask(path, form)
        waits[name].append(answer[3])
        spent[name].append(client.spent)
        return answer

    def work(cookie: str) -> None:
        client = Client(port, cookie)
        try:
            for _ in range(JUDGED):
                _, claim, _, _ = timed("next claim", client, "/review")
                status, _, page, _ = timed("its page", client, claim)
                seen = re.search(r'name="seen" value="(-?\d+)"', page)
                form = {"seen": seen.group(1) if seen else "?"}
                code, *_ = timed("a verdict", client, claim + "/accept", form)
                statuses[status] += 1
                statuses[code] += 1
        except Exception as fault:  # noqa: BLE001 -- counted and told below
            errors.append(f"{type(fault).__name__}: {fault}")

    with Case(folder) as case:
        before = len(case.ledger)
    threads = [threading.Thread(target=work, args=(cookie,)) for cookie in cookies]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - start
    with Case(folder) as case:
        judged = Counter(e.fact.claim for e in case.ledger.entries(before) if isinstance(e.fact, ClaimJudged))
    print(f"\n{REVIEWERS} reviewers, {JUDGED} judgements each, in {took:.1f} s: {dict(statuses)}, errors {errors}")
    print(f"recorded {sum(judged.values())} judgements of {len(judged)} claims; conflicts told: {statuses[409]}")
    for name, times in waits.items():
        cost = f"processor {_median(spent[name])} ms median, {_late(spent[name])} ms p95"
        print(f"  {name}: {cost}; waited {_median(times)} ms median, {_late(times)} ms p95")


def main() -> None:
    incidents = int(os.environ.get("UNCOUNTED_BENCH_INCIDENTS", "10000"))
    folder = Path(os.environ.get("UNCOUNTED_BENCH_CASE") or Path(tempfile.gettempdir()) / f"uncounted-desk-{incidents}")
    if not (folder / "ledger.sqlite").is_file():
        start = time.process_time()
        shutil.rmtree(making := folder.with_name(folder.name + ".making"), ignore_errors=True)
        build(making, incidents)
        making.rename(folder)
        print(f"built in {time.process_time() - start:.0f} s of processor time")
    start = time.process_time()
    with Case(folder) as case:
        folded = time.process_time() - start
        keeper = Keeper(case)
        index = keeper.fresh()
        indexed = time.process_time() - start - folded
        counts, held = case.views.counts(), index.count()
        print(f"{case.views.capture_count()} reports, {sum(counts.values())} claims {counts}, {held} incidents")
        print(f"views opened in {folded:.1f} s, index in {indexed:.1f} s of processor time (folded anew only when new)")
        index.close()
    port = 8900 + os.getpid() % 1000
    with served(folder, port) as cookies:
        pages(Client(port, cookies[0]))
        together(port, cookies, folder)


if __name__ == "__main__":
    main()
