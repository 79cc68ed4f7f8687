#!/usr/bin/env python3
"""Times Berkas against its limits, alternately in one run: min, median and max of each, and the ratio pair by pair.

    python3 Tests/Benchmarks/bench.py [ingest] [verify] [records] [list] [memory] [ocfl]

Without a name, all of them. Work happens under BENCH_DIR (default: .build/bench), on a real disk; nothing is asserted:
the targets stand beside the figures. `BENCH_RUNS` is the number of counted runs (default 5), one warm-up before them.
"""
import json, os, pathlib, random, resource, shutil, statistics, subprocess, sys, time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BERKAS = str(ROOT / ".build/release/berkas")
WORK = pathlib.Path(os.environ.get("BENCH_DIR", ROOT / ".build/bench"))
RUNS = int(os.environ.get("BENCH_RUNS", "5"))
RECORDS = int(os.environ.get("BENCH_RECORDS", "20000"))


def run(words, **options):
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)


def timed(work):
    """Seconds of wall time that one run takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def compare(name, ours, limit, target, prepare=lambda: None, prepare_limit=lambda: None, runs=RUNS):
    """Runs both in turn, A B A B …, and prints their times and the ratio of each pair."""
    ours_times, limit_times = [], []
    warm_up = 1 if runs > 1 else 0
    for index in range(runs + warm_up):
        prepare()
        a = timed(ours)
        prepare_limit()
        b = timed(limit)
        if index >= warm_up:
            ours_times.append(a)
            limit_times.append(b)
    ratios = [a / b for a, b in zip(ours_times, limit_times)]
    for label, values in (("berkas", ours_times), ("limit", limit_times)):
        print(f"  {label:8} {spread(values)} s")
    print(f"  ratio    {spread(ratios)}   target: at most {target}")
    print(flush=True)
    return statistics.median(ratios)


def spread(values):
    return f"min {min(values):8.3f}  median {statistics.median(values):8.3f}  max {max(values):8.3f}"


def settle():
    """Lets what earlier work left behind reach the disk, so that no run pays for another's."""
    os.sync()


def fresh_home(path):
    shutil.rmtree(path, ignore_errors=True)
    run([BERKAS, "init", str(path)])
    settle()


def scans(count=120, size=3_000_000):
    """A few hundred MB of files as large as scans, with a manifest; made once."""
    folder = WORK / "scans"
    if not (folder / "intake.csv").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        rng = random.Random(1)
        rows = ["path,year,step,type,title"]
        for index in range(count):
            (folder / f"scan-{index:04}.pdf").write_bytes(b"%PDF-1.4\n" + rng.randbytes(size + index))
            rows.append(f"scan-{index:04}.pdf,{2000 + index % 20},10,rkt,Pindaian {index}")
        (folder / "intake.csv").write_text("\n".join(rows) + "\n")
    return folder


def small(count=RECORDS):
    """Many small files with a manifest; made once."""
    folder = WORK / f"small-{count}"
    if not (folder / "intake.csv").exists():
        shutil.rmtree(folder, ignore_errors=True)
        rng = random.Random(2)
        rows = ["path,year,step,type,title,number"]
        for index in range(count):
            name = f"{index // 1000:03}/dokumen-{index:06}.pdf"
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(b"%PDF-1.4\n" + rng.randbytes(4087))
            rows.append(f"{name},{2005 + index % 20},4,form-rkt,Formulir nomor {index},470/{index}/{2005 + index % 20}")
        (folder / "intake.csv").write_text("\n".join(rows) + "\n")
    return folder


DIGEST_TWO = "find \"$0\" -type f -name '*.pdf' -print0 | xargs -0 -n 8 -P 2 openssl dgst -sha512"


def bench_ingest():
    source, home, copy = scans(), WORK / "home-scans", WORK / "copy"
    total = sum(f.stat().st_size for f in source.glob("*.pdf"))
    print(f"ingest of {total / 1e6:.0f} MB of scans, all syncs included; limit: cp -r, openssl dgst two at a time, sync -f")

    def limit():
        run(["cp", "-r", str(source), str(copy)])
        run(["sh", "-c", DIGEST_TWO, str(copy)])
        run(["sync", "-f", str(copy)])

    def clear_copy():
        shutil.rmtree(copy, ignore_errors=True)
        settle()

    compare("ingest", lambda: run([BERKAS, "--home", str(home), "ingest", str(source)]), limit, 1.5,
            lambda: fresh_home(home), clear_copy)
    shutil.rmtree(copy, ignore_errors=True)


def bench_verify():
    source, home = scans(), WORK / "home-scans"
    if not (home / "store").exists():
        fresh_home(home)
        run([BERKAS, "--home", str(home), "ingest", str(source)])
    settle()
    print("verify of the same; limit: openssl dgst -sha512 two at a time over the stored files")
    compare("verify", lambda: run([BERKAS, "--home", str(home), "verify"]),
            lambda: run(["sh", "-c", DIGEST_TWO, str(home / "store")]), 1.25)


OCFL_PY = """
import pathlib, sys, ocfl
source, target = map(pathlib.Path, sys.argv[1:])
for index, folder in enumerate(sorted(source.iterdir())):
    identifier = f"tag:bench.example,2026:RKT-{index:06}"
    made = target / f"{index // 1000:03}" / f"{index:06}"
    made.parent.mkdir(parents=True, exist_ok=True)
    metadata = ocfl.VersionMetadata(message="ingestion", name="x", address="mailto:x@example.org")
    ocfl.Object(identifier=identifier).create(srcdir=str(folder), metadata=metadata, objdir=str(made))
"""


def peer_source(source):
    """The same files, a folder each, as the other program wants them; hard links, made once."""
    folder = WORK / f"peer-source-{RECORDS}"
    if not folder.exists():
        for index, path in enumerate(sorted(source.rglob("*.pdf"))):
            place = folder / f"{index:06}"
            place.mkdir(parents=True)
            os.link(path, place / path.name)
    return folder


def peer():
    """The Python of an environment that holds ocfl-py, made where it is missing."""
    folder = ROOT / ".build/peers/ocfl-py--2.1.0"
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        run([sys.executable, "-m", "venv", str(folder)])
        run([str(folder / "bin/pip"), "install", "--quiet", "ocfl-py==2.1.0"])
        (folder / "ready").touch()
    return str(folder / "bin/python3")


def bench_records():
    source, home, target = small(), WORK / "home-small", WORK / "peer"
    print(f"ingest of {RECORDS} records of 4 KiB, all syncs included; limit: ocfl-py making the same objects, no sync")
    script = WORK / "peer.py"
    script.write_text(OCFL_PY)
    folders = peer_source(source)

    def clear_peer():
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        settle()

    compare("records", lambda: run([BERKAS, "--home", str(home), "--quiet", "ingest", str(source)]),
            lambda: run([peer(), str(script), str(folders), str(target)]), 0.4,
            lambda: fresh_home(home), clear_peer, runs=min(RUNS, int(os.environ.get("BENCH_RECORD_RUNS", "1"))))
    shutil.rmtree(target, ignore_errors=True)
    flat(source)


def flat(source):
    """The cost of the last thousand records against the first thousand, told from when their lines come."""
    home = WORK / "home-flat"
    fresh_home(home)
    process = subprocess.Popen([BERKAS, "--home", str(home), "--json", "ingest", str(source)], stdout=subprocess.PIPE, text=True)
    begin, moments = time.perf_counter(), []
    for line in process.stdout:
        if '"kind":"kept"' in line:
            moments.append(time.perf_counter() - begin)
    process.wait()
    first = moments[1999] - moments[999]
    last = moments[-1] - moments[-1001]
    print(f"  second thousand {first:.3f} s, last thousand {last:.3f} s, ratio {last / first:.2f}   target: at most 1.2")
    print(f"  {len(moments) / moments[-1]:.0f} records a second\n", flush=True)
    shutil.rmtree(home, ignore_errors=True)


def bench_list():
    source, home = small(), WORK / "home-small"
    if not (home / "catalogue.sqlite").exists():
        fresh_home(home)
        run([BERKAS, "--home", str(home), "--quiet", "ingest", str(source)])
    catalogue = str(home / "catalogue.sqlite")
    run([BERKAS, "--home", str(home), "list"])
    print("start-up: berkas --version; limit: true")
    compare("start", lambda: run([BERKAS, "--version"]), lambda: run(["true"]), "30 ms for berkas", runs=20)
    rows = "SELECT id, step, type, date, head, unit, title, number, bytes FROM record ORDER BY year, sequence"
    print(f"list of {RECORDS} records; limit: sqlite3 asking the same rows")
    compare("list", lambda: run([BERKAS, "--home", str(home), "list"]), lambda: run(["sqlite3", catalogue, rows]), 2)
    print(f"list --json of {RECORDS} records; limit: sqlite3 -json asking the same rows")
    every = ("SELECT access, bytes, classification, date, files, id, label, location, note, number, received, received_by,"
             " signature, signer, step, title, type, unit, head, year FROM record ORDER BY year, sequence")
    compare("json", lambda: run([BERKAS, "--home", str(home), "--json", "list"]),
            lambda: run(["sqlite3", "-json", catalogue, every]), 2)
    one = "SELECT * FROM record JOIN version ON record_row = row_id JOIN file USING (record_row, version) WHERE id = 'RKT-2010-0500'"
    print("show of one record; limit: sqlite3 asking the same rows")
    compare("show", lambda: run([BERKAS, "--home", str(home), "show", "RKT-2010-0500"]),
            lambda: run(["sqlite3", catalogue, one]), 2, runs=20)
    print("search for a word that every record has, and for a number")
    for words in (["formulir"], ["470/12345/2010"]):
        times = [timed(lambda: run([BERKAS, "--home", str(home), "search", *words])) for _ in range(RUNS)]
        print(f"  {' '.join(words):16} {spread(times)} s")
    print(flush=True)


def peak(words):
    """The largest memory of a finished command, in MB."""
    pid = os.posix_spawnp(words[0], words, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)])
    _, status, usage = os.wait4(pid, 0)
    return usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


def bench_memory():
    home, big = WORK / "home-big", WORK / "big"
    big.mkdir(parents=True, exist_ok=True)
    with open(big / "besar.bin", "wb") as file:
        file.truncate(int(os.environ.get("BENCH_BIG", str(10 << 30))))
    fresh_home(home)
    print("memory, the target is 150 MB at most")
    words = [BERKAS, "--home", str(home), "ingest", str(big / "besar.bin"), "--year", "2024", "--step", "10", "--type", "rkt"]
    print("  ingest of one 10 GiB file: %.0f MB (status %d)" % peak(words), flush=True)
    print("  verify of it: %.0f MB (status %d)" % peak([BERKAS, "--home", str(home), "verify"]), flush=True)
    shutil.rmtree(home)
    shutil.rmtree(big)
    many = small(int(os.environ.get("BENCH_MANY", "100000")))
    fresh_home(home)
    print("  ingest of 100,000 records: %.0f MB (status %d)" % peak([BERKAS, "--home", str(home), "ingest", str(many)]), flush=True)
    for words in (["ingest", str(many)], ["verify"], ["list"], ["rebuild"]):
        print("  then %s: %.0f MB (status %d)" % (words[0], *peak([BERKAS, "--home", str(home), *words])), flush=True)
    shutil.rmtree(home)


def main():
    WORK.mkdir(parents=True, exist_ok=True)
    import bench_ocfl  # It takes its helpers from here.

    known = {"ingest": bench_ingest, "verify": bench_verify, "records": bench_records, "list": bench_list, "memory": bench_memory,
             "ocfl": bench_ocfl.bench_ocfl}
    print(f"{RUNS} counted runs of each, alternating; wall seconds; {os.cpu_count()} cores\n", flush=True)
    for name in sys.argv[1:] or known:
        known[name]()


if __name__ == "__main__":
    main()
