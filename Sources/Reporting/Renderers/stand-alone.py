"""Loaded by Python before WeasyPrint: what a paper needs is in the paper, and nothing is fetched from anywhere.

Berkas writes this file as sitecustomize.py into the folder of one run. Hooks of sys.addaudithook cannot be taken back
(PEP 578). The empty file tells Berkas that the hook is in place; without it the run counts as failed.
"""
import os
import sys


def _stand_alone(event, details):
    if event == "urllib.Request" and not str(details[0]).lower().startswith("data:"):
        raise PermissionError("a paper stands alone: " + str(details[0])[:200] + " is not fetched")
    if event in ("socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto"):
        raise PermissionError("a paper stands alone: no network")


sys.addaudithook(_stand_alone)
open(os.environ["BERKAS_STAND_ALONE"], "w").close()
