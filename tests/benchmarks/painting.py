"""How long from a click to the moment that its answer is painted, by the browser's own clock.

The page is asked itself: a click notes when it was made, and each animation frame looks whether the answer
is visible and the run of the script over. Two frames later it is on the screen.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from playwright.sync_api import Error, Locator, Page

from tests.browser.conftest import ROOT, free_port, wait_until_healthy
from tests.browser.waiting import RESTING

PATIENCE = 60_000  # milliseconds until a click counts as unanswered
# `sign` is the JSON of a `Sign`. A picture is told from another by the sum over a part of its pixels.
WATCH = """
(() => {
  const resting = 'RESTING';
  const visible = node => node.checkVisibility() && node.getClientRects().length > 0;
  const found = css => {  // "a >>> b": b in what a component of ours keeps to itself, within a
    const [outer, inner] = css.split(' >>> ');
    const nodes = [...document.querySelectorAll(outer)];
    if (!inner) return nodes;
    const hosts = nodes.flatMap(node => [...node.querySelectorAll('*')]).filter(node => node.shadowRoot);
    return hosts.flatMap(host => [...host.shadowRoot.querySelectorAll(inner)]);
  };
  const picture = css => {
    const canvas = document.querySelector(css);
    if (!canvas || !canvas.width || !canvas.height) return '';
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
    copy.drawImage(canvas, 0, 0);
    const pixels = new Uint32Array(copy.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
    let sum = 0, seen = new Set();
    for (let at = 0; at < pixels.length; at += 7) {
      sum = (Math.imul(sum, 31) + pixels[at]) | 0;
      if (seen.size < 20) seen.add(pixels[at]);
    }
    return seen.size < 20 ? '' : String(sum);  // words are drawn in many shades, an empty sheet in few
  };
  const holds = (sign, before) =>
    document.querySelector(resting) !== null
    && (!sign.gone || !found(sign.gone).some(visible))
    && (!sign.css || found(sign.css).some(
      node => node.textContent.includes(sign.text) && visible(node)))
    && (!sign.drawn || !['', before].includes(picture(sign.drawn)));
  const seen = (sign, before) => new Promise((answered, refused) => {
    const end = performance.now() + PATIENCE;
    const look = () => holds(sign, before)
      ? requestAnimationFrame(() => requestAnimationFrame(() => answered(performance.now())))
      : performance.now() > end ? refused(new Error(JSON.stringify(sign))) : requestAnimationFrame(look);
    look();
  });
  window.painted = sign => seen(sign, '');  // since the navigation to this document began
  window.watch = sign => {
    const before = sign.drawn ? picture(sign.drawn) : '';
    if (holds(sign, before)) throw new Error('the answer is there before the click');
    let begun = null;
    const note = event => { begun ??= event.timeStamp; };
    const kinds = ['pointerdown', 'keydown'];
    kinds.forEach(kind => addEventListener(kind, note, true));
    window.answered = seen(sign, before).then(at => {
      kinds.forEach(kind => removeEventListener(kind, note, true));
      return at - begun;
    });
  };
})()
""".replace("PATIENCE", str(PATIENCE)).replace("RESTING", RESTING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """What the screen shows once a click is answered, and did not show before."""

    css: str = ""  # something visible
    text: str = ""  # that says this
    gone: str = ""  # nothing visible of this kind any more
    drawn: str = ""  # a canvas with another picture than before


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """The dashboard as the README starts it."""

    address: str
    pid: int

    def resident_mb(self) -> float:
        """Memory that it holds now; 0 where the system does not tell."""
        status = Path(f"/proc/{self.pid}/status")
        lines = status.read_text().splitlines() if status.exists() else []
        return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)

    def busy_ms(self) -> float:
        """Processor time that it has used; 0 where the system does not tell."""
        stat = Path(f"/proc/{self.pid}/stat")
        if not stat.exists():
            return 0.0
        fields = stat.read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1_000 / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(home: Path) -> Iterator[Server]:
    """The dashboard over the store in `home`, in a process group that ends with the block."""
    port = free_port()
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "dashboard", "--no-browser", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "SKILLPROOF_HOME": str(home), "SKILLPROOF_OFFLINE": "1"},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}/_stcore/health")
        yield Server(address=f"http://127.0.0.1:{port}", pid=process.pid)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What one click took, in milliseconds: until it was painted, and of the server's processor."""

    ms: float
    busy: float


@dataclass(slots=True, kw_only=True)
class Hand:
    """A person at a page: what they click, and what each click took."""

    page: Page
    server: Server
    round: int  # how often the walk was done before: what is written must be new each time
    taken: dict[str, list[Taken]]

    def opens(self, what: str, path: str, sign: Sign) -> None:
        """An address typed, or a link from elsewhere."""
        self.page.goto("about:blank")
        self._takes(what, lambda: self._after_address(self.server.address + path, sign))

    def clicks(self, what: str, act: Callable[[], object], sign: Sign) -> None:
        """A click or a key in the page."""
        self._takes(what, lambda: self._after_click(act, sign))

    def downloads(self, what: str, act: Callable[[], object]) -> None:
        """A click that hands out a file: until it is whole on the disk."""
        self._takes(what, lambda: self._until_saved(act))

    def button(self, name: str) -> Locator:
        """The first button with this name."""
        return self.page.get_by_role("button", name=name).first

    def rests(self) -> None:
        """Not measured: until nothing runs."""
        self.page.wait_for_selector(RESTING, timeout=PATIENCE)

    def _takes(self, what: str, measured: Callable[[], float]) -> None:
        busy = self.server.busy_ms()
        try:
            ms = measured()
        except Error as error:
            raise RuntimeError(f"{what}: {error}") from error
        self.taken.setdefault(what, []).append(Taken(ms=ms, busy=self.server.busy_ms() - busy))

    def _after_address(self, address: str, sign: Sign) -> float:
        self.page.goto(address, wait_until="commit", timeout=PATIENCE)
        return float(self.page.evaluate("sign => painted(sign)", asdict(sign)))

    def _after_click(self, act: Callable[[], object], sign: Sign) -> float:
        self.page.evaluate("sign => watch(sign)", asdict(sign))
        act()
        return float(self.page.evaluate("() => answered"))

    def _until_saved(self, act: Callable[[], object]) -> float:
        begun = time.perf_counter()
        with self.page.expect_download(timeout=PATIENCE) as download:
            act()
        download.value.path()
        return (time.perf_counter() - begun) * 1_000
