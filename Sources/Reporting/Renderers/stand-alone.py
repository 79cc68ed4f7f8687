"""Loaded by Python before WeasyPrint: what a paper needs is in the paper, and nothing is fetched from anywhere.

Berkas gives this file as sitecustomize.py to one run, which can write to its two outputs only. Hooks of sys.addaudithook
cannot be taken back (PEP 578). The line that is said first tells Berkas that the hook is in place; without it the run
counts as failed.
"""
import os
import sys
import tempfile


def _stand_alone(event, details):
    if event == "urllib.Request" and not str(details[0]).lower().startswith("data:"):
        raise PermissionError("a paper stands alone: " + str(details[0])[:200] + " is not fetched")
    if event in ("socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto"):
        raise PermissionError("a paper stands alone: no network")


sys.addaudithook(_stand_alone)
# WeasyPrint makes a folder for the fonts that a page brings. No paper brings one, and no folder can be made here.
tempfile.mkdtemp = lambda *words, **more: "/nonexistent"
sys.stderr.write(os.environ["BERKAS_STAND_ALONE"] + "\n")
sys.stderr.flush()
