"""The network: what may be asked, how it is asked, and the record of what was."""

from verifier.net.cache import CachingWeb
from verifier.net.client import HttpWeb
from verifier.net.driver import OfflineWeb, run, run_all
from verifier.net.memory import Answer, MemoryWeb
from verifier.net.web import Web

__all__ = ["Answer", "CachingWeb", "HttpWeb", "MemoryWeb", "OfflineWeb", "Web", "run", "run_all"]
